"""What a text already says besides what it is about, so that nothing is asked twice.

Only what is plainly said is taken. Empty fields were not said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from wellbeing_bot.understanding.answers import READERS
from wellbeing_bot.understanding.heard import heard
from wellbeing_bot.understanding.introductions import name_in
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Details, Intent, Question
from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.said import cut
from wellbeing_bot.understanding.text import tidy
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import spellings, word_set

_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.IGNORECASE)
_OUTWARD = re.compile(r"\b(?:[Ii]n|[Pp]ostcode|PC|live in|lives in) (?P<code>[A-Z]{1,2}\d{1,2}[A-Z]?)\b")
_AT_THE_END = re.compile(r"(?:^|[\s,.])(?P<code>[a-z]{2}\d{1,2})\W*$", re.IGNORECASE)
"""An outward code that ends a text, as in "Ted, CT5". One letter and a figure may be a bus."""
_ACCESS_ASKED = "Is there anything we should know to make it easier for you to get about?"

_SECTIONS = ("alone", "needs_lift", "companion", "under_16", "for_whom", "source", "scope", "about")
_SECTIONS_OF_HINTS = ("access_hint", "past")

Said = Mapping[str, tuple[str, ...]]
"""For each topic or section, the tags that a text mentions, in the order of the vocabulary."""


def read_details(text: str, now: datetime | None = None, language: str = "en") -> Details:
    """Everything a text says. ``now`` is aware local time; without it no date is read."""
    return details_of(text, heard(text, language), now, language)


def details_of(text: str, line: str, now: datetime | None, language: str) -> Details:
    """``read_details`` of a text whose one spelling is known already."""
    said = mentioned(line, language)
    past = bool(said["past"])
    return Details(
        name=name_in(text, language),
        postcode=_postcode(text, language),
        group_words=said["groups"],
        day=_day(line, language),
        when=None if past else _date(line, now, language, until=False),
        until=None if past else _date(line, now, language, until=True),
        concerns=said["concerns"],
        access_needs=_access_needs(text, language) if said["access_hint"] else (),
        alone=bool(said["alone"]),
        needs_lift=bool(said["needs_lift"]),
        companion=bool(said["companion"]),
        under_16=bool(said["under_16"]),
        for_whom=next(iter(said["for_whom"]), None),
        source=next(iter(said["source"]), None),
        scope=next(iter(said["scope"]), None),
        about=next(iter(said["about"]), None),
    )


def fitting(details: Details, intents: tuple[Intent, ...]) -> Details:
    """The details without those that only another intent gives a sense ("my mum told me" refers nobody)."""
    return replace(
        details,
        for_whom=details.for_whom if Intent.CARER_REFERRAL in intents else None,
        scope=details.scope if Intent.CHANGE_OR_CANCEL in intents else None,
        about=details.about if Intent.ATTENDANCE_NEXT in intents else None,
        needs_lift=details.needs_lift or Intent.TRANSPORT in intents,
    )


def mentioned(line: str, language: str = "en") -> Said:
    """What a text in one spelling mentions, of groups, concerns and each section of details.yaml."""
    labels, nothing, book = _book(language)
    said = dict(nothing)
    for number in sorted({number for number, _ in book.matches(line)}):
        section, tag = labels[number]
        said[section] = (*said[section], tag)
    return said


@lru_cache(maxsize=8)
def _book(language: str) -> tuple[list[tuple[str, str]], Said, Phrasebook]:
    """Every tag with its section, what a text says that names none, and all their phrases.

    One book, so that a text is gone through once.
    """
    details: Mapping[str, Any] = vocabulary("details", language)
    listed: dict[str, Any] = {name: vocabulary(name, language) for name in ("groups", "concerns")}
    listed |= {name: details[name] for name in (*_SECTIONS, *_SECTIONS_OF_HINTS)}
    labels: list[tuple[str, str]] = []
    phrases: list[tuple[str, int]] = []
    for section, content in listed.items():
        by_tag: Mapping[str, list[str]] = content if isinstance(content, Mapping) else {section: content}
        for tag, written in by_tag.items():
            phrases += [(phrase, len(labels)) for phrase in written]
            labels.append((section, tag))
    return (
        labels,
        dict.fromkeys((section for section, _ in labels), ()),
        Phrasebook(phrases, details["words"]),
    )


def _postcode(text: str, language: str) -> str | None:
    text = tidy(text)
    found = _POSTCODE.search(text)
    outward = _OUTWARD.search(text) or _AT_THE_END.search(text)
    written = found[0] if found else outward["code"] if outward else None
    return _read(AnswerKind.POSTCODE, written, language) if written else None


def _day(line: str, language: str) -> int | None:
    """The first weekday named, 0 for Monday."""
    ways = spellings("dates", language, "weekdays")
    days = list(vocabulary("dates", language)["weekdays"])
    also_words = word_set("details", language, "also_words")
    for _, match in _dates(language).matches(line):
        for word in match[0].split():
            if word in days:
                return days.index(word)
            if word in ways and (word not in also_words or len(match[0].split()) > 1):
                return days.index(ways[word])
    return None


def _date(line: str, now: datetime | None, language: str, *, until: bool) -> date | None:
    """The date that is said, or the one something lasts until."""
    if now is None:
        return None
    edges = word_set("details", language, "until")
    words = line.split()
    edge = next((at for at, word in enumerate(words) if word in edges), len(words))
    said = words[edge:] if until else words[:edge]
    part = f" {' '.join(said)} . "
    found = [match for _, match in _dates(language).every_match(part)]
    if not found:
        return None
    first = min(found, key=lambda match: (match.start(), -match.end()))
    written = " ".join(word for word in first[0].split() if word not in edges)
    value = _read(AnswerKind.DATE, written, language, now)
    return value if isinstance(value, date) else None


@lru_cache(maxsize=8)
def _dates(language: str) -> Phrasebook:
    also_words = word_set("details", language, "also_words")

    def every_way(section: str) -> list[str]:
        ways = [*vocabulary("dates", language)[section], *spellings("dates", language, section)]
        return [way for way in ways if way not in also_words and way.isalnum()]

    content = vocabulary("details", language)
    months = [*every_way("months"), "march", "may"]
    words = {**content["words"], "weekday": every_way("weekdays"), "month": months}
    return Phrasebook([(phrase, 0) for phrase in content["dates"]], words)


def _access_needs(text: str, language: str) -> tuple[str, ...]:
    return _read(AnswerKind.ACCESS_NEEDS, text, language) or ()


def _read(kind: AnswerKind, text: str, language: str, now: datetime | None = None) -> Any:
    question = Question(id="", kind=kind, prompt=_ACCESS_ASKED, reference=now)
    reading = READERS[kind](question, cut(text, language))
    return reading.value if isinstance(reading, Answered) else None
