"""Filling ``{placeholders}``: how a fact of each type is said, in the language of the scripts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, time

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list

from wellbeing_bot.conversation.facts import Fact, Facts, FactType

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

_IN_ITS_PLACE = re.compile(r"(?P<lead>,? )?\{(?P<name>[a-z][a-z0-9_]*)\}(?=(?P<stop>[.,!?])?)")
"""A placeholder with the blank or comma before it, and whether a stop follows."""


def placeholders(text: str) -> tuple[str, ...]:
    """The facts a text uses, in order."""
    return tuple(PLACEHOLDER.findall(text))


def fill(text: str, facts: Facts, types: Mapping[str, FactType], language: str, today: date) -> str:
    """The text with its facts said. An unknown fact leaves nothing behind: "Hello {name}." is "Hello."."""

    def said(found: re.Match[str]) -> str:
        name, lead = found["name"], found["lead"] or ""
        words = spoken(facts.get(name), types.get(name, "text"), language, today)
        return f"{lead}{words}" if words or not found["stop"] else ""

    return _IN_ITS_PLACE.sub(said, text)


def spoken(fact: Fact, kind: FactType, language: str, today: date) -> str:
    """One fact as a person would say it: ``Thursday 5 March``, ``10.30am``, ``a, b and c``."""
    if fact is None:
        return ""
    locale = locale_of(language)
    if kind in ("date", "time") and isinstance(fact, str):
        return _moment(fact, kind, locale, today)
    if kind == "choices" and isinstance(fact, list):
        return numbered([str(choice["label"]) for choice in fact if isinstance(choice, dict)])
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, list):
        return format_list([str(item).replace("_", " ") for item in fact], locale=locale)
    return str(fact)


def numbered(labels: Sequence[str]) -> str:
    """Options as lines that a person can answer by number."""
    return "\n".join(f"{number} {label}" for number, label in enumerate(labels, start=1))


def locale_of(language: str) -> Locale:
    """Babel's locale for a language tag; private tags (``en-x-easy``) stand on their base language."""
    base = language.split("-x-")[0]
    return Locale("en", "GB") if base == "en" else Locale.parse(base, sep="-")


def _moment(fact: str, kind: FactType, locale: Locale, today: date) -> str:
    """Words stay as they are: the fact may have been saved before the script made a date of it."""
    try:
        if kind == "date":
            return _day(date.fromisoformat(fact), locale, today)
        return _hour(time.fromisoformat(fact), locale)
    except ValueError:
        return fact


def _day(day: date, locale: Locale, today: date) -> str:
    """The year is said only when it is not this one: it is noise in most texts."""
    pattern = "EEEE d MMMM" if day.year == today.year else "EEEE d MMMM y"
    return format_date(day, pattern, locale=locale)


def _hour(hour: time, locale: Locale) -> str:
    if locale.language != "en":
        return format_time(hour, "short", locale=locale)
    if (hour.hour, hour.minute) == (12, 0):
        return "12 noon"
    twelve = hour.hour % 12 or 12
    minutes = f".{hour.minute:02}" if hour.minute else ""
    return f"{twelve}{minutes}{'am' if hour.hour < 12 else 'pm'}"
