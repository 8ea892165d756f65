"""Somebody else on a phone we know: "this is Tom, Jean's husband, can I come too?"."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from wellbeing_bot.service.talking import start
from wellbeing_bot.service.wishes.first_text import facts_of
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, InboundRow, Person
from wellbeing_bot.understanding.meaning import Intent, IntentReading, Meaning
from wellbeing_bot.understanding.text import words

SCRIPT = "another_person"

WISHES = frozenset({Intent.JOIN_GROUP, Intent.SELF_REFERRAL, Intent.TRANSPORT, Intent.VOLUNTEER})
"""What a newcomer may ask for. Anything else in another name is about the person we know."""

SAME_NAME = 80
"""rapidfuzz ratio from which a name counts as a way of writing one we know: Jean, Jeanne, Geen."""


def introduced(people: Sequence[Person], meaning: Meaning) -> str | None:
    """The name of somebody who brings themselves in and is nobody that this phone is known for."""
    about = meaning.about
    if about is None or about.details.name is None or not set(about.intents) & WISHES:
        return None
    if not people or any(not person.first_name or _is(person, about.details.name) for person in people):
        return None
    return about.details.name


def _is(person: Person, name: str) -> bool:
    given = [word for word in words(name) if word not in TITLES]
    known = words(person.full_name)
    return any(
        word == other
        or word.startswith(other)
        or other.startswith(word)
        or fuzz.ratio(word, other) >= SAME_NAME
        for word in given
        for other in known
        if len(word) > 1
    )


TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})


def welcome(work: Work, inbound: InboundRow, address: AddressRow, about: IntentReading, name: str) -> None:
    """Ask whether they are new here and agree to be texted, keeping what they said already."""
    facts = facts_of(about, [intent for intent in about.intents if intent is not Intent.OTHER], inbound.text)
    start(work, SCRIPT, address, None, {**facts, "first_name": _called(name)})


def _called(name: str) -> str:
    """The first name; with a title only, the whole of it ("Mr Osei")."""
    first = name.split()[0]
    return name if first.lower().strip(".") in TITLES else first
