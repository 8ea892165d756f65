"""The times of a clinic, without a database: how many there are, and in which order they are offered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.service.clinics.times import in_turn, times_of
from wellbeing_bot.store import Group, Session_

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def session(minutes: int, each: int | None) -> Session_:
    return Session_(
        group=Group(key="advice", name="Advice", slot_minutes=each),
        starts_at=NINE,
        ends_at=NINE + timedelta(minutes=minutes),
    )


def test_a_morning_holds_so_many_whole_times() -> None:
    assert times_of(session(150, 30)) == [NINE + timedelta(minutes=30 * n) for n in range(5)]
    assert len(times_of(session(100, 45))) == 2


def test_a_group_that_sees_everybody_at_once_has_no_times() -> None:
    assert times_of(session(90, None)) == []


@given(st.integers(0, 600), st.integers(5, 120))
def test_every_time_ends_before_the_clinic_does(minutes: int, each: int) -> None:
    one = session(minutes, each)
    assert all(one.starts_at <= at <= one.ends_at - timedelta(minutes=each) for at in times_of(one))


@given(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=5))
def test_each_day_is_offered_once_before_any_is_offered_twice(days: list[list[int]]) -> None:
    labelled = [[NINE + timedelta(days=n, hours=h) for h in range(len(day))] for n, day in enumerate(days)]
    found = in_turn(labelled)
    assert sorted(found) == sorted(at for day in labelled for at in day)
    first = found[: sum(1 for day in labelled if day)]
    assert len({at.date() for at in first}) == len(first)
