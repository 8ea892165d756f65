"""Taking messages out of the outbox to be sent: who goes first, and what does not go at all.

Urgent help and alerts to the duty rota go first, whatever else waits. Then whoever waits for an answer, with
all that was to be said to them before it. What the service begins takes the room that is left, so that a
thousand reminders never stand in front of an answer. One phone has one message under way at a time, the
oldest; a phone with many takes one place at a time like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar, get_args

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, text, update
from sqlalchemy.orm import Session, aliased

from wellbeing_bot.messages import Address, Button, ChannelName, DeliveryState, Outbound
from wellbeing_bot.service import restoring
from wellbeing_bot.service.sending.caps import Caps, confirms_stop
from wellbeing_bot.service.sending.peace import may_begin
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import AddressRow, Network, OutboundRow, Person, Restoration
from wellbeing_bot.store.states import OutboundKind

LEASE = timedelta(minutes=2)
"""How long a claimed message is left to its sender before its outcome counts as unknown."""

LOOK_UP_AFTER = timedelta(seconds=10)
"""A provider's list may lag behind what it took: a look-up sooner could miss it."""

SOON = timedelta(minutes=15)
"""A message that is tried again within this is waited for by those after it; one put off longer is not."""

UNKNOWN_FOR_GOOD = "unknown_for_good"
"""Nobody can tell whether it arrived. It is shown and not sent again."""

CHANNELS: frozenset[ChannelName] = frozenset(get_args(ChannelName))

FIRST = (OutboundKind.URGENT_HELP, OutboundKind.ALERT)


@dataclass(frozen=True, slots=True)
class Room:
    """How many messages one channel may be given now."""

    any: int
    urgent: int  # urgent help and alerts, which do not wait for a provider to recover


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message this process has to send, and nobody else."""

    outbound: Outbound
    kind: OutboundKind
    since: datetime  # it cannot have left before that
    leased_until: datetime
    look_up_first: bool
    in_any_case: bool = False  # sent even when nobody can tell whether it was before


_Row = TypeVar("_Row", AddressRow, Person)

_Alias = Any  # SQLAlchemy's aliased(OutboundRow), which no type describes


def claim(
    session: Session, now: datetime, rooms: Mapping[ChannelName, Room], deployment: Deployment
) -> list[Claimed]:
    """Take what may leave now, as far as each channel has room.

    What lost its sense meanwhile is dropped here: opted out, expired, over the day's cap. Quiet hours are
    looked at again.
    """
    if session.scalar(select(OutboundRow.id).where(_waits(), _claimable(OutboundRow, now)).limit(1)) is None:
        return []
    _name_channels(session)
    claimed: list[Claimed] = []
    for channel, room in rooms.items():
        claimed += _of_channel(session, now, channel, room, deployment)
    if not claimed and (gone := CHANNELS - rooms.keys()):
        _nowhere_to_go(session, now, gone)
    return claimed


def _name_channels(session: Session) -> None:
    """What an earlier release queued names no channel: that of its address."""
    if session.scalar(select(OutboundRow.id).where(_waits(), OutboundRow.channel == "").limit(1)) is None:
        return
    own = select(AddressRow.channel).where(AddressRow.id == OutboundRow.address_id).scalar_subquery()
    session.execute(
        update(OutboundRow)
        .where(_waits(), OutboundRow.channel == "")
        .values(channel=own)
        .execution_options(synchronize_session=False)
    )


def _of_channel(
    session: Session, now: datetime, channel: ChannelName, room: Room, deployment: Deployment
) -> list[Claimed]:
    taken: list[Claimed] = []
    for lane in (_urgent, _answers, _begun):
        most = room.urgent if lane is _urgent else room.any
        while len(taken) < most and (rows := lane(session, now, channel, most - len(taken))):
            taken += _take(session, rows, now, deployment)  # fewer, where some have lost their sense
    return taken


def _waits(name: str = "outbound") -> ColumnElement[bool]:
    """In words that both databases recognise as those of the partial indexes."""
    return text(f"{name}.state IN ('queued', 'sending', 'unknown')")  # type: ignore[return-value]


def _claimable(row: _Alias, now: datetime) -> ColumnElement[bool]:
    return and_(
        row.due_at <= now,
        or_(
            row.state == DeliveryState.QUEUED,
            and_(row.state == DeliveryState.SENDING, row.leased_until <= now),
            and_(row.state == DeliveryState.UNKNOWN, _not_given_up(row)),
        ),
    )


def _not_given_up(row: _Alias) -> ColumnElement[bool]:
    answer: ColumnElement[bool] = row.error_code.is_distinct_from(UNKNOWN_FOR_GOOD)
    return answer


def _stuck(row: _Alias, now: datetime) -> ColumnElement[bool]:
    """On its way, or soon to be tried again: what comes after it waits, so that order is kept."""
    soon = and_(row.due_at > now, row.due_at <= now + SOON)
    return or_(
        and_(row.state == DeliveryState.SENDING, row.leased_until > now),
        and_(row.state == DeliveryState.QUEUED, row.attempt > 0, soon),
        and_(row.state == DeliveryState.UNKNOWN, soon, _not_given_up(row)),
    )


def _no_earlier(now: datetime, *, claimable: bool) -> ColumnElement[bool]:
    earlier = aliased(OutboundRow, name="earlier")
    blocks = _stuck(earlier, now)
    return ~exists().where(
        earlier.address_id == OutboundRow.address_id,
        earlier.id < OutboundRow.id,
        _waits("earlier"),
        or_(blocks, _claimable(earlier, now)) if claimable else blocks,
    )


def _query(now: datetime, channel: ChannelName, limit: int) -> Select[OutboundRow]:
    return (
        select(OutboundRow)
        .where(_waits(), _claimable(OutboundRow, now), OutboundRow.channel == channel)
        .order_by(OutboundRow.due_at, OutboundRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=OutboundRow)
    )


def _urgent(session: Session, now: datetime, channel: ChannelName, limit: int) -> Sequence[OutboundRow]:
    return session.scalars(_query(now, channel, limit).where(OutboundRow.kind.in_(FIRST))).all()


def _answers(session: Session, now: datetime, channel: ChannelName, limit: int) -> Sequence[OutboundRow]:
    """The oldest message of each phone that waits for an answer."""
    waiting = session.scalars(
        select(OutboundRow.address_id)
        .where(
            _waits(),
            _claimable(OutboundRow, now),
            OutboundRow.kind == OutboundKind.REPLY,
            OutboundRow.channel == channel,
            _no_earlier(now, claimable=False),
        )
        .order_by(OutboundRow.due_at, OutboundRow.id)
        .limit(2 * limit)  # one phone may wait for several
    ).all()
    phones = list(dict.fromkeys(waiting))[:limit]
    if not phones:
        return []
    return session.scalars(
        _query(now, channel, limit).where(
            OutboundRow.address_id.in_(phones), _no_earlier(now, claimable=True)
        )
    ).all()


def _begun(session: Session, now: datetime, channel: ChannelName, limit: int) -> Sequence[OutboundRow]:
    return session.scalars(
        _query(now, channel, limit).where(
            OutboundRow.kind == OutboundKind.BEGUN, _no_earlier(now, claimable=True)
        )
    ).all()


def _take(
    session: Session, rows: Sequence[OutboundRow], now: datetime, deployment: Deployment
) -> list[Claimed]:
    """Lease those that may still leave."""
    taken = []
    restored = restoring.last(session, now)
    addresses = _loaded(session, AddressRow, [row.address_id for row in rows])
    people = _loaded(session, Person, [row.person_id for row in rows if row.person_id])
    for network_id in dict.fromkeys(row.network_id for row in rows):
        own = [row for row in rows if row.network_id == network_id]
        work = Work(session, now, deployment, session.get_one(Network, network_id))
        caps = Caps(work, [row.address_id for row in own])
        for row in own:
            address = addresses[row.address_id]
            person = people.get(row.person_id or 0)
            if _lost_its_sense(row, address, now) or _too_early(work, row, person):
                continue
            if caps.allow(row, address):
                taken.append(_with_care(_lease(row, address, now), row, restored))
        caps.keep()
    session.flush()
    return taken


def _loaded(session: Session, kind: type[_Row], ids: Collection[int]) -> dict[int, _Row]:
    """All of them in one query; as long as they are held here, the session finds each by its key."""
    return {row.id: row for row in session.scalars(select(kind).where(kind.id.in_(set(ids))))}


def _lease(row: OutboundRow, address: AddressRow, now: datetime) -> Claimed:
    unknown = row.state is not DeliveryState.QUEUED
    row.state = DeliveryState.SENDING
    row.attempt += 1
    row.leased_until = now + LEASE
    message = Outbound(
        id=row.id,
        to=Address.parse(str(address)),
        line=row.line or address.line,
        text=row.text,
        buttons=tuple(Button(button["label"], button["value"]) for button in row.buttons),
        attempt=row.attempt,
    )
    urgent = row.kind is OutboundKind.URGENT_HELP
    return Claimed(message, row.kind, row.created_at, row.leased_until, unknown, urgent)


def _with_care(claimed: Claimed, row: OutboundRow, restored: Restoration | None) -> Claimed:
    """Going on from a backup: it may have left before, from the machine that is no more.

    Where nobody can tell, an answer to what has just come in goes out, and anything else does not.
    """
    if restored is None or claimed.look_up_first:
        return claimed
    answers = row.kind is not OutboundKind.BEGUN and row.created_at >= (
        restored.restored_at or row.created_at
    )
    since = min(row.created_at, restored.taken_at)
    return replace(claimed, since=since, look_up_first=True, in_any_case=claimed.in_any_case or answers)


def _lost_its_sense(row: OutboundRow, address: AddressRow, now: datetime) -> bool:
    if row.state is not DeliveryState.QUEUED:
        return False
    if row.expires_at is not None and row.expires_at <= now:
        row.state, row.error_code = DeliveryState.DROPPED, "expired"
        return True
    silent = address.opted_out_at is not None or address.carrier_blocked_at is not None
    answers_stop = row.kind is OutboundKind.URGENT_HELP or confirms_stop(row)
    if (silent and not answers_stop) or address.unreachable_at is not None:
        row.state, row.error_code = DeliveryState.DROPPED, "opted_out" if silent else "unreachable"
        return True
    return False


def _too_early(work: Work, row: OutboundRow, person: Person | None) -> bool:
    """A begun message that was held up into the night, or into hours of peace, waits for their end."""
    if row.kind is not OutboundKind.BEGUN or row.state is not DeliveryState.QUEUED:
        return False
    allowed = may_begin(work.now, work.settings, work.zone, person)
    if allowed > work.now:
        row.due_at = allowed
        return True
    return False


def _nowhere_to_go(session: Session, now: datetime, channels: Collection[ChannelName]) -> None:
    """Messages to a channel that this deployment no longer has."""
    session.execute(
        update(OutboundRow)
        .where(_waits(), _claimable(OutboundRow, now), OutboundRow.channel.in_(channels))
        .values(state=DeliveryState.FAILED, error_code="no_channel")
        .execution_options(synchronize_session=False)
    )


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
