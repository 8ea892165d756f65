"""Link workers by text: what a first text led to."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, number, person_of, text
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.workers import first_contact
from wellbeing_bot.store import Referral


def _referral(talk: Talk, args: Mapping[str, Fact]) -> Referral:
    return talk.work.session.get_one(Referral, number(args, "referral"))


def first_contact_yes(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They would like to hear from the link worker."""
    first_contact.reached(talk.work, _referral(talk, args))
    return Outcome("done")


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


ACTIONS = (
    action(
        "first_contact_yes",
        "Notes that they would like to hear from the link worker.",
        first_contact_yes,
        takes={"referral": "number"},
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
)
