"""Emptying the outbox: claim in a transaction, send with none open, record in another."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from wellbeing_bot.channels.backoff import Retry, next_attempt
from wellbeing_bot.channels.base import (
    Absent,
    Blocked,
    Channel,
    Final,
    Found,
    Misconfigured,
    OptedOut,
    OutcomeUnknown,
    SendError,
    Sent,
    TooLong,
)
from wellbeing_bot.channels.ratelimit import GO, Bucket
from wellbeing_bot.messages import Address, Button, ChannelName, DeliveryState, Outbound, StatusReport
from wellbeing_bot.service.failures import (
    channel_needs_attention,
    could_not_deliver,
    opted_out_at_carrier,
    outcome_not_known,
)
from wellbeing_bot.service.peace import may_begin
from wellbeing_bot.service.settings import read_network_settings
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import AddressRow, Network, OutboundRow, Person, StatusRow
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.states import OutboundKind

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
"""How long a claimed message is left to its sender before its outcome counts as unknown."""

LOOK_UP_AFTER = timedelta(seconds=10)
"""A provider's list may lag behind what it took: a look-up sooner could miss it."""

AT_ONCE = 50
URGENT_AGAIN = timedelta(seconds=60)
"""Urgent help whose outcome the provider cannot tell is sent again after this long."""


@dataclass(frozen=True)
class Claimed:
    """A message this process has to send, and nobody else."""

    outbound: Outbound
    kind: OutboundKind
    created_at: datetime
    look_up_first: bool


class Sender:
    """Sends what is due on every channel."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[ChannelName, Channel],
        deployment: Deployment,
        *,
        limits: Mapping[ChannelName, Bucket] | None = None,
    ) -> None:
        self.database = database
        self.channels = channels
        self.deployment = deployment
        self._buckets: dict[ChannelName, Bucket] = dict(limits or {})
        self._random = random.Random()

    async def send_due(self, now: datetime) -> int:
        """Send all that may leave now, in order for each address. Returns how many were tried."""
        tried = 0
        while True:
            claimed = await self.database.arun(lambda session: claim(session, now, tuple(self.channels)))
            if not claimed:
                return tried
            tried += len(claimed)
            await asyncio.gather(*(self._send(message, now) for message in claimed))

    async def _send(self, claimed: Claimed, now: datetime) -> None:
        message = claimed.outbound
        channel = self.channels[message.to.channel]
        await self._wait_for_room(message.to.channel, now)
        try:
            if claimed.look_up_first and await self._looked_up(channel, claimed, now):
                return
            sent = await channel.send(message)
        except SendError as error:
            await self._record_error(claimed, error, now)
        except Exception as error:
            log.error("a send failed in an unforeseen way", extra={"error": type(error).__name__})
            await self._record_error(claimed, OutcomeUnknown(None), now)
        else:
            await self.database.arun(lambda session: record_sent(session, message, sent, now))

    async def _looked_up(self, channel: Channel, claimed: Claimed, now: datetime) -> bool:
        """Ask the provider before sending again. True when nothing more is to be sent now."""
        message = claimed.outbound
        try:
            answer = await channel.look_up(message, claimed.created_at)
        except SendError:
            await self.database.arun(lambda session: _look_up_later(session, message, now))
            return True
        if isinstance(answer, Found):
            return await self.database.arun(lambda session: record_found(session, message, answer, now))
        if isinstance(answer, Absent):
            return False
        if claimed.kind is OutboundKind.URGENT_HELP:
            return False
        await self.database.arun(lambda session: self._give_up_unknown(session, message, now))
        return True

    def _give_up_unknown(self, session: Session, message: Outbound, now: datetime) -> None:
        """Nobody can tell whether it arrived. It is marked and shown, and not sent again."""
        row = _fenced(session, message)
        if row is None:
            return
        row.state = DeliveryState.UNKNOWN
        row.leased_until = None
        row.error_code = "unknown_for_good"
        outcome_not_known(self._work(session, row, now), row)

    async def _wait_for_room(self, channel: ChannelName, now: datetime) -> None:
        bucket = self._buckets.get(channel)
        if bucket is None:
            return
        loop = asyncio.get_running_loop()
        while True:
            # The loop's own clock never jumps; only differences matter here.
            bucket, wait = bucket.take(datetime.fromtimestamp(loop.time(), UTC))
            self._buckets[channel] = bucket
            if wait <= GO:
                return
            await asyncio.sleep(wait.total_seconds())

    async def _record_error(self, claimed: Claimed, error: SendError, now: datetime) -> None:
        await self.database.arun(lambda session: self._after_error(session, claimed, error, now))

    def _after_error(self, session: Session, claimed: Claimed, error: SendError, now: datetime) -> None:
        row = _fenced(session, claimed.outbound)
        if row is None:
            return
        row.leased_until = None
        row.error_code = error.code or type(error).__name__
        work = self._work(session, row, now)
        if isinstance(error, OutcomeUnknown):
            row.state = DeliveryState.UNKNOWN
            row.due_at = now + (
                URGENT_AGAIN if claimed.kind is OutboundKind.URGENT_HELP else timedelta(minutes=1)
            )
            return
        if isinstance(error, OptedOut):
            row.state = DeliveryState.FAILED
            opted_out_at_carrier(work, row)
            return
        if isinstance(error, Final | Blocked | TooLong):
            row.state = DeliveryState.FAILED
            could_not_deliver(work, row, error)
            return
        decision = next_attempt(error, row.attempt, now, self._random.random(), started_at=row.created_at)
        if isinstance(error, Misconfigured):
            channel_needs_attention(work)
        if isinstance(decision, Retry) and (row.expires_at is None or decision.at < row.expires_at):
            row.state = DeliveryState.QUEUED
            row.due_at = decision.at
        else:
            row.state = DeliveryState.FAILED
            could_not_deliver(work, row, error)

    def _work(self, session: Session, row: OutboundRow, now: datetime) -> Work:
        return Work(session, now, self.deployment, session.get_one(Network, row.network_id))


def _look_up_later(session: Session, message: Outbound, now: datetime) -> None:
    """The provider could not be asked: the outcome stays unknown, and is asked for again."""
    row = _fenced(session, message)
    if row is not None:
        row.state = DeliveryState.UNKNOWN
        row.leased_until = None
        row.due_at = now + min(timedelta(minutes=row.attempt), timedelta(minutes=30))


def claim(session: Session, now: datetime, channels: tuple[ChannelName, ...]) -> list[Claimed]:
    """Take the oldest due message of each address, unless one to it is still on its way.

    What lost its sense meanwhile is dropped here: opted out, expired. Quiet hours are looked at again.
    """
    earlier = aliased(OutboundRow)
    blocked = exists().where(
        earlier.address_id == OutboundRow.address_id,
        earlier.id < OutboundRow.id,
        or_(
            and_(earlier.state == DeliveryState.QUEUED, earlier.due_at <= now),
            and_(earlier.state == DeliveryState.SENDING, earlier.leased_until > now),
        ),
    )
    rows = session.scalars(
        select(OutboundRow)
        .where(
            or_(
                and_(OutboundRow.state == DeliveryState.QUEUED, OutboundRow.due_at <= now),
                and_(OutboundRow.state == DeliveryState.SENDING, OutboundRow.leased_until <= now),
                and_(
                    OutboundRow.state == DeliveryState.UNKNOWN,
                    OutboundRow.due_at <= now,
                    OutboundRow.error_code.is_distinct_from("unknown_for_good"),
                ),
            ),
            ~blocked,
        )
        .order_by(OutboundRow.due_at, OutboundRow.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    claimed: list[Claimed] = []
    for row in rows:
        address = session.get_one(AddressRow, row.address_id)
        if _lost_its_sense(row, address, now) or _too_early(session, row, now):
            continue
        if address.channel not in channels:
            row.state = DeliveryState.FAILED
            row.error_code = "no_channel"
            continue
        unknown = row.state is not DeliveryState.QUEUED
        row.state = DeliveryState.SENDING
        row.attempt += 1
        row.leased_until = now + LEASE
        claimed.append(Claimed(_outbound(row, address), row.kind, row.created_at, unknown))
    return claimed


def _lost_its_sense(row: OutboundRow, address: AddressRow, now: datetime) -> bool:
    if row.state is not DeliveryState.QUEUED:
        return False
    if row.expires_at is not None and row.expires_at <= now:
        row.state, row.error_code = DeliveryState.DROPPED, "expired"
        return True
    silent = address.opted_out_at is not None or address.carrier_blocked_at is not None
    answers_stop = row.kind is OutboundKind.URGENT_HELP or row.key.endswith(".stopped.say")
    if (silent and not answers_stop) or address.unreachable_at is not None:
        row.state, row.error_code = DeliveryState.DROPPED, "opted_out" if silent else "unreachable"
        return True
    return False


def _too_early(session: Session, row: OutboundRow, now: datetime) -> bool:
    """A begun message that was held up into the night, or into hours of peace, waits for their end."""
    if row.kind is not OutboundKind.BEGUN or row.state is not DeliveryState.QUEUED:
        return False
    network = session.get_one(Network, row.network_id)
    settings = read_network_settings(network.settings)
    person = session.get(Person, row.person_id) if row.person_id else None
    allowed = may_begin(now, settings, ZoneInfo(network.zone), person)
    if allowed > now:
        row.due_at = allowed
        return True
    return False


def _outbound(row: OutboundRow, address: AddressRow) -> Outbound:
    return Outbound(
        id=row.id,
        to=Address.parse(str(address)),
        line=row.line or address.line,
        text=row.text,
        buttons=tuple(Button(button["label"], button["value"]) for button in row.buttons),
        attempt=row.attempt,
    )


def _fenced(session: Session, message: Outbound) -> OutboundRow | None:
    """The row, if this attempt is still the one that counts."""
    row = session.get_one(OutboundRow, message.id, with_for_update=True)
    still = row.attempt == message.attempt and row.state is DeliveryState.SENDING
    return row if still else None


def record_sent(session: Session, message: Outbound, sent: Sent, now: datetime) -> None:
    """The provider has it. Reports that came before this are applied now."""
    row = session.get_one(OutboundRow, message.id, with_for_update=True)
    if row.attempt != message.attempt:
        return
    if row.state in {DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.QUEUED}:
        row.state = sent.state if sent.state.rank >= DeliveryState.SENT.rank else DeliveryState.SENT
    row.provider_id = sent.provider_id
    row.sent_at = now
    row.leased_until = None
    row.error_code = None
    session.flush()
    early = list(session.scalars(select(StatusRow).where(StatusRow.provider_id == sent.provider_id)))
    for status in early:
        forward(session, row, StatusReport(status.provider_id, status.state, status.error_code), now)
        session.delete(status)


def record_found(session: Session, message: Outbound, found: Found, now: datetime) -> bool:
    """The provider did have it: the first match that is no other message's. False when all are others'."""
    for sent in found.matches:
        other = session.scalar(
            select(OutboundRow.id).where(
                OutboundRow.provider_id == sent.provider_id, OutboundRow.id != message.id
            )
        )
        if other is None:
            record_sent(session, message, sent, now)
            return True
    return False


def report(session: Session, status: StatusReport, now: datetime, deployment: Deployment) -> None:
    """A provider's report: forward only, whatever order it comes in, even before the send's own commit."""
    row = session.scalar(
        select(OutboundRow).where(OutboundRow.provider_id == status.provider_id).with_for_update()
    )
    if row is None:
        session.add(
            StatusRow(
                provider_id=status.provider_id, state=status.state, error_code=status.error_code, at=now
            )
        )
        return
    before = row.state
    forward(session, row, status, now)
    failed = {DeliveryState.FAILED, DeliveryState.UNDELIVERED}
    if row.state in failed and before not in failed:
        work = Work(session, now, deployment, session.get_one(Network, row.network_id))
        could_not_deliver(work, row, Final(status.error_code))


def forward(session: Session, row: OutboundRow, status: StatusReport, now: datetime) -> None:
    """Move a message's state on, never back; a final state stays."""
    if row.state.terminal and status.state is not DeliveryState.READ:
        return
    if status.state.rank > row.state.rank:
        row.state = status.state
        row.error_code = status.error_code
        if status.state is DeliveryState.DELIVERED:
            row.delivered_at = now
    session.flush()


def release_leases(session: Session, now: datetime) -> int:
    """What a process that died was sending has an unknown outcome: it is looked up before anything is sent.

    Only right where one process does everything, as on SQLite; elsewhere leases run out by themselves.
    """
    result = session.execute(
        update(OutboundRow)
        .where(OutboundRow.state == DeliveryState.SENDING)
        .values(state=DeliveryState.UNKNOWN, leased_until=None, due_at=now + LOOK_UP_AFTER)
    )
    return int(getattr(result, "rowcount", 0))
