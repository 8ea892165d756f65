"""Working days in England: Monday to Friday, without the bank holidays. Pure.

Bank holidays are those of the ``holidays`` library for England, which follows GOV.UK's list: substitute days
where one falls on a weekend, and single holidays such as a coronation.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY = 5


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, substitute days included."""
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether an office in England is open that day."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def working_days_before(day: date, count: int) -> date:
    """The working day that lies ``count`` working days before ``day``, which need not be one itself.

    With 0 it is ``day`` itself, or the last working day before it when that is none.

    >>> working_days_before(date(2026, 12, 29), 2)  # over Christmas: 25 and 28 December are holidays
    datetime.date(2026, 12, 23)
    """
    if count == 0:
        while not is_working_day(day):
            day -= timedelta(days=1)
        return day
    for _ in range(count):
        day -= timedelta(days=1)
        while not is_working_day(day):
            day -= timedelta(days=1)
    return day
