"""Whether and when a failed send is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.channels.backoff import LONGEST, GiveUp, Retry, next_attempt
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

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
ALMOST_ONE = 1 - 1e-9


@pytest.mark.parametrize(
    ("error", "attempt", "random01", "seconds"),
    [
        (RetrySoon("500"), 1, 0.0, 0),
        (RetrySoon("500"), 1, 0.5, 2.5),
        (RetrySoon("500"), 2, 0.5, 5),
        (RetrySoon("500"), 5, 0.5, 40),
        (RetrySoon("500"), 29, 0.5, 1800),
        (RetrySoon("429", retry_after=30), 1, 0.0, 30),
        (RetrySoon("429", retry_after=30), 1, 0.5, 32.5),
        (Later("30003"), 1, 0.0, 450),
        (Later("30003"), 1, 0.5, 675),
        (Later("30003"), 2, 0.0, 900),
        (Later("30003"), 7, 0.0, 7200),
        (Misconfigured("20003"), 1, 0.0, 450),
    ],
)
def test_what_may_pass_is_tried_again_after_a_growing_wait(
    error: SendError, attempt: int, random01: float, seconds: float
) -> None:
    decision = next_attempt(error, attempt, NOW, random01)
    assert decision == Retry(NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("error", "attempt"),
    [
        (Final("21614"), 1),
        (TooLong("21617"), 1),
        (OptedOut("21610"), 1),
        (Blocked("403"), 1),
        (OutcomeUnknown("timed-out"), 1),
        (RetrySoon("500"), 30),
        (Later("30003"), 8),
        (RetrySoon("429", retry_after=90_000), 1),
        (RetrySoon("429", retry_after=float("inf")), 1),
    ],
)
def test_what_will_not_pass_is_given_up_with_a_reason(error: SendError, attempt: int) -> None:
    decision = next_attempt(error, attempt, NOW, 0.5)
    assert isinstance(decision, GiveUp)
    assert decision.why


def test_nothing_is_tried_a_day_after_it_was_first_sent() -> None:
    yesterday = NOW - LONGEST + timedelta(minutes=5)
    late = next_attempt(Later("30003"), 3, NOW, 0.0, started_at=yesterday)
    in_time = next_attempt(RetrySoon("500"), 3, NOW, 0.0, started_at=yesterday)
    assert isinstance(late, GiveUp)
    assert in_time == Retry(NOW)


def test_an_unknown_outcome_is_never_sent_again_blindly() -> None:
    decision = next_attempt(OutcomeUnknown("timed-out"), 1, NOW, 0.0)
    assert isinstance(decision, GiveUp)
    assert "look it up" in decision.why


@given(
    error=st.sampled_from([RetrySoon("500"), RetrySoon("429", 7.5), Later("30003"), Misconfigured("401")]),
    dice=st.lists(st.floats(0, ALMOST_ONE), min_size=40, max_size=40),
)
def test_trying_ends_within_a_day_and_never_goes_back_in_time(error: SendError, dice: list[float]) -> None:
    now, attempt = NOW, 1
    while isinstance(decision := next_attempt(error, attempt, now, dice[attempt], started_at=NOW), Retry):
        asked = (error.retry_after or 0) if isinstance(error, RetrySoon) else 0
        assert decision.at >= now + timedelta(seconds=asked)
        assert decision.at - NOW <= LONGEST
        now, attempt = decision.at, attempt + 1
    assert attempt <= 30
