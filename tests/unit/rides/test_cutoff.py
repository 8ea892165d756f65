"""Until when a lift can be asked for, on local wall time."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from wellbeing_bot.service.rides.cutoff import cutoff

LONDON = ZoneInfo("Europe/London")


def local(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("starts", "days", "wall", "due"),
    [
        ("2026-11-25 12:30", 2, "12:00", "2026-11-23 12:00"),
        ("2026-11-23 12:30", 2, "12:00", "2026-11-19 12:00"),  # over the weekend
        ("2026-12-29 12:30", 2, "16:30", "2026-12-23 16:30"),  # over Christmas
        ("2026-04-08 12:30", 2, "12:00", "2026-04-02 12:00"),  # over Easter
        ("2026-11-25 12:30", 0, "09:00", "2026-11-25 09:00"),
        ("2026-03-31 12:30", 2, "12:00", "2026-03-27 12:00"),  # clocks go forward on the 29th
        ("2026-10-27 12:30", 2, "12:00", "2026-10-23 12:00"),  # clocks go back on the 25th
    ],
)
def test_the_cut_off_is_so_many_working_days_before(starts: str, days: int, wall: str, due: str) -> None:
    found = cutoff(local(starts).astimezone(UTC), days, time.fromisoformat(wall), LONDON)
    assert found == local(due)
    assert found.tzinfo is UTC


def test_a_session_that_begins_after_midnight_in_summer_counts_by_the_local_day() -> None:
    starts = local("2026-07-08 00:30").astimezone(UTC)  # still the 7th in UTC
    assert cutoff(starts, 1, time(12), LONDON) == local("2026-07-07 12:00")
