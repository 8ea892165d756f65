"""When a provider fails, ask it with one message at growing intervals, not with all that wait.

A value with the clock as an argument, like the rate limit. The pattern is the circuit breaker (Nygard,
"Release It!", 2nd edition, 2018, chapter 5); after a rest it opens as TCP's slow start does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wellbeing_bot.channels.base import Misconfigured, OutcomeUnknown, RetrySoon, SendError

MOST_AT_ONCE = 100
"""Messages under way at a provider that answers well."""

IN_A_ROW = 3
"""Failures, with no success between, from which a provider counts as failing. One alone happens daily."""

FIRST_REST = timedelta(seconds=2)
LONGEST_REST = timedelta(minutes=5)
"""Twelve calls an hour are no burden on a provider in trouble, and five minutes no long wait after hours."""

LONGEST_ASKED = timedelta(hours=24)
"""A provider that asks for a longer wait than this is asked again after it all the same."""

_NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Breaker:
    """How one channel's provider has answered lately, and how many messages it may be given now."""

    at_once: int = MOST_AT_ONCE
    in_a_row: int = 0  # failures since the last success
    since: datetime | None = None  # when the first of them was
    rest_began: datetime | None = None
    rest: timedelta = _NOTHING

    def resting_until(self, now: datetime) -> datetime | None:
        """When the provider is next asked, or None when it may be asked now.

        A clock set back to before the rest began ends it: nobody waits for an hour to come round again.
        """
        if self.rest_began is None or not self.rest_began <= now < self.rest_began + self.rest:
            return None
        return self.rest_began + self.rest

    def room(self, now: datetime) -> int:
        """How many messages may be under way."""
        return 0 if self.resting_until(now) else self.at_once

    def worked(self, now: datetime) -> Breaker:
        """The provider answered: one more at once than before.

        A rest goes on to its end: the answer may be to something asked before the trouble.
        """
        if self.resting_until(now):
            return replace(self, in_a_row=0)
        return Breaker(at_once=min(MOST_AT_ONCE, self.at_once + 1))

    def failed(self, now: datetime, retry_after: float | None = None) -> Breaker:
        """The provider failed. Failures of what was under way together lengthen a rest only once.

        Args:
            retry_after: seconds the provider asks us to wait.
        """
        asked = min(timedelta(seconds=retry_after), LONGEST_ASKED) if retry_after else _NOTHING
        counted = replace(self, in_a_row=self.in_a_row + 1, since=self.since or now)
        until = self.resting_until(now)
        if until is not None and self.rest_began is not None:
            return replace(counted, rest=max(until, now + asked) - self.rest_began)
        if counted.in_a_row < IN_A_ROW and not asked and not self.rest:
            return counted
        longer = min(LONGEST_REST, self.rest * 2 or FIRST_REST)
        return replace(counted, at_once=1, rest_began=now, rest=max(longer, asked))


def is_providers(error: SendError) -> bool:
    """Whether a failure says something about the provider or our account, and not about one phone."""
    return isinstance(error, RetrySoon | Misconfigured | OutcomeUnknown)
