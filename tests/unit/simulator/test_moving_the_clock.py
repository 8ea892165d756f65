"""How far the clock is to go, as people write it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.web.simulator.moves import NotAMove, read_moment, read_move

LONDON = ZoneInfo("Europe/London")
MONDAY_NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def local(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("written", "leads_to"),
    [
        ("1 hour", "2026-11-02T13:00"),
        ("an hour", "2026-11-02T13:00"),
        ("+1 hour", "2026-11-02T13:00"),
        ("90", "2026-11-02T13:30"),
        ("30 minutes", "2026-11-02T12:30"),
        ("2 days", "2026-11-04T12:00"),
        ("1 week", "2026-11-09T12:00"),
        ("12 Weeks", "2027-01-25T12:00"),
        ("to tomorrow 9am", "2026-11-03T09:00"),
        ("tomorrow 9am", "2026-11-03T09:00"),
        ("to tomorrow", "2026-11-03T09:00"),
        ("to tomorrow at 10.30", "2026-11-03T10:30"),
        ("to 5pm", "2026-11-02T17:00"),
        ("to 9am", "2026-11-03T09:00"),
        ("to noon", "2026-11-03T12:00"),
        ("to today 2pm", "2026-11-02T14:00"),
        ("to thursday 10am", "2026-11-05T10:00"),
        ("to monday 9am", "2026-11-09T09:00"),
        ("to 12am", "2026-11-03T00:00"),
        ("to 2026-11-20T08:15", "2026-11-20T08:15"),
        ("2026-11-20t08:15+01:00", "2026-11-20T07:15"),
    ],
)
def test_a_move_leads_where_it_says(written: str, leads_to: str) -> None:
    assert read_move(written, MONDAY_NOON, LONDON) == local(leads_to)


@pytest.mark.parametrize(
    "written", ["", "soon", "1 fortnight", "to 25:00", "to half past", "to tomorrow soon", "-1 hour"]
)
def test_what_says_nothing_is_refused(written: str) -> None:
    with pytest.raises(NotAMove):
        read_move(written, MONDAY_NOON, LONDON)


def test_a_day_keeps_the_wall_time_when_the_clocks_change_and_24_hours_do_not() -> None:
    before = local("2026-10-24T10:00").astimezone(UTC)  # the clocks go back that night
    assert read_move("1 day", before, LONDON) == local("2026-10-25T10:00")
    assert read_move("24 hours", before, LONDON) == local("2026-10-25T09:00")


def test_a_time_without_an_offset_is_local_wall_time() -> None:
    assert read_moment("2026-07-01T09:00", LONDON) == datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    assert read_moment("2026-07-01T09:00Z", LONDON) == datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


@given(st.text(max_size=40))
def test_any_text_is_a_moment_or_is_refused(written: str) -> None:
    try:
        moved = read_move(written, MONDAY_NOON, LONDON)
    except (NotAMove, OverflowError):
        return
    assert moved.tzinfo is not None
