"""One text: what it means, and what follows. The order here is the order of care."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from wellbeing_bot.conversation import Corrected, Heard
from wellbeing_bot.messages import InboundKind
from wellbeing_bot.service import late
from wellbeing_bot.service.champions import wishes as champions
from wellbeing_bot.service.clinics import wishes as clinics
from wellbeing_bot.service.directory import wishes as directory
from wellbeing_bot.service.erasing.suppressing import recall
from wellbeing_bot.service.hearing import (
    asides,
    asking_which,
    at_any_time,
    behind,
    flooding,
    kind_words,
    sharing,
    speaking,
    stopping,
)
from wellbeing_bot.service.hearing.meant import number, questions_of, understood
from wellbeing_bot.service.hearing.open_questions import (
    answered_question,
    read_back_questions,
    waiting_question,
)
from wellbeing_bot.service.hearing.urgent import answer_urgent, still_waiting
from wellbeing_bot.service.people import may_text, open_hold, people_at
from wellbeing_bot.service.questionnaires import beside, buttons
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import (
    carry_on,
    interrupt,
    open_conversations,
    resume_interrupted,
)
from wellbeing_bot.service.wishes import about_people, good_to_know
from wellbeing_bot.service.wishes.fulfilling import call_off, command, fulfil, is_call_off
from wellbeing_bot.service.wishes.not_understood import not_understood
from wellbeing_bot.service.wishes.to_staff import for_staff
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, Person
from wellbeing_bot.store.states import ConversationState
from wellbeing_bot.understanding.answers import read_answer
from wellbeing_bot.understanding.corrections import corrects
from wellbeing_bot.understanding.meaning import (
    Answered,
    Interrupted,
    InterruptKind,
    Meaning,
    Reading,
    Skipped,
    Unclear,
)

WHILE_HELD = frozenset(
    {"expect_you", "meet_request", "place_offered", "went", "champion_went", *at_any_time.COMING_OR_NOT}
)
"""Questions that are still answered while a human has the conversation: all are about coming or not."""


CALLS_OFF = frozenset({"cancel", "end"})
"""Words that people mean as "call it off" and the carrier takes as opt-out."""


def hear(work: Work, inbound: InboundRow, address: AddressRow) -> None:
    """Make something of one text, picture or button."""
    if address.last_inbound_at is None:
        recall(work, address)
    address.last_inbound_at = work.now
    address.line = inbound.line or address.line
    flooding.count(work, inbound, address)
    behind.reachable_again(address)
    people = people_at(work, address)
    person = people[0] if len(people) == 1 else None
    inbound.person_id = person.id if person else None
    if inbound.carrier_opt_out is not None:
        _carrier_spoke(work, inbound, address, people)
        return
    if not inbound.text.strip():
        if not flooding.only_listen(work, address):
            _nothing_to_read(work, inbound, address, person)
        return
    if inbound.kind is InboundKind.BUTTON and buttons.press(work, inbound, address):
        return
    behind.note_readers(work, inbound, address, people)
    rows = late.asked_by_then(work, inbound, open_conversations(work, address))
    questions = questions_of(work, address, rows)
    meaning = understood(work, inbound, address, questions, people)
    inbound.understood = meaning.understood
    if meaning.urgent is not None:
        answer_urgent(work, address, person, meaning.urgent, inbound)
    elif _says(meaning, InterruptKind.STOP):
        stopping.stop(work, address)
    elif _says(meaning, InterruptKind.START):
        stopping.start_again(work, address)
    elif flooding.only_listen(work, address, meaning, questions):
        return
    elif not may_text(address):
        stopping.texts_again(work, inbound, address, person)
    elif speaking.take_up(work, inbound, address, people, rows):
        return
    elif not behind.heard(work, inbound, address, people, rows, meaning):
        _answer(work, inbound, address, people, rows, meaning)


def take_up(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: Sequence[Person],
    asked: Collection[int] = (),
) -> None:
    """Make something of a text for these people of a shared phone, one after the other.

    ``asked`` are conversations whose questions the text answers for whoever of them it is put to.
    """
    work = replace(work, inbound=inbound)
    for person in people:
        inbound.person_id = person.id
        rows = [
            row
            for row in open_conversations(work, address)
            if row.person_id in {person.id, None} and row.script != sharing.SCRIPT
        ]
        if asked:
            for row in [row for row in rows if row.id in asked]:
                question = waiting_question(work, row, number(address))
                if question is not None:
                    _give(work, row, read_answer(question, inbound.text))
            continue
        meaning = understood(work, inbound, address, questions_of(work, address, rows), [person])
        _answer(work, inbound, address, [person], rows, meaning)


def _says(meaning: Meaning, kind: InterruptKind) -> bool:
    """Whether a command was said, outside a question or instead of an answer to one."""
    interrupts = (reading for _, reading in meaning.readings if isinstance(reading, Interrupted))
    return meaning.command is kind or any(reading.kind is kind for reading in interrupts)


def _nothing_to_read(work: Work, inbound: InboundRow, address: AddressRow, person: Person | None) -> None:
    """A picture, a sticker, a voice note, an empty text: kind words, and it stays on the thread."""
    held = open_hold(work, address)
    if held is not None:
        still_waiting(work, address, held, inbound, person)
    elif may_text(address):
        reply(work, address, "cannot_read_media" if inbound.media else "empty_text", person=person)


def _carrier_spoke(work: Work, inbound: InboundRow, address: AddressRow, people: list[Person]) -> None:
    """The carrier took a word of its own and has answered it already; we follow, and answer nothing."""
    match inbound.carrier_opt_out:
        case "START":
            stopping.start_again(work, address, carrier_told_them=True)
        case "STOP" if _bare(inbound.text) in CALLS_OFF:
            _call_off(work, inbound, address, people, Meaning(inbound.text))
            stopping.carrier_block(work, address, _bare(inbound.text))
        case "STOP":
            stopping.stop(work, address, carrier_told_them=True)


def _answer(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: list[Person],
    rows: list[ConversationRow],
    meaning: Meaning,
) -> None:
    by_id = {str(row.id): row for row in rows}
    held = open_hold(work, address)
    of_nobody = directory.asks_what_there_is(inbound.text)
    if len(people) > 1 and not _answers(meaning) and held is None and not of_nobody:
        one_by_one = sharing.concerned(work, inbound, address, people, rows, meaning)
        if one_by_one is not None:
            take_up(work, inbound, address, one_by_one)
            return
    if address.channel == "sms" and _bare(inbound.text) in CALLS_OFF:
        _call_off(work, inbound, address, people, meaning)
        stopping.carrier_block(work, address, _bare(inbound.text))
        return
    if at_any_time.before_all(work, inbound, address, people):
        return
    if held is not None:
        _while_held(work, inbound, address, people, by_id, meaning)
        return
    if asking_which.told_by_number(work, inbound, address, rows):
        return
    if champions.is_a_limit(inbound.text) and _says_only_no(meaning):
        meaning = replace(meaning, readings=(), about=None)
    if not _answers(meaning) and about_people.take_up(work, inbound, address, people, meaning):
        return
    if not _answers(meaning) and (
        clinics.take_up(work, inbound, address, people, rows, meaning)
        or directory.take_up(work, inbound, address, people, rows, meaning)
    ):
        return
    if at_any_time.before_questions(work, inbound, address, people, rows):
        return
    if asides.take_up(work, inbound, address, people, rows, meaning):
        return
    if not _answers(meaning) and at_any_time.about_something_booked(work, inbound, address, people, rows):
        return
    if beside.aside(work, inbound, rows, meaning) or _correct(work, inbound, rows, meaning):
        return
    answered = False
    meaning = at_any_time.only_an_answer(work, meaning, rows, people)
    for question_id, reading in meaning.readings:
        row = by_id[question_id]
        if row.status is ConversationState.OPEN:
            if not at_any_time.calls_off_instead(work, inbound, address, row, reading):
                kind_words.before(work, inbound, address, people, reading)
                _give(work, row, reading)
            answered = True
    if answered and champions.is_a_limit(inbound.text):
        champions.keep_limit(work, inbound.text, address, people)
    if meaning.ambiguous:
        doubtful = [row for row in rows if str(row.id) in meaning.ambiguous]
        asking_which.ask(work, inbound, address, people, doubtful)
        return
    if (
        meaning.command is InterruptKind.HELP
        and not answered
        and _asks_about_group(work, inbound, address, people)
    ):
        return
    if meaning.command is not None and not answered:
        command(work, inbound, address, people, meaning.command, rows)
        return
    if not answered and at_any_time.before_wishes(work, inbound, address, people):
        return
    if not rows and beside.too_late(work, inbound, address):
        return
    if meaning.for_staff:
        for_staff(work, inbound, address, people)
    if meaning.about is not None:
        if rows and people and not answered:
            interrupt(work, rows[0])
        fulfil(work, inbound, address, people, rows, meaning, answered=answered)
        resume_interrupted(work, address)
    elif not answered and not meaning.for_staff:
        not_understood(work, inbound, address, people, rows)


def _asks_about_group(work: Work, inbound: InboundRow, address: AddressRow, people: Sequence[Person]) -> bool:
    """ "What do you do there?" sounds like a call for help with the bot; of a group it is a question."""
    return any(good_to_know.take_up(work, inbound, address, person) for person in people)


def _answers(meaning: Meaning) -> bool:
    """Whether a text answers a question that is open."""
    return any(isinstance(reading, Answered | Skipped) for _, reading in meaning.readings)


def _says_only_no(meaning: Meaning) -> bool:
    """Whether all a text was taken for is a no."""
    values = [reading.value for _, reading in meaning.readings if isinstance(reading, Answered)]
    return bool(values) and not any(values)


def _call_off(
    work: Work, inbound: InboundRow, address: AddressRow, people: list[Person], meaning: Meaning
) -> None:
    """They are not coming. From a shared phone only where it is plain whose place it is."""
    call_off(work, inbound, address, sharing.plainly(work, inbound.text, address, people, meaning), meaning)


def _give(work: Work, row: ConversationRow, reading: Reading) -> None:
    carry_on(work, row, Heard(reading))


def _correct(work: Work, inbound: InboundRow, rows: list[ConversationRow], meaning: Meaning) -> bool:
    """ "No sorry I meant weds": an answer before, where the text does not answer the question now open."""
    if not rows:
        return False
    row = rows[0]
    reading = next((value for key, value in meaning.readings if key == str(row.id)), None)
    says_no = isinstance(reading, Answered) and reading.value is False and bool(reading.rest)
    plain_yes = isinstance(reading, Answered) and reading.value is True and not reading.rest
    takes_back = corrects(inbound.text) and not plain_yes
    if not takes_back and not says_no:
        return False
    for step, earlier in read_back_questions(work, row):
        changed = read_answer(earlier, inbound.text)
        if isinstance(changed, Answered) and changed.value not in (earlier.previous_answer, ()):
            carry_on(work, row, Corrected(changed, step))
            return True
    before = answered_question(work, row)
    if before is None or not takes_back or isinstance(reading, Answered):
        return False
    changed = read_answer(before, inbound.text)
    if not isinstance(changed, Answered):
        return False
    carry_on(work, row, Corrected(changed))
    return True


def _while_held(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: list[Person],
    by_id: dict[str, ConversationRow],
    meaning: Meaning,
) -> None:
    """A human has the conversation: answers about coming and call-offs still work, all else is theirs."""
    for question_id, reading in meaning.readings:
        row = by_id[question_id]
        clear = not isinstance(reading, Unclear | Interrupted)
        if row.script in WHILE_HELD and clear and row.status is ConversationState.OPEN:
            _give(work, row, reading)
    if is_call_off(meaning):
        _call_off(work, inbound, address, people, meaning)
    held = open_hold(work, address)
    if held is not None:
        still_waiting(work, address, held, inbound, people[0] if len(people) == 1 else None)


def _bare(text: str) -> str:
    return text.strip().strip(".!").lower()
