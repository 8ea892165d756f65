"""Dates and moments written from a start on: ``today``, ``-3 days``, ``+2 hours``, ``2026-11-26T09:00``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_SPAN = re.compile(r"([+-])\s*(\d{1,5})\s*(minute|hour|day|week)s?")


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What relative dates are counted from. ``now`` is aware; ``zone`` is where the clocks are read."""

    now: datetime
    zone: ZoneInfo

    def day(self, written: str) -> date | None:
        """A date from today on, or None when it is written in another way."""
        today = self.now.astimezone(self.zone).date()
        words = written.strip().lower()
        if words == "today":
            return today
        span = _SPAN.fullmatch(words)
        if span is None or span[3] not in {"day", "week"}:
            return None
        return today + _days(span)

    def moment(self, written: str) -> datetime | None:
        """An aware moment, or None when it is none. One without an offset is local wall time.

        A span in days or weeks keeps the wall time through clock changes; one in hours does not.
        """
        words = written.strip()
        if words.lower() == "now":
            return self.now
        if span := _SPAN.fullmatch(words.lower()):
            if span[3] in {"day", "week"}:
                local = self.now.astimezone(self.zone)
                return (local + _days(span)).astimezone(UTC)
            length = timedelta(**{f"{span[3]}s": int(span[2])})
            return self.now + (length if span[1] == "+" else -length)
        return _iso(words, self.zone)


def _days(span: re.Match[str]) -> timedelta:
    length = int(span[2]) * (7 if span[3] == "week" else 1)
    return timedelta(days=length if span[1] == "+" else -length)


def _iso(words: str, zone: ZoneInfo) -> datetime | None:
    if "T" not in words and " " not in words:
        return None  # a date alone does not say which moment
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
