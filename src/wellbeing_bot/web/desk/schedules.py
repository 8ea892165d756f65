"""The small form that makes an RRULE, and reading one back into it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

DAYS = (
    ("MO", "Monday"),
    ("TU", "Tuesday"),
    ("WE", "Wednesday"),
    ("TH", "Thursday"),
    ("FR", "Friday"),
    ("SA", "Saturday"),
    ("SU", "Sunday"),
)
HOW_OFTEN = (
    ("", "Single dates only"),
    ("weekly", "Every week"),
    ("fortnightly", "Every other week"),
    ("monthly", "Once a month"),
)
WHICH = (("1", "First"), ("2", "Second"), ("3", "Third"), ("4", "Fourth"), ("-1", "Last"))
OWN = ("own", "As it is (a schedule this form cannot draw)")


@dataclass(frozen=True)
class Schedule:
    """What the form holds."""

    often: str = ""
    days: tuple[str, ...] = ()
    which: str = "1"

    def rrule(self) -> str | None:
        """The rule; None when a day is missing."""
        if not self.often:
            return ""
        known = [code for code, _ in DAYS if code in self.days]
        if not known:
            return None
        if self.often == "monthly":
            return f"FREQ=MONTHLY;BYDAY={self.which}{known[0]}"
        every = ";INTERVAL=2" if self.often == "fortnightly" else ""
        return f"FREQ=WEEKLY{every};BYDAY={','.join(known)}"


def read(rrule: str) -> Schedule:
    """The form for a rule; ``own`` for one that the form cannot make."""
    plain = rrule.removeprefix("RRULE:")
    if not plain:
        return Schedule()
    weekly = re.fullmatch(r"FREQ=WEEKLY(;INTERVAL=2)?;BYDAY=([A-Z]{2}(?:,[A-Z]{2})*)", plain)
    if weekly:
        return Schedule("fortnightly" if weekly[1] else "weekly", tuple(weekly[2].split(",")))
    monthly = re.fullmatch(r"FREQ=MONTHLY;BYDAY=(-1|[1-4])([A-Z]{2})", plain)
    if monthly:
        return Schedule("monthly", (monthly[2],), monthly[1])
    return Schedule(OWN[0])


def choices(schedule: Schedule) -> Sequence[tuple[str, str]]:
    """How often, for the form."""
    return (*HOW_OFTEN, OWN) if schedule.often == OWN[0] else HOW_OFTEN
