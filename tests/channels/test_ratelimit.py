"""How fast a channel may send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.channels.ratelimit import GO, Bucket

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)


def granted(bucket: Bucket, times: list[datetime]) -> tuple[int, Bucket]:
    """How many of these requests may go."""
    count = 0
    for moment in times:
        bucket, wait = bucket.take(moment)
        count += wait == GO
    return count, bucket


def test_a_burst_goes_at_once_and_then_one_at_a_time() -> None:
    bucket = Bucket.full(per_second=1, burst=3, now=NOW)
    first, bucket = granted(bucket, [NOW] * 5)
    later, bucket = granted(bucket, [NOW + timedelta(seconds=2)] * 5)
    assert (first, later) == (3, 2)


def test_it_says_how_long_to_wait_and_keeps_its_word() -> None:
    bucket = Bucket.full(per_second=4, burst=1, now=NOW)
    bucket, _ = bucket.take(NOW)
    bucket, wait = bucket.take(NOW)
    assert timedelta(milliseconds=250) <= wait < timedelta(milliseconds=251)
    bucket, refused = bucket.take(NOW + wait - timedelta(milliseconds=1))
    assert refused > GO
    bucket, wait = bucket.take(NOW + wait)
    assert wait == GO


def test_a_quiet_week_saves_up_no_more_than_a_burst() -> None:
    bucket = Bucket.full(per_second=10, burst=5, now=NOW)
    count, _ = granted(bucket, [NOW + timedelta(days=7)] * 50)
    assert count == 5


def test_a_clock_set_back_neither_stops_nor_floods_the_channel() -> None:
    bucket = Bucket.full(per_second=1, burst=2, now=NOW)
    _, bucket = granted(bucket, [NOW] * 2)
    earlier = NOW - timedelta(hours=2)
    at_once, bucket = granted(bucket, [earlier] * 5)
    soon, _ = granted(bucket, [earlier + timedelta(seconds=1)] * 5)
    assert (at_once, soon) == (0, 1)


@pytest.mark.parametrize(("per_second", "burst"), [(0, 1), (-1, 1), (1, 0)])
def test_a_limit_that_lets_nothing_go_is_refused(per_second: float, burst: int) -> None:
    with pytest.raises(ValueError, match="rate limit"):
        Bucket.full(per_second, burst, NOW)


@given(
    per_second=st.floats(0.1, 100),
    burst=st.integers(1, 20),
    gaps=st.lists(st.floats(0, 5), min_size=1, max_size=60),
)
def test_no_pattern_of_asking_gets_more_than_the_burst_and_the_rate(
    per_second: float, burst: int, gaps: list[float]
) -> None:
    times, moment = [], NOW
    for gap in gaps:
        moment += timedelta(seconds=gap)
        times.append(moment)
    count, _ = granted(Bucket.full(per_second, burst, NOW), times)
    assert count <= burst + per_second * (times[-1] - NOW).total_seconds() + 1e-3
