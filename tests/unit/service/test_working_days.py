"""Cut-offs are counted in days on which an office in England is open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.service.working_days import bank_holidays, is_working_day, working_days_before

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2026, 11, 25), True),  # a plain Wednesday
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 11, 29), False),  # Sunday
        (date(2026, 12, 25), False),  # Christmas Day, a Friday
        (date(2026, 12, 28), False),  # the substitute for Boxing Day, which is a Saturday
        (date(2026, 12, 29), True),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday: a holiday in England, not in Scotland
        (date(2026, 5, 4), False),  # early May
        (date(2026, 8, 3), True),  # a holiday in Scotland only
        (date(2026, 8, 31), False),  # summer: the last Monday of August in England
        (date(2026, 11, 30), True),  # St Andrew's Day is Scotland's
        (date(2026, 3, 17), True),  # St Patrick's Day is Northern Ireland's
        (date(2023, 5, 8), False),  # the coronation
        (date(2022, 9, 19), False),  # the state funeral
        (date(2022, 6, 3), False),  # the platinum jubilee
    ],
)
def test_an_office_in_england_is_open_or_shut(day: date, open_: bool) -> None:
    assert is_working_day(day) is open_


@pytest.mark.parametrize(
    ("day", "count", "before"),
    [
        (date(2026, 11, 25), 2, date(2026, 11, 23)),  # Wednesday -> Monday
        (date(2026, 11, 25), 1, date(2026, 11, 24)),
        (date(2026, 11, 24), 2, date(2026, 11, 20)),  # Tuesday -> Friday, over the weekend
        (date(2026, 11, 23), 2, date(2026, 11, 19)),  # Monday -> Thursday
        (date(2026, 11, 28), 1, date(2026, 11, 27)),  # a lunch on a Saturday
        (date(2026, 12, 29), 2, date(2026, 12, 23)),  # over Christmas
        (date(2027, 1, 5), 2, date(2026, 12, 31)),  # over New Year's Day
        (date(2026, 4, 8), 2, date(2026, 4, 2)),  # over Easter
        (date(2026, 11, 25), 0, date(2026, 11, 25)),
        (date(2026, 11, 29), 0, date(2026, 11, 27)),  # on the day, and the day is a Sunday
        (date(2026, 11, 25), 5, date(2026, 11, 18)),
    ],
)
def test_working_days_are_counted_back_over_weekends_and_holidays(
    day: date, count: int, before: date
) -> None:
    assert working_days_before(day, count) == before


@given(day=DAYS, count=st.integers(0, 12))
def test_the_day_found_is_a_working_day_with_that_many_from_it_to_the_session(day: date, count: int) -> None:
    found = working_days_before(day, count)
    assert is_working_day(found)
    between = (found + timedelta(days=n) for n in range((day - found).days))
    assert sum(map(is_working_day, between)) == (count if count else (day - found).days and 1)


@given(day=DAYS, count=st.integers(1, 12))
def test_a_later_session_never_has_an_earlier_cut_off(day: date, count: int) -> None:
    assert working_days_before(day, count) <= working_days_before(day + timedelta(days=1), count)


def test_every_year_has_the_eight_bank_holidays_or_more() -> None:
    assert all(len(bank_holidays(year)) >= 8 for year in range(2020, 2036))
