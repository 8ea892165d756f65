"""The language somebody is written to in: asked for, never guessed; and what they reply in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from wellbeing_bot.conversation import Resumed
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import carry_on
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, Person

ENGLISH = "en"
ASKS_ENGLISH = ("english", "usual words", "normal words", "saesneg")
MOST_WORDS = 6
"""A longer text is about something else: "my neighbour speaks Welsh and would like to come as well"."""

ONLY_ASKING = frozenset(
    {"please", "plis", "pls", "can", "could", "you", "i", "need", "like", "use", "have", "text", "me", "in"}
)
"""What may stand beside the name of a language in a sentence that asks for it and says nothing else."""

_WORD = re.compile(r"[^\W_]+")


def in_english(work: Work, said: str, people: Sequence[Person], address: AddressRow) -> str:
    """A reply in a language this network speaks, as the English that is understood; else the text itself.

    A single word counts only from somebody who is written to in that language; longer phrases (urgent ones
    above all) count wherever they stand and whoever says them.
    """
    person = people[0] if len(people) == 1 else None
    theirs = work.language_of(person, address)
    plain = " ".join(re.findall(r"[^\W_]+(?:[\u2019'][^\W_]+)?", said.lower().replace("\u2019", "'")))
    for tag, language in work.deployment.scripts.languages.items():
        if not work.speaks(tag):
            continue
        if tag == theirs and plain in language.answers:
            return language.answers[plain]
        for phrase in sorted(language.answers, key=len, reverse=True):
            if " " in phrase and f" {phrase} " in f" {plain} ":
                return language.answers[phrase]
    return said


def wished(work: Work, said: str) -> str | None:
    """The language a text asks for, whether or not this network speaks it; None when it asks for none."""
    words = _WORD.findall(said.lower())
    if not words or len(words) > MOST_WORDS:
        return None
    plain = f" {' '.join(words)} "
    for tag, language in work.deployment.scripts.languages.items():
        if any(f" {phrase} " in plain for phrase in language.asks):
            return tag
    return ENGLISH if any(f" {phrase} " in plain for phrase in ASKS_ENGLISH) else None


def wished_in_passing(work: Work, said: str) -> str | None:
    """The language that one sentence of several asks for: "easy words please. I'd like to join a walk"."""
    sentences = [f" {' '.join(_WORD.findall(one))} " for one in re.split(r"[.!?\n]+", said.lower())]
    for tag, language in work.deployment.scripts.languages.items():
        for phrase, plain in product(language.asks, sentences):
            around = plain.replace(f" {phrase} ", " ") if work.speaks(tag) else plain
            if around != plain and ONLY_ASKING.issuperset(around.split()):
                return tag
    return None


def take_up(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: Sequence[Person],
    rows: Sequence[ConversationRow],
) -> bool:
    """ "Easy words please", "Cymraeg": from now on, and what was asked last is asked again in it."""
    if len(people) > 1:
        return False
    person = people[0] if people else None
    tag = wished(work, inbound.text)
    if tag is None:
        if in_passing := wished_in_passing(work, inbound.text):
            set_language(work, in_passing, person, address)
        return False  # the rest of the text is what they are answered about
    if tag == ENGLISH and work.language_of(person, address) == ENGLISH:
        return False
    if tag != ENGLISH and not work.speaks(tag):
        _not_yet(work, inbound, address, person, tag)
        return True
    set_language(work, tag, person, address)
    if not people and not rows:
        return False  # somebody new: they are greeted as anybody is, in their language
    reply(work, address, "language_set", person=person)
    if rows:
        carry_on(work, rows[0], Resumed())
    return True


def set_language(work: Work, tag: str, person: Person | None, address: AddressRow | None) -> None:
    """Keep it with the person, or with the phone while we do not know whose it is."""
    if person is not None:
        person.language = tag
    elif address is not None:
        address.language = tag
    work.session.flush()


def _not_yet(work: Work, inbound: InboundRow, address: AddressRow, person: Person | None, tag: str) -> None:
    language = work.deployment.scripts.languages[tag].name
    raise_task(
        work,
        "language_wanted",
        person=person,
        address=address,
        occurrence=f"language_wanted:{address.id}:{tag}",
        due_at=due_in(work, 72),
        summary=f"Would like texts in another language ({language}), which this network has not switched on.",
        inbound=inbound,
    )
    reply(work, address, "language_not_yet", {"language": language}, person=person)
