"""How fast one channel may send: a token bucket as a value, with the clock as an argument."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

GO = timedelta(0)


def reserve(
    full_again: datetime | None, now: datetime, per_second: float, burst: int
) -> tuple[datetime, timedelta]:
    """Take one message's turn in a pace that several processes share, as one moment that they keep.

    ``full_again`` is when the bucket would be full again if nothing more were sent; None: it is full.

    Returns:
        That moment with this message counted, and how long to wait before sending it.
    """
    each = timedelta(seconds=1 / per_second)
    counted = max(full_again or now, now) + each
    return counted, max(GO, counted - now - burst * each)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Lets ``burst`` messages go at once and ``per_second`` in the long run."""

    per_second: float
    burst: int
    tokens: float
    at: datetime  # when ``tokens`` was true

    @classmethod
    def full(cls, per_second: float, burst: int, now: datetime) -> Bucket:
        """A bucket that nobody has taken from.

        Raises:
            ValueError: a rate or burst that would never let anything go.
        """
        if per_second <= 0 or burst < 1:
            raise ValueError("a rate limit needs more than 0 a second and a burst of at least 1")
        return cls(per_second, burst, float(burst), now)

    def take(self, now: datetime) -> tuple[Bucket, timedelta]:
        """Ask to send one message.

        Returns:
            The bucket to ask next time, and how long to wait: ``GO`` means send now, anything else means
            that nothing was taken and asking sooner is no use.
        """
        bucket = self._refilled(now)
        if bucket.tokens >= 1:
            return replace(bucket, tokens=bucket.tokens - 1), GO
        # Rounded up to the clock's step: rounded down, the caller would come back a moment too soon.
        wait = timedelta(seconds=(1 - bucket.tokens) / self.per_second) + timedelta(microseconds=1)
        return bucket, wait

    def within(self, now: datetime, span: timedelta) -> int:
        """How many messages may leave between now and then, one at least."""
        tokens = self._refilled(now).tokens + span.total_seconds() * self.per_second
        return max(1, int(tokens))

    def _refilled(self, now: datetime) -> Bucket:
        # A clock set back gives nothing, and counting starts again from the new time.
        elapsed = max(0.0, (now - self.at).total_seconds())
        return replace(self, tokens=min(self.burst, self.tokens + elapsed * self.per_second), at=now)
