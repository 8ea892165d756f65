"""Dates and times as people say them: "Thursday 26 November at 10am"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.units import format_unit

AT = {"cy": "am"}
"""The word between a day and a time, where it is not "at"."""

HALVES = {"cy": ("yb", "yp")}
"""Before and after noon, where it is not am and pm."""

NOON = {"cy": "12 ganol dydd"}

TODAY = {"cy": "heddiw"}


def clock_words(wall: time, language: str = "en") -> str:
    """``10am``, ``2.30pm``, ``12 noon``: the plain British way."""
    if wall.minute == 0 and wall.hour == 12:
        return NOON.get(language, "12 noon")
    hour = wall.hour % 12 or 12
    minutes = f".{wall.minute:02d}" if wall.minute else ""
    before, after = HALVES.get(language, ("am", "pm"))
    return f"{hour}{minutes}{before if wall.hour < 12 else after}"


def day_words(day: date, language: str = "en") -> str:
    """``Thursday 26 November``."""
    locale = "en_GB" if language.startswith("en") else language
    return format_date(day, "EEEE d MMMM", locale=locale)


def when_words(moment: datetime, zone: ZoneInfo, language: str = "en") -> str:
    """``Thursday 26 November at 10am``."""
    local = moment.astimezone(zone)
    at = AT.get(language, "at")
    return f"{day_words(local.date(), language)} {at} {clock_words(local.time(), language)}"


def day_gone_words(day: date, today: date, language: str = "en") -> str:
    """``today``, or ``on Thursday`` of the days just past."""
    if day == today:
        return TODAY.get(language, "today")
    locale = "en_GB" if language.startswith("en") else language
    name = format_date(day, "EEEE", locale=locale)
    return f"d{name[0].lower()}{name[1:]}" if language == "cy" else f"on {name}"  # dydd becomes ddydd


def soon_words(moment: datetime, zone: ZoneInfo, language: str = "en") -> str:
    """``Tuesday at 9am``: enough for a moment in the next six days, and shorter to read."""
    local = moment.astimezone(zone)
    locale = "en_GB" if language.startswith("en") else language
    day, at = format_date(local.date(), "EEEE", locale=locale), AT.get(language, "at")
    return f"{day} {at} {clock_words(local.time(), language)}"


def minutes_words(minutes: int, language: str = "en") -> str:
    """``1 minute``, ``15 minutes``; in Welsh ``2 funud``: each language has its own plurals."""
    locale = "en_GB" if language.startswith("en") else language
    return format_unit(minutes, "duration-minute", length="long", locale=locale)


def list_words(items: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


_DAY_CODES = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


def schedule_words(rrule: str, start: time) -> str:
    """An RRULE in words: ``Thursdays at 10am``, ``every other Tuesday at 2pm``.

    Rules that need more words than these are described by their days alone.
    """
    if not rrule:
        return ""
    fields = dict(part.split("=", 1) for part in rrule.removeprefix("RRULE:").split(";") if "=" in part)
    every = int(fields.get("INTERVAL", "1"))
    days = [code.strip() for code in fields.get("BYDAY", "").split(",") if code.strip()]
    at = f" at {clock_words(start)}"
    if fields.get("FREQ") == "MONTHLY" and days:
        return f"the {list_words([_monthly(code, fields) for code in days])} of the month{at}"
    if fields.get("FREQ") == "DAILY":
        return f"every day{at}"
    names = [_DAY_NAMES[_DAY_CODES[code[-2:]]] for code in days]
    if every == 2:
        return f"every other {list_words(names)}{at}"
    if every > 2:
        return f"every {every} weeks on {list_words(names)}{at}"
    return f"{list_words([name + 's' for name in names])}{at}"


def _monthly(code: str, fields: dict[str, str]) -> str:
    position = int(code[:-2] or fields.get("BYSETPOS", "1"))
    return f"{_ORDINALS.get(position, f'{position}th')} {_DAY_NAMES[_DAY_CODES[code[-2:]]]}"
