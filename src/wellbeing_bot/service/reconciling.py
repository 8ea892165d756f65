"""Fetching texts that came in while we were down, or that the provider could not bring us.

Each channel is asked from where it was last asked to. Whatever is on record already is passed over by its
provider's id; the rest takes the road in the order in which it was sent.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.channels.base import Channel, SendError
from wellbeing_bot.messages import ChannelName, Inbound
from wellbeing_bot.service import restoring
from wellbeing_bot.service.recording import record
from wellbeing_bot.service.road import Road
from wellbeing_bot.store import InboundRow, Line, Reconciled

log = logging.getLogger(__name__)

AT_FIRST = timedelta(hours=6)
"""How far back the first look goes. What came before the service began was never meant for it."""

OVERLAP = timedelta(minutes=10)
"""A provider's list lags, and its clock is not ours: the last minutes are asked for again."""

FURTHEST = timedelta(days=14)
"""An answer to anything older is worse than none."""

AT_ONCE = 500


async def reconcile(road: Road, channels: Mapping[ChannelName, Channel], now: datetime) -> int:
    """Take in what is missing. Returns how many texts that were."""
    missing = 0
    for name, channel in channels.items():
        since, lines = await road.database.arun(lambda session, name=name: _what_to_ask(session, name, now))  # type: ignore[misc]
        if not lines:
            continue
        try:
            listed = await channel.recent_inbound(since, lines)
        except SendError as error:
            log.warning("texts that may be missing could not be asked for", extra={"error": str(error)})
            continue
        for inbound in await road.database.arun(
            lambda session, listed=listed: _not_on_record(session, listed)  # type: ignore[misc]
        ):
            missing += await _take_in(road, inbound, now)
        await road.database.arun(lambda session, name=name: _looked(session, name, now))  # type: ignore[misc]
    if missing:
        log.info("texts that were missing have been taken in", extra={"count": missing})
    return missing


async def _take_in(road: Road, inbound: Inbound, now: datetime) -> bool:
    """One text. Its turn happens now, whenever it was written; if that fails it is tried again."""
    received = await road.database.arun(lambda session: record(session, inbound))
    if received.new and received.inbound_id is not None:
        await asyncio.to_thread(road.take_turn, received.inbound_id, now)
    return received.new


def _what_to_ask(session: Session, channel: ChannelName, now: datetime) -> tuple[datetime, list[str]]:
    """From when on, and about which numbers of ours: a provider's account may have others."""
    mark = session.get(Reconciled, channel)
    since = max(mark.until - OVERLAP, now - FURTHEST) if mark else now - AT_FIRST
    restored = restoring.last(session, now)
    if restored is not None:
        since = min(since, restored.taken_at)
    lines = session.scalars(select(Line.value).where(Line.channel == channel).order_by(Line.id))
    return since, list(lines)


def _looked(session: Session, channel: ChannelName, now: datetime) -> None:
    mark = session.get(Reconciled, channel)
    if mark is None:
        session.add(Reconciled(channel=channel, until=now))
    else:
        mark.until = max(mark.until, now)


def _not_on_record(session: Session, listed: Sequence[Inbound]) -> list[Inbound]:
    """Those that never reached us."""
    known: set[str] = set()
    for start in range(0, len(listed), AT_ONCE):
        ids = [inbound.provider_id for inbound in listed[start : start + AT_ONCE]]
        known.update(session.scalars(select(InboundRow.provider_id).where(InboundRow.provider_id.in_(ids))))
    return [inbound for inbound in listed if inbound.provider_id not in known]
