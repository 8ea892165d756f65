"""Days that have a name: fixed ones, those that hang on Easter, and the Mondays of bank holidays.

Rules as in England and Wales (the Banking and Financial Dealings Act 1971 and the usual church calendar).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from dateutil.easter import easter

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)

Rule = Callable[[int], date]


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The first (1) to fifth, or last (-1), such weekday of a month; None when there is no fifth."""
    if nth < 0:
        after = date(year + month // 12, month % 12 + 1, 1)
        last = after - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month else None


def _fixed(month: int, day: int) -> Rule:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Rule:
    return lambda year: easter(year) + timedelta(days=days)


def _weekday(month: int, weekday: int, nth: int) -> Rule:
    return lambda year: nth_weekday(year, month, weekday, nth) or date(year, month, 1)


def _advent(year: int) -> date:
    christmas = date(year, 12, 25)
    fourth = christmas - timedelta(days=(christmas.weekday() - SUNDAY) % 7 or 7)
    return fourth - timedelta(days=21)


RULES: Mapping[str, Rule] = {
    "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "new year's eve": _fixed(12, 31),
    "new year's day": _fixed(1, 1),
    "burns night": _fixed(1, 25),
    "valentine's day": _fixed(2, 14),
    "saint david's day": _fixed(3, 1),
    "saint patrick's day": _fixed(3, 17),
    "saint george's day": _fixed(4, 23),
    "april fool's day": _fixed(4, 1),
    "halloween": _fixed(10, 31),
    "bonfire night": _fixed(11, 5),
    "armistice day": _fixed(11, 11),
    "saint andrew's day": _fixed(11, 30),
    "shrove tuesday": _from_easter(-47),
    "ash wednesday": _from_easter(-46),
    "mothering sunday": _from_easter(-21),
    "palm sunday": _from_easter(-7),
    "maundy thursday": _from_easter(-3),
    "good friday": _from_easter(-2),
    "easter saturday": _from_easter(-1),
    "easter sunday": _from_easter(0),
    "easter monday": _from_easter(1),
    "may day bank holiday": _weekday(5, MONDAY, 1),
    "spring bank holiday": _weekday(5, MONDAY, -1),
    "father's day": _weekday(6, SUNDAY, 3),
    "august bank holiday": _weekday(8, MONDAY, -1),
    "remembrance sunday": _weekday(11, SUNDAY, 2),
    "advent sunday": _advent,
}
"""The rule of each day that ``dates.yaml`` may name."""


def next_named(name: str, today: date) -> date:
    """The next day of that name, today included."""
    this_year = RULES[name](today.year)
    return this_year if this_year >= today else RULES[name](today.year + 1)
