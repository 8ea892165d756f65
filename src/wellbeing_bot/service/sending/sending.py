"""Emptying the outbox: claim in a transaction, send with none open, record in another."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from wellbeing_bot.channels.base import Absent, Channel, Found, OutcomeUnknown, RetrySoon, SendError, Sent
from wellbeing_bot.channels.breaker import MOST_AT_ONCE, Breaker, is_providers
from wellbeing_bot.channels.ratelimit import GO, Bucket
from wellbeing_bot.messages import ChannelName
from wellbeing_bot.service.sending.claiming import Claimed, Room, claim
from wellbeing_bot.service.sending.outcomes import Outcomes
from wellbeing_bot.service.sending.pacing import take_turn
from wellbeing_bot.service.work import Deployment
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.states import OutboundKind

log = logging.getLogger(__name__)

URGENT_AT_ONCE = 5
"""Urgent help goes out beside all else, and while a provider is left to recover."""

AHEAD = timedelta(seconds=1)
"""No more is claimed than may leave within this, so that an answer never queues behind what was claimed."""

PATIENCE = 1.0
"""Seconds that a look at the outbox waits for what is under way: one slow phone holds nobody up."""

AT_THE_END = 3.0
"""Seconds that a service which ends waits for what is under way."""

LEFT_OF_LEASE = timedelta(seconds=70)
"""A look-up and a send may take this long; what has less of its lease left is given back, not sent."""


class Sender:
    """Sends what is due on every channel."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[ChannelName, Channel],
        deployment: Deployment,
        *,
        limits: Mapping[ChannelName, Bucket] | None = None,
        breakers: Mapping[ChannelName, Breaker] | None = None,
    ) -> None:
        self.database = database
        self.channels = channels
        self.deployment = deployment
        self._buckets: dict[ChannelName, Bucket] = dict(limits or {})
        self._breakers: dict[ChannelName, Breaker] = dict(breakers or {})
        self._outcomes = Outcomes(deployment, random.Random())
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way: Counter[ChannelName] = Counter()
        self._not_gone_yet: Counter[ChannelName] = Counter()

    async def send_due(self, now: datetime, clock: Callable[[], datetime] | None = None) -> int:
        """Send all that may leave now, in order for each address. Returns how many were tried.

        Args:
            now: the moment.
            clock: asked for the moment again as time goes on; without it the moment stands still.
        """
        moment = clock or (lambda: now)
        tried = 0
        while True:
            rooms = self._rooms(moment())
            at = moment()
            claimed = await self.database.arun(
                lambda session, rooms=rooms, at=at: claim(session, at, rooms, self.deployment)  # type: ignore[misc]
            )
            for message in claimed:
                self._begin(message, moment)
            tried += len(claimed)
            if not self._tasks:
                return tried
            await self._wait(all_of_them=bool(claimed))

    async def close(self) -> None:
        """Give what is under way a moment to end; whatever does not is looked up after the next start."""
        if self._tasks:
            _, left = await asyncio.wait(self._tasks, timeout=AT_THE_END)
            for task in left:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._tasks.clear()

    def _begin(self, claimed: Claimed, moment: Callable[[], datetime]) -> None:
        channel = claimed.outbound.to.channel
        self._under_way[channel] += 1
        self._not_gone_yet[channel] += 1
        task = asyncio.create_task(self._send(claimed, moment))
        self._tasks.add(task)

    async def _wait(self, *, all_of_them: bool) -> None:
        when = asyncio.ALL_COMPLETED if all_of_them else asyncio.FIRST_COMPLETED
        done, _ = await asyncio.wait(self._tasks, timeout=PATIENCE, return_when=when)
        self._tasks -= done
        for task in done:
            task.result()

    def _rooms(self, now: datetime) -> dict[ChannelName, Room]:
        rooms: dict[ChannelName, Room] = {}
        for channel in self.channels:
            breaker = self._breakers.get(channel)
            free = (breaker.room(now) if breaker else MOST_AT_ONCE) - self._under_way[channel]
            bucket = self._buckets.get(channel)
            if bucket is not None:
                free = min(free, bucket.within(_steady(), AHEAD) - self._not_gone_yet[channel])
            rooms[channel] = Room(max(0, free), URGENT_AT_ONCE)
        return rooms

    async def _send(self, claimed: Claimed, moment: Callable[[], datetime]) -> None:
        channel = claimed.outbound.to.channel
        try:
            await self._wait_for_room(channel)
        finally:
            self._not_gone_yet[channel] -= 1
        try:
            await self._try(claimed, moment)
        finally:
            self._under_way[channel] -= 1

    async def _try(self, claimed: Claimed, moment: Callable[[], datetime]) -> None:
        message = claimed.outbound
        channel = self.channels[message.to.channel]
        if moment() > claimed.leased_until - LEFT_OF_LEASE:
            await self.database.arun(lambda session: self._outcomes.not_tried(session, claimed, moment()))
            return
        try:
            if claimed.look_up_first and await self._looked_up(channel, claimed, moment):
                return
            sent = await channel.send(message)
        except SendError as error:
            await self._failed(claimed, error, moment())
        except Exception as error:
            log.error("a send failed in an unforeseen way", extra={"error": type(error).__name__})
            await self._failed(claimed, OutcomeUnknown(None), moment())
        else:
            await self._worked(claimed, sent, moment())

    async def _looked_up(self, channel: Channel, claimed: Claimed, moment: Callable[[], datetime]) -> bool:
        """Ask the provider before sending again. True when nothing more is to be sent now."""
        try:
            answer = await channel.look_up(claimed.outbound, claimed.since)
        except SendError as error:
            if claimed.kind is OutboundKind.URGENT_HELP:
                return False
            now = moment()
            until = self._note(claimed, error, now)
            since = self._failing_since(claimed)
            await self.database.arun(
                lambda session: self._outcomes.look_up_later(session, claimed, now, until, since)
            )
            return True
        if isinstance(answer, Found):
            now = moment()
            return await self.database.arun(
                lambda session: self._outcomes.found(session, claimed, answer, now)
            )
        if isinstance(answer, Absent) or claimed.in_any_case:
            return False
        now = moment()
        await self.database.arun(lambda session: self._outcomes.give_up_unknown(session, claimed, now))
        return True

    async def _worked(self, claimed: Claimed, sent: Sent, now: datetime) -> None:
        channel = claimed.outbound.to.channel
        before = self._breakers.get(channel)
        if before is not None:
            self._breakers[channel] = before.worked(now)
        await self.database.arun(lambda session: self._outcomes.sent(session, claimed, sent, now))
        if before is not None and before.rest and not before.resting_until(now):
            await self.database.arun(lambda session: self._outcomes.provider_is_back(session, channel, now))

    async def _failed(self, claimed: Claimed, error: SendError, now: datetime) -> None:
        until = self._note(claimed, error, now)
        since = self._failing_since(claimed)
        await self.database.arun(
            lambda session: self._outcomes.failed(session, claimed, error, now, until, since)
        )

    def _note(self, claimed: Claimed, error: SendError, now: datetime) -> datetime | None:
        """Tell the channel's breaker. Returns when the provider is next asked, while it is left alone."""
        channel = claimed.outbound.to.channel
        breaker = self._breakers.get(channel)
        if breaker is None:
            return None
        if not is_providers(error):
            self._breakers[channel] = breaker.worked(now)
            return None
        asked = error.retry_after if isinstance(error, RetrySoon) else None
        self._breakers[channel] = breaker = breaker.failed(now, asked)
        return breaker.resting_until(now)

    def _failing_since(self, claimed: Claimed) -> datetime | None:
        breaker = self._breakers.get(claimed.outbound.to.channel)
        return breaker.since if breaker else None

    async def _wait_for_room(self, channel: ChannelName) -> None:
        bucket = self._buckets.get(channel)
        if bucket is not None and not self.database.is_sqlite:
            alone = bucket  # other processes send at this pace too
            wait = await self.database.arun(lambda session: take_turn(session, channel, alone))
            await asyncio.sleep(wait.total_seconds())
        while bucket is not None:
            bucket, wait = bucket.take(_steady())
            self._buckets[channel] = bucket
            if wait <= GO:
                return
            await asyncio.sleep(wait.total_seconds())
            bucket = self._buckets[channel]


def _steady() -> datetime:
    """The loop's own clock, which never jumps; only differences matter."""
    return datetime.fromtimestamp(asyncio.get_running_loop().time(), UTC)
