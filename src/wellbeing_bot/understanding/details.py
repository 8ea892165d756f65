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

from wellbeing_bot.understanding.answers import read_reply
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
_ACCESS_ASKED = "Is there anything we should know to make it easier for you to get about?"

Book = tuple[tuple[str, ...], Phrasebook]


def read_details(text: str, now: datetime | None = None, language: str = "en") -> Details:
    """Everything a text says. ``now`` is aware local time; without it no date is read."""
    line = heard(text, language)
    return Details(
        name=name_in(text, language),
        postcode=_postcode(text, language),
        group_words=group_words(line, language),
        day=_day(line, language),
        when=_date(line, now, language, until=False),
        until=_date(line, now, language, until=True),
        concerns=tags("concerns", line, language),
        access_needs=_access_needs(text, line, language),
        alone=bool(_found("alone", line, language)),
        needs_lift=bool(_found("needs_lift", line, language)),
        companion=bool(_found("companion", line, language)),
        under_16=bool(_found("under_16", line, language)),
        for_whom=_first("for_whom", line, language),
        source=_first("source", line, language),
        scope=_first("scope", line, language),
        about=_first("about", line, language),
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


def group_words(line: str, language: str = "en") -> tuple[str, ...]:
    """Tags of the groups that a text in one spelling mentions, in the order of the vocabulary."""
    return tags("groups", line, language)


def tags(topic: str, line: str, language: str = "en") -> tuple[str, ...]:
    """The tags of a vocabulary file (tag: phrases) that a text in one spelling mentions."""
    names, book = _book(topic, "", language)
    found = {label for label, _ in book.matches(line)}
    return tuple(name for at, name in enumerate(names) if at in found)


def _found(section: str, line: str, language: str) -> list[str]:
    names, book = _book("details", section, language)
    found = {label for label, _ in book.matches(line)}
    return [name for at, name in enumerate(names) if at in found]


def _first(section: str, line: str, language: str) -> str | None:
    return next(iter(_found(section, line, language)), None)


@lru_cache(maxsize=64)
def _book(topic: str, section: str, language: str) -> Book:
    content: Mapping[str, Any] = vocabulary(topic, language)
    words: Mapping[str, list[str]] = content.get("words", {})
    listed = content[section] if section else content
    by_tag: Mapping[str, list[str]] = listed if isinstance(listed, Mapping) else {section: listed}
    return tuple(by_tag), Phrasebook(
        [(phrase, at) for at, phrases in enumerate(by_tag.values()) for phrase in phrases], words
    )


def _postcode(text: str, language: str) -> str | None:
    text = tidy(text)
    found = _POSTCODE.search(text)
    outward = _OUTWARD.search(text)
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
    """The date that is said, or the one something lasts until. Dates of what is past are not taken."""
    if now is None or _found("past", line, language):
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


def _access_needs(text: str, line: str, language: str) -> tuple[str, ...]:
    if not _found("access_hint", line, language):
        return ()
    return _read(AnswerKind.ACCESS_NEEDS, text, language) or ()


def _read(kind: AnswerKind, text: str, language: str, now: datetime | None = None) -> Any:
    question = Question(id="", kind=kind, prompt=_ACCESS_ASKED, reference=now)
    reading = read_reply(question, cut(text, language))
    return reading.value if isinstance(reading, Answered) else None
