"""When to try a failed send again. Pure: the clock and the dice are arguments.

Exponential with jitter, so that a backlog does not come back all at once (Brooker, "Exponential Backoff And
Jitter", AWS Architecture Blog, 2015). A provider's Retry-After is a floor: never sooner.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from wellbeing_bot.channels.base import (
    Blocked,
    Later,
    OptedOut,
    OutcomeUnknown,
    RetrySoon,
    SendError,
    TooLong,
)

LONGEST = timedelta(hours=24)  # after a day a text about a walk has lost its sense


@dataclass(frozen=True, slots=True)
class Schedule:
    """How waits grow. The n-th wait lies between ``floor`` of its window and the whole of it."""

    first: timedelta  # window before the second attempt; doubles from then on
    longest: timedelta  # no window is longer
    attempts: int  # attempts in all
    floor: float  # 0 is full jitter: any wait from nothing to the window


SOON = Schedule(timedelta(seconds=5), timedelta(hours=1), attempts=30, floor=0.0)
# A phone that is off will not be on in two seconds: wait at least half the window.
LATER = Schedule(timedelta(minutes=15), timedelta(hours=4), attempts=8, floor=0.5)


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again, no sooner than this."""

    at: datetime


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Do not try again by yourself; a person is told why."""

    why: str


def next_attempt(
    error: SendError,
    attempt: int,
    now: datetime,
    random01: float,
    *,
    started_at: datetime | None = None,
) -> Retry | GiveUp:
    """What to do after a send failed.

    Args:
        attempt: the number of the attempt that has just failed, from 1.
        random01: a random number from 0 up to but not including 1.
        started_at: when the first attempt was made; by default this was the first.
    """
    if isinstance(error, RetrySoon):
        schedule, asked = SOON, error.retry_after or 0.0
    elif isinstance(error, Later):
        schedule, asked = LATER, 0.0
    else:
        return GiveUp(_reason(error))
    if attempt >= schedule.attempts:
        return GiveUp(f"no luck after {attempt} attempts")
    deadline = (started_at or now) + LONGEST
    wait = _wait(schedule, attempt, random01)
    if asked > LONGEST.total_seconds() or now + timedelta(seconds=asked) + wait > deadline:
        return GiveUp("no luck within 24 hours")
    return Retry(now + timedelta(seconds=asked) + wait)


def _wait(schedule: Schedule, attempt: int, random01: float) -> timedelta:
    doublings = min(attempt - 1, 20)  # past this every window is at its longest
    window: timedelta = min(schedule.longest, schedule.first * int(2**doublings))
    return window * (schedule.floor + (1 - schedule.floor) * random01)


def _reason(error: SendError) -> str:
    match error:
        case TooLong():
            return "the text is too long"
        case OptedOut():
            return "the carrier holds a STOP for this number"
        case Blocked():
            return "the person has blocked the bot"
        case OutcomeUnknown():
            return "it may have gone: look it up before anything is sent again"
        case _:
            return "this address cannot take messages"
