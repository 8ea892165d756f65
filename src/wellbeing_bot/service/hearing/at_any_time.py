"""Texts that mean one thing whatever was asked: about today's lift, the way home, a reminder, a slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wellbeing_bot.conversation import State
from wellbeing_bot.service import changing
from wellbeing_bot.service.changing import coming, reminding, told_later, waiting_lists
from wellbeing_bot.service.changing.being_met import ask_to_be_met
from wellbeing_bot.service.changing.hearing import ask_which
from wellbeing_bot.service.changing.pausing import hear_date
from wellbeing_bot.service.changing.targets import narrowed
from wellbeing_bot.service.hearing.open_questions import would_only_stop
from wellbeing_bot.service.lunches import slot_wishes
from wellbeing_bot.service.monitors import wishes as monitors
from wellbeing_bot.service.questionnaires import rounds
from wellbeing_bot.service.rides import drivers, second_thoughts
from wellbeing_bot.service.rides.contacts import hear_contact
from wellbeing_bot.service.rides.on_the_day import hear_trouble
from wellbeing_bot.service.talking import close
from wellbeing_bot.service.wishes import good_to_know, on_record
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import first_contact
from wellbeing_bot.service.workers import wishes as appointments
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, Person
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Answered, Intent, Interrupted, InterruptKind, Meaning, Reading
from wellbeing_bot.understanding.ride_words import cannot_drive, is_not_coming
from wellbeing_bot.understanding.second_thoughts import asks_reminder

ABOUT_LIFTS = frozenset({"ride_request", "drive_request"})
"""Conversations in which words about a lift are an answer."""

COMING_OR_NOT = frozenset(
    {"lunch_invited", "drive_request", "went_and_home", "which_to_change", "move_place", "appointment_offer"}
)
"""Conversations that go on while a human has the thread: all are about coming or not."""


OFFERS_OF_HELP = frozenset({"signposts"})
"""Questions about no date at all: "can't make that time" is no answer to them, though it sounds like a no."""


def calls_off_instead(
    work: Work, inbound: InboundRow, address: AddressRow, row: ConversationRow, reading: Reading
) -> bool:
    """ "We can't come now" among questions about a lunch: it is the lunch they mean, not the questions."""
    stops = isinstance(reading, Interrupted) and reading.kind is InterruptKind.CANCEL
    says_no = isinstance(reading, Answered) and reading.value is False and row.script in OFFERS_OF_HELP
    if not (stops or says_no):
        return False
    person = work.session.get(Person, row.person_id) if row.person_id else None
    if person is None or not is_not_coming(inbound.text) or not changing.targets(work, person):
        return False
    if says_no or would_only_stop(work, row):
        close(work, row, "not_coming")
    elif row.script != rounds.SCRIPT:
        return False
    changing.change(work, inbound, address, person, read_details(inbound.text, work.local_now))
    return True


ABOUT_WHAT_WAS = frozenset({"goal_review", "monitor_taken"})
"""Conversations that ask how something went: "no, I was poorly" calls nothing off that is booked."""


def only_an_answer(
    work: Work, meaning: Meaning, rows: Sequence[ConversationRow], people: Sequence[Person]
) -> Meaning:
    """The meaning without a call-off that is part of an answer: how something went, or nothing is booked."""
    if meaning.about is None or Intent.CHANGE_OR_CANCEL not in meaning.about.intents or not meaning.readings:
        return meaning
    asked = {str(row.id) for row in rows if row.script in ABOUT_WHAT_WAS}
    answers = any(key in asked for key, _ in meaning.readings)
    if answers or not any(changing.targets(work, person) for person in people):
        return replace(meaning, about=None)
    return meaning


def before_all(work: Work, inbound: InboundRow, address: AddressRow, people: list[Person]) -> bool:
    """What cannot wait for a question, nor for a human who has the conversation."""
    return hear_trouble(work, inbound, address, people)


def before_questions(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: Sequence[Person],
    rows: Sequence[ConversationRow],
) -> bool:
    """What answers no question: "remind me Wednesday", "dont need the lift there". True when taken up."""
    asked = rows[0] if rows else None
    for person in people:
        if appointments.hear_offer(work, inbound.text, address, person, asked):
            return True
        about_lift = asked is not None and asked.script in ABOUT_LIFTS
        if not about_lift and _about_a_lift(work, inbound, address, person):
            return True
        if (
            asked is not None
            and asked.script == "ride_request"
            and _no_lift_after_all(work, inbound, address, person, asked)
        ):
            return True
        asking = asked is not None and asked.subject.startswith("asking:")
        if not asking and asks_reminder(inbound.text):
            reminding.remind(work, inbound.text, address, person)
            return True
        if not asking and monitors.hear(work, inbound, address, person):
            return True
    return False


def about_something_booked(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: Sequence[Person],
    rows: Sequence[ConversationRow],
) -> bool:
    """Who comes along, what they cannot eat, where the driver finds them: told after it was booked."""
    asked = rows[0] if rows else None
    return any(told_later.hear(work, inbound.text, address, person, asked) for person in people)


def _about_a_lift(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> bool:
    if drivers.promised(work, person) and cannot_drive(inbound.text):
        _cannot_drive(work, inbound, address, person)
        return True
    return second_thoughts.hear(work, inbound.text, address, person)


def _no_lift_after_all(
    work: Work, inbound: InboundRow, address: AddressRow, person: Person, asked: ConversationRow
) -> bool:
    """ "Cancel the lift", among the questions about one, but for whether one is wanted at all."""
    offered = State.from_json(asked.state).step == "want"
    return not offered and second_thoughts.drop_all(work, inbound.text, address, person)


def _cannot_drive(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> None:
    drives = [target for target in changing.targets(work, person) if target.kind == "drive"]
    found = narrowed(work, inbound.text, address, drives, read_details(inbound.text, work.local_now))
    if len({target.session.id for target in found}) == 1:
        changing.call_off_all(work, address, person, found)
    else:
        ask_which(work, address, person, found)


def before_wishes(work: Work, inbound: InboundRow, address: AddressRow, people: Sequence[Person]) -> bool:
    """A slot or a lift that a text is about, a wish to be met, and whatever a provider's contact writes."""
    said = inbound.text
    return any(
        coming.hear(work, said, address, person)
        or waiting_lists.leave(work, said, address, person)
        or on_record.about_lift(work, address, person, said)
        or slot_wishes.take_up(work, address, person, said)
        or ask_to_be_met(work, said, address, person)
        or hear_date(work, said, address, person)
        or hear_contact(work, inbound, address, person)
        or good_to_know.take_up(work, inbound, address, person)
        or first_contact.answered_late(work, inbound, address, person)
        for person in people
    )
