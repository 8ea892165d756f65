"""Keeping what came in, once: a text from a channel, or a desk action."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wellbeing_bot.messages import Inbound, InboundKind
from wellbeing_bot.store import AddressRow, InboundRow, Line
from wellbeing_bot.store.quick import Query, given
from wellbeing_bot.store.states import InboundState

_LINE = Query(Line, lambda query: query.where(Line.channel == given("channel"), Line.value == given("value")))
_KNOWN = Query(InboundRow, lambda query: query.where(InboundRow.provider_id == given("provider_id")))
_ADDRESS = Query(
    AddressRow,
    lambda query: query.where(
        AddressRow.network_id == given("network"),
        AddressRow.channel == given("channel"),
        AddressRow.value == given("value"),
    ).with_for_update(),
)


@dataclass(frozen=True)
class Received:
    """What became of an inbound. ``new`` is False when the provider told us of it before."""

    inbound_id: int | None
    new: bool


def record(session: Session, inbound: Inbound) -> Received:
    """Keep one message, once: a repeat of the provider's id changes nothing."""
    line = _LINE.first(session, channel=inbound.sender.channel, value=inbound.line)
    # The address is locked before the message gets its number: one person's numbers are in order.
    address = _address(session, line.network_id, inbound) if line is not None else None
    known = _KNOWN.first(session, provider_id=inbound.provider_id)
    if known is not None:
        return Received(known.id, False)
    row = InboundRow(
        provider_id=inbound.provider_id,
        network_id=line.network_id if line else None,
        address_id=address.id if address else None,
        kind=inbound.kind,
        sender=str(inbound.sender),
        line=inbound.line,
        text=inbound.text,
        media=list(inbound.media),
        carrier_opt_out=inbound.carrier_opt_out,
        payload=dict(inbound.payload),
        received_at=inbound.received_at,
        state=InboundState.RECORDED,
    )
    session.add(row)
    session.flush()
    return Received(row.id, True)


def _address(session: Session, network_id: int, inbound: Inbound) -> AddressRow:
    channel, value = inbound.sender.channel, inbound.sender.value
    found = _ADDRESS.first(session, network=network_id, channel=channel, value=value)
    if found is None:
        found = AddressRow(network_id=network_id, channel=channel, value=value, line=inbound.line)
        session.add(found)
        session.flush()
    return found


def record_desk(
    session: Session, network_id: int, action: str, actor: str, args: dict[str, Any], now: datetime
) -> int:
    """Keep what somebody does at the desk; the key of its row."""
    row = InboundRow(
        provider_id=f"desk:{uuid.uuid4()}",
        network_id=network_id,
        kind=InboundKind.DESK,
        received_at=now,
        payload={"action": action, "actor": actor, "args": args},
    )
    session.add(row)
    session.flush()
    return row.id
