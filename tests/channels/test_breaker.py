"""A provider in trouble is asked with one message at growing intervals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.channels.base import (
    Blocked,
    Final,
    Later,
    Misconfigured,
    OptedOut,
    OutcomeUnknown,
    RetrySoon,
    SendError,
    TooLong,
)
from wellbeing_bot.channels.breaker import (
    FIRST_REST,
    IN_A_ROW,
    LONGEST_ASKED,
    LONGEST_REST,
    MOST_AT_ONCE,
    Breaker,
    is_providers,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def failed(breaker: Breaker, times: int, now: datetime = NOW, retry_after: float | None = None) -> Breaker:
    for _ in range(times):
        breaker = breaker.failed(now, retry_after)
    return breaker


def test_one_failure_alone_stops_nothing() -> None:
    breaker = failed(Breaker(), IN_A_ROW - 1)
    assert breaker.room(NOW) == MOST_AT_ONCE
    assert breaker.worked(NOW).in_a_row == 0


def test_several_in_a_row_let_the_provider_rest_and_then_one_message_asks() -> None:
    breaker = failed(Breaker(), IN_A_ROW)
    assert breaker.room(NOW) == 0
    assert breaker.resting_until(NOW) == NOW + FIRST_REST
    assert breaker.room(NOW + FIRST_REST) == 1


def test_failures_of_what_was_under_way_together_lengthen_a_rest_once() -> None:
    assert failed(Breaker(), 50).resting_until(NOW) == NOW + FIRST_REST


def test_each_failed_question_doubles_the_rest_up_to_the_longest() -> None:
    breaker, now, calls = failed(Breaker(), IN_A_ROW), NOW, IN_A_ROW
    rests = []
    while now < NOW + timedelta(hours=6):
        until = breaker.resting_until(now)
        assert until is not None
        rests.append(until - now)
        now, calls = until, calls + 1
        breaker = breaker.failed(now)
    assert rests[:4] == [FIRST_REST * 2**i for i in range(4)]
    assert max(rests) == LONGEST_REST
    assert calls < 90, "six hours of silence are asked about some eighty times"


def test_what_the_provider_asks_for_is_waited_for_at_once() -> None:
    breaker = Breaker().failed(NOW, retry_after=30)
    assert breaker.room(NOW + timedelta(seconds=29)) == 0
    assert breaker.room(NOW + timedelta(seconds=30)) == 1


def test_a_longer_wait_asked_for_meanwhile_counts() -> None:
    breaker = Breaker().failed(NOW, retry_after=30).failed(NOW + timedelta(seconds=10), retry_after=60)
    assert breaker.resting_until(NOW + timedelta(seconds=10)) == NOW + timedelta(seconds=70)


def test_nobody_is_made_to_wait_for_years() -> None:
    assert Breaker().failed(NOW, retry_after=1e8).resting_until(NOW) == NOW + LONGEST_ASKED


def test_after_a_rest_more_and_more_may_go_at_once() -> None:
    breaker = failed(Breaker(), IN_A_ROW)
    now, rooms = NOW + FIRST_REST, []
    for _ in range(8):
        rooms.append(breaker.room(now))
        for _ in range(rooms[-1]):
            breaker = breaker.worked(now)
    assert rooms == [1, 2, 4, 8, 16, 32, 64, MOST_AT_ONCE]
    assert breaker.since is None


def test_a_late_answer_does_not_end_a_rest() -> None:
    breaker = Breaker().failed(NOW, retry_after=30).worked(NOW)
    assert breaker.room(NOW) == 0


def test_a_clock_set_back_ends_a_rest() -> None:
    assert failed(Breaker(), IN_A_ROW).room(NOW - timedelta(hours=2)) == 1


@pytest.mark.parametrize(
    ("error", "providers"),
    [
        (RetrySoon("429"), True),
        (Misconfigured("20003"), True),
        (OutcomeUnknown("timed-out"), True),
        (Later("30003"), False),
        (Final("21211"), False),
        (TooLong("21617"), False),
        (OptedOut("21610"), False),
        (Blocked("403"), False),
    ],
)
def test_one_phones_trouble_is_not_the_providers(error: SendError, *, providers: bool) -> None:
    assert is_providers(error) is providers


@given(st.lists(st.tuples(st.sampled_from(["worked", "failed", "asked"]), st.integers(0, 900)), max_size=60))
def test_whatever_happens_a_message_may_go_within_the_longest_rest(events: list[tuple[str, int]]) -> None:
    breaker, now = Breaker(), NOW
    for what, seconds in events:
        now += timedelta(seconds=seconds)
        if what == "worked":
            breaker = breaker.worked(now)
        else:
            breaker = breaker.failed(now, 40 if what == "asked" else None)
        assert 0 <= breaker.room(now) <= MOST_AT_ONCE
    assert breaker.room(now + LONGEST_REST) >= 1
