"""What a text asks for when no question explains it, and what is done about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import select

from wellbeing_bot.conversation import Heard
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import changing
from wellbeing_bot.service.people import open_referral
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import carry_on, open_conversations, start
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.wishes import on_record
from wellbeing_bot.service.wishes.first_text import facts_of, greet, hear_more
from wellbeing_bot.service.wishes.good_to_know import ask_the_team
from wellbeing_bot.service.wishes.not_understood import not_understood
from wellbeing_bot.service.wishes.to_staff import ask_for_person, complain, for_staff
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import wishes as appointments
from wellbeing_bot.store import (
    AddressRow,
    ConversationRow,
    InboundRow,
    OutboundRow,
    Person,
)
from wellbeing_bot.understanding.meaning import (
    Details,
    Intent,
    IntentReading,
    Interrupted,
    InterruptKind,
    Meaning,
)
from wellbeing_bot.understanding.needs import read_needs
from wellbeing_bot.understanding.people_words import not_by_phone
from wellbeing_bot.understanding.practical import asks_something
from wellbeing_bot.understanding.second_thoughts import only_asks

OF_NOBODY = frozenset({Intent.THANKS_SMALLTALK, Intent.HELP, Intent.COMPLAINT, Intent.TALK_TO_PERSON})
"""Wishes that are dealt with in the same way whoever of a shared phone has them."""


MOST_WORDS_OF_THANKS = 5
"""Words up to which thanks are only thanks."""


MOST_WISHES = 2
"""Two wishes in one text are both kept; more than that is a letter, and a person reads it."""


def fulfil(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: list[Person],
    rows: list[ConversationRow],
    meaning: Meaning,
    *,
    answered: bool,
) -> None:
    """Do what a text asks for. Somebody we do not know is greeted first, and nothing they said is lost."""
    about = meaning.about
    assert about is not None
    intents = [intent for intent in about.intents if intent is not Intent.OTHER][:MOST_WISHES]
    if not people:
        _from_stranger(work, inbound, address, rows, about, intents)
        return
    person = people[0]
    if not intents or (about.clarify and not answered):
        if not answered:
            not_understood(work, inbound, address, people, rows, clarify=about.clarify)
        return
    if Intent.JOIN_GROUP in intents:  # which asks about the lift as well, once there is something to go to
        intents = [intent for intent in intents if intent is not Intent.TRANSPORT]
    known = {row.id for row in rows}
    for intent in intents:
        if intent is Intent.TRANSPORT and _lift_questions(work, address, person, besides=known):
            continue  # the change that was asked for in the same text has begun them
        if len(people) > 1 and intent in OF_NOBODY:
            _of_nobody(work, inbound, address, intent, answered=answered)
        else:
            fulfil_one(work, inbound, address, person, intent, about.details, answered=answered)


def _of_nobody(
    work: Work, inbound: InboundRow, address: AddressRow, intent: Intent, *, answered: bool
) -> None:
    """From a shared phone, where it makes no difference which of them wrote."""
    match intent:
        case Intent.TALK_TO_PERSON:
            ask_for_person(work, inbound, address, None)
        case Intent.COMPLAINT:
            complain(work, inbound, address, None)
        case Intent.HELP:
            menu(work, address, None)
        case _:
            if not answered:
                _thanks(work, inbound, address, None)


def _from_stranger(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    rows: list[ConversationRow],
    about: IntentReading,
    intents: Sequence[Intent],
) -> None:
    if not_by_phone(inbound.text):  # it is not a call they ask for
        asked = {Intent.TALK_TO_PERSON, Intent.COMPLAINT}
        intents = [one for one in intents if one not in asked] or [Intent.SELF_REFERRAL]
        about = replace(about, intents=tuple(intents))
    if Intent.TALK_TO_PERSON in intents:
        ask_for_person(work, inbound, address, None)
    elif Intent.COMPLAINT in intents:
        complain(work, inbound, address, None)
    elif rows:
        if rows[0].script == "hello":
            hear_more(work, rows[0], about)
        else:
            not_understood(work, inbound, address, [], rows)
    else:
        greet(work, address, about, intents)


def fulfil_one(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    person: Person,
    intent: Intent,
    details: Details,
    *,
    answered: bool,
) -> None:
    facts = facts_of(IntentReading((intent,), (), details), [intent], inbound.text)
    match intent:
        case Intent.JOIN_GROUP:
            start(work, "join_group", address, person, facts)
        case Intent.SELF_REFERRAL:
            _self_referral(work, inbound, address, person, facts)
        case Intent.TRANSPORT:
            if not _asked_about_lift(work, address, person):
                start(work, "ride_request", address, person, facts)
        case Intent.CHANGE_OR_CANCEL if only_asks(inbound.text):
            ask_the_team(work, inbound, address, person)
        case Intent.CHANGE_OR_CANCEL:
            if not appointments.change(work, inbound.text, address, person, details):
                changing.change(work, inbound, address, person, details)
        case Intent.ATTENDANCE_NEXT if appointments.tell_when(work, inbound.text, address, person, details):
            pass
        case Intent.ATTENDANCE_NEXT:
            on_record.answer(work, address, person, details)
        case Intent.VOLUNTEER:
            start(work, "volunteer", address, person, facts)
        case Intent.CARER_REFERRAL:
            start(work, "carer_referral", address, person, facts)
        case Intent.TALK_TO_PERSON:
            ask_for_person(work, inbound, address, person)
        case Intent.COMPLAINT:
            complain(work, inbound, address, person)
        case Intent.HELP:
            menu(work, address, person)
        case Intent.THANKS_SMALLTALK if not answered and asks_something(inbound.text):
            ask_the_team(work, inbound, address, person)
        case Intent.THANKS_SMALLTALK:
            if not answered:
                _thanks(work, inbound, address, person)
        case _:
            not_understood(work, inbound, address, [person], open_conversations(work, address))


def _lift_questions(
    work: Work, address: AddressRow, person: Person, *, besides: Collection[int] = ()
) -> list[ConversationRow]:
    """Questions about a lift that are open for somebody."""
    return [
        row
        for row in open_conversations(work, address)
        if row.person_id == person.id and row.script == "ride_request" and row.id not in besides
    ]


def _asked_about_lift(work: Work, address: AddressRow, person: Person) -> bool:
    """Whether a lift is being asked about already: that question is put again, no second one beside it."""
    asked = _lift_questions(work, address, person)
    for row in asked[:1]:
        row.interrupted_at = None
        carry_on(work, row, Heard(Interrupted(InterruptKind.HELP)))
    return bool(asked)


def _self_referral(
    work: Work, inbound: InboundRow, address: AddressRow, person: Person, facts: dict[str, Fact]
) -> None:
    referral = open_referral(work, person)
    if referral is None:
        known: dict[str, Fact] = {"first_name": person.first_name, "postcode": person.postcode}
        facts = {**{name: value for name, value in known.items() if value}, **facts}
        start(work, "self_referral", address, person, facts)
        return
    raise_task(
        work,
        "more_from_patient",
        person=person,
        address=address,
        occurrence=f"more:{person.id}:{work.local_now.date()}",
        due_at=due_in(work, 48),
        summary="Wrote again about what they need. Please read the thread.",
        inbound=inbound,
    )
    needs: list[Fact] = list(read_needs(inbound.text).needs)
    if needs:  # what there is for it is said at once, with the offer of a person
        known_at: dict[str, Fact] = {"postcode": person.postcode} if person.postcode else {}
        start(work, "signposts", address, person, {"needs": needs, **known_at})
        return
    reply(work, address, "passed_on", person=person)


def command(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: list[Person],
    kind: InterruptKind,
    rows: list[ConversationRow],
) -> None:
    """HELP, PERSON, BACK and the like, said outside a question or to the one that is open."""
    person = people[0] if len(people) == 1 else None
    match kind:
        case InterruptKind.TALK_TO_PERSON:
            ask_for_person(work, inbound, address, person)
        case InterruptKind.CANCEL if people:
            changing.change(work, inbound, address, people[0], Details())
        case InterruptKind.BACK | InterruptKind.HELP if rows:
            carry_on(work, rows[0], Heard(Interrupted(kind)))
        case InterruptKind.HELP if not people:
            greet(work, address, IntentReading((Intent.HELP,)), [Intent.HELP])
        case _:
            menu(work, address, person)


def menu(work: Work, address: AddressRow, person: Person | None) -> None:
    """Who we are and what one can text."""
    reply(work, address, "menu", {"service": work.settings.service_name}, person=person)


def _thanks(work: Work, inbound: InboundRow, address: AddressRow, person: Person | None) -> None:
    """One kind word back, at most once a day: two machines could thank each other for ever.

    A longer text that gets no word back is read by a person, for it may have been more than thanks.
    """
    occurrence = f"welcome:{address.id}:{work.local_now.date()}"
    said_before = work.session.scalar(select(OutboundRow.id).where(OutboundRow.occurrence == occurrence))
    if said_before is None:
        reply(work, address, "welcome", person=person, occurrence=occurrence)
    elif len(inbound.text.split()) > MOST_WORDS_OF_THANKS:
        for_staff(work, inbound, address, [person] if person else [])


def is_call_off(meaning: Meaning) -> bool:
    """Whether a text says they are not coming."""
    if meaning.command is InterruptKind.CANCEL:
        return True
    return meaning.about is not None and Intent.CHANGE_OR_CANCEL in meaning.about.intents


def call_off(
    work: Work, inbound: InboundRow, address: AddressRow, people: list[Person], meaning: Meaning
) -> None:
    """They are not coming; what it is about is found in the record."""
    details = meaning.about.details if meaning.about else Details()
    for person in people:
        changing.change(work, inbound, address, person, details)
