"""Moments counted from the start of a story."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from wellbeing_bot.service.importing.moments import Reckoning

SATURDAY_NIGHT = datetime(2026, 10, 24, 21, 30, tzinfo=UTC)  # 22.30 in London; clocks go back that night
FROM = Reckoning(SATURDAY_NIGHT, ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("now", SATURDAY_NIGHT),
        ("+2 hours", datetime(2026, 10, 24, 23, 30, tzinfo=UTC)),
        ("-90 minutes", datetime(2026, 10, 24, 20, 0, tzinfo=UTC)),
        ("+1 day", datetime(2026, 10, 25, 22, 30, tzinfo=UTC)),
        ("-1 week", datetime(2026, 10, 17, 21, 30, tzinfo=UTC)),
        ("2026-11-26T09:00", datetime(2026, 11, 26, 9, 0, tzinfo=UTC)),
        ("2026-07-01 09:00", datetime(2026, 7, 1, 8, 0, tzinfo=UTC)),
        ("2026-07-01T09:00+02:00", datetime(2026, 7, 1, 7, 0, tzinfo=UTC)),
        ("2026-11-26", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_a_moment_is_read(written: str, means: datetime | None) -> None:
    assert FROM.moment(written) == means


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("today", date(2026, 10, 24)),
        ("+3 days", date(2026, 10, 27)),
        ("-2 weeks", date(2026, 10, 10)),
        ("+2 hours", None),
        ("2026-11-26", None),
    ],
)
def test_a_date_is_counted_from_today(written: str, means: date | None) -> None:
    assert FROM.day(written) == means
