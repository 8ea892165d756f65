"""Where the clock is to be moved, as people write it. Pure: the moment it is now is an argument."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CURE = (
    'write "1 hour", "30 minutes", "2 days", "12 weeks", a number of minutes, "to 9am", "to tomorrow 9am", '
    '"to thursday 10.30", "to next session", "to next session of jean", or a time such as 2026-11-05T10:00'
)

_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_UNITS = {"minute": "minutes", "min": "minutes", "hour": "hours", "day": "days", "week": "weeks"}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AMOUNT = re.compile(r"\+?\s*(\d+|a|an|one|two|three|four|five|six)\s*([a-z]+?)s?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")


class NotAMove(ValueError):
    """It does not say where to move the clock."""


def read_moment(written: str, zone: ZoneInfo) -> datetime:
    """An ISO 8601 moment; without an offset it is local wall time.

    Raises:
        NotAMove: it is none.
    """
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        raise NotAMove(f"{written!r} is not a time") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def read_move(written: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment a move leads to. Days and weeks keep the wall time across a clock change; hours do not.

    Raises:
        NotAMove: it does not say.
    """
    said = " ".join(written.lower().split())
    if said.isdecimal():
        return now + timedelta(minutes=int(said))
    if amount := _AMOUNT.fullmatch(said):
        return _on_by(amount[1], amount[2], now, zone)
    target = said.removeprefix("to ")
    if re.match(r"\d{4}-", target):
        return read_moment(target.upper(), zone)
    return _on_to(target, now, zone)


def _on_by(number: str, unit: str, now: datetime, zone: ZoneInfo) -> datetime:
    if unit not in _UNITS:
        raise NotAMove(f"{unit!r} is not a length of time")
    count = int(number) if number.isdigit() else _NUMBERS[number]
    step = timedelta(**{_UNITS[unit]: count})
    if _UNITS[unit] in {"minutes", "hours"}:
        return now + step
    return _wall((now.astimezone(zone) + step).replace(tzinfo=None), zone)


def _on_to(target: str, now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    first, _, rest = target.partition(" ")
    if first in {"tomorrow", *_WEEKDAYS}:
        day = _day(first, local.date())
        return _at(day, rest or "9am", zone)
    if first == "today":
        return _at(local.date(), rest or "9am", zone)
    moment = _at(local.date(), target, zone)
    return moment if moment > now else _at(local.date() + timedelta(days=1), target, zone)


def _day(word: str, today: date) -> date:
    if word == "tomorrow":
        return today + timedelta(days=1)
    ahead = (_WEEKDAYS.index(word) - today.weekday()) % 7
    return today + timedelta(days=ahead or 7)


def _at(day: date, written: str, zone: ZoneInfo) -> datetime:
    return _wall(datetime.combine(day, _clock(written.removeprefix("at "))), zone)


def _clock(written: str) -> time:
    if written in {"noon", "midday"}:
        return time(12)
    found = _CLOCK.fullmatch(written)
    if found is None:
        raise NotAMove(f"{written!r} is not a time of day")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise NotAMove(f"{written!r} is not a time of day") from None


def _wall(naive: datetime, zone: ZoneInfo) -> datetime:
    return naive.replace(tzinfo=zone).astimezone(UTC)
