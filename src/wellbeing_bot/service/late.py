"""A text that reaches us long after it was written: what happened in between counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Agreement, ConversationRow, InboundRow

LATE = timedelta(minutes=2)
"""Webhooks come within seconds, also when the provider tries a second time."""

NOT_AT_NIGHT = timedelta(hours=1)
"""Somebody who wrote so long ago does not sit there waiting: their answer keeps the quiet hours."""


def is_late(inbound: InboundRow, now: datetime, by: timedelta = LATE) -> bool:
    """Whether a text was written long before its turn."""
    return now - inbound.received_at > by


def asked_by_then(work: Work, inbound: InboundRow, rows: Sequence[ConversationRow]) -> list[ConversationRow]:
    """The conversations whose question had been asked when the text was written: no other was answered."""
    if not is_late(inbound, work.now):
        return list(rows)
    by_then = inbound.received_at + LATE
    return [row for row in rows if row.asked_at is None or row.asked_at <= by_then]


def stopped_since(work: Work, address: AddressRow) -> bool:
    """Whether this START was written before the STOP we know of: then the STOP stands."""
    silent = address.opted_out_at or address.carrier_blocked_at
    return work.inbound is not None and silent is not None and silent > work.inbound.received_at


def started_since(work: Work, address: AddressRow) -> bool:
    """Whether this STOP was written before the START we know of: then the START stands."""
    if work.inbound is None or not is_late(work.inbound, work.now):
        return False
    started = select(Agreement.id).where(
        Agreement.address_id == address.id,
        Agreement.wording == "start",
        Agreement.at > work.inbound.received_at,
    )
    return work.session.scalar(started.limit(1)) is not None
