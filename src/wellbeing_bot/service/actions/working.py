"""Link workers by text: what a first text led to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from wellbeing_bot.conversation import FactType, Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, number, person_of, text
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.workers import appointments, coming_back, first_contact, satisfaction, saying
from wellbeing_bot.store import Appointment, Referral, Satisfaction


def _referral(talk: Talk, args: Mapping[str, Fact]) -> Referral:
    return talk.work.session.get_one(Referral, number(args, "referral"))


def first_contact_yes(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They would like to hear from the link worker, who may have offered times already."""
    work, referral = talk.work, _referral(talk, args)
    first_contact.reached(work, referral)
    offered = first_contact.times_offered(work, referral)
    if offered is None:
        return Outcome("done")
    talk.row.subject = appointments.subject(offered)
    return Outcome("times", appointments.offer_facts(work, offered))


def first_contact_heard(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Keep what would help, or that nothing more was said."""
    said = text(args, "own_words")
    first_contact.said_what_matters(talk.work, _referral(talk, args), person_of(talk), talk.address, said)
    return Outcome("done")


def first_contact_no(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They would rather not."""
    first_contact.declined(talk.work, _referral(talk, args), person_of(talk), talk.address)
    return Outcome("done")


def first_contact_silent(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They did not answer."""
    first_contact.not_reached(talk.work, _referral(talk, args), person_of(talk), talk.address)
    return Outcome("done")


def _appointment(talk: Talk, args: Mapping[str, Fact]) -> Appointment:
    return talk.work.session.get_one(Appointment, number(args, "appointment"))


def book_appointment(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The time they chose, if it has not passed."""
    appointment = _appointment(talk, args)
    if not appointments.choose(talk.work, appointment, datetime.fromisoformat(text(args, "chosen"))):
        return Outcome("gone")
    return Outcome("booked", {"when": saying.when(talk.work, appointment)})


def other_time(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """None of the times suits."""
    appointments.wants_other_time(talk.work, _appointment(talk, args))
    return Outcome("done")


def no_time_chosen(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They did not answer."""
    appointments.not_answered(talk.work, _appointment(talk, args))
    return Outcome("done")


NOTHING = frozenset({"no", "nope", "nothing", "none", "no thanks", "no thank you", "not really", "na", "n/a"})


def keep_satisfaction(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """How happy they were, in a number or in words."""
    row = talk.work.session.get_one(Satisfaction, number(args, "satisfaction"))
    return Outcome(satisfaction.keep(talk.work, row, text(args, "said")))


def add_satisfaction_words(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """What they wished to say besides the number; "no" is nothing."""
    said = text(args, "words")
    if said.lower().strip(" .!") not in NOTHING:
        row = talk.work.session.get_one(Satisfaction, number(args, "satisfaction"))
        satisfaction.add_words(talk.work, row, said)
    return Outcome("done")


def take_on_again(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They would like to be seen again."""
    last, said = _referral(talk, args), text(args, "said")
    worker = coming_back.take_on_again(talk.work, person_of(talk), talk.address, last, said)
    return Outcome("done", {"whom": worker or "our team"})


OFFER: Mapping[str, FactType] = {
    "appointment": "number",
    "first_name": "text",
    "link_worker": "text",
    "how": "text",
    "offered": "choices",
    "lines": "text",
}

ACTIONS = (
    action(
        "first_contact_yes",
        "Notes that they would like to hear from the link worker; times may be offered already.",
        first_contact_yes,
        takes={"referral": "number"},
        gives={"done": {}, "times": OFFER},
    ),
    action(
        "first_contact_heard",
        "Keeps what would help and tells the link worker.",
        first_contact_heard,
        takes={"referral": "number", "own_words": "text"},
    ),
    action(
        "first_contact_no",
        "Ends the referral and has the referrer told.",
        first_contact_no,
        takes={"referral": "number"},
    ),
    action(
        "first_contact_silent",
        "Has a person find another way to reach them.",
        first_contact_silent,
        takes={"referral": "number"},
    ),
    action(
        "book_appointment",
        "Books the time they chose with the link worker.",
        book_appointment,
        takes={"appointment": "number", "chosen": "text"},
        gives={"booked": {"when": "text"}, "gone": {}},
    ),
    action(
        "other_time",
        "Has the link worker offer other times.",
        other_time,
        takes={"appointment": "number"},
    ),
    action(
        "no_time_chosen",
        "Notes that the times offered were not answered.",
        no_time_chosen,
        takes={"appointment": "number"},
    ),
    action(
        "keep_satisfaction",
        "Keeps how happy they were with our help.",
        keep_satisfaction,
        takes={"satisfaction": "number", "said": "text"},
        gives={"number": {}, "words": {}},
    ),
    action(
        "add_satisfaction_words",
        "Keeps what they wished to say about our help.",
        add_satisfaction_words,
        takes={"satisfaction": "number", "words": "text"},
    ),
    action(
        "take_on_again",
        "Opens a referral with their last link worker.",
        take_on_again,
        takes={"referral": "number", "said": "text"},
        gives={"done": {"whom": "text"}},
    ),
)
