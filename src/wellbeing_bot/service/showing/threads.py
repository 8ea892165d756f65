"""Messages of an address, both ways, in the order the person at it saw them.

A message in and a message out have ids of their own, and with a clock that stands still many share one
moment. What orders them then is what each message out came of: a text, a time-out or a desk action, all of
which are numbered in the order they were dealt with.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.messages import DeliveryState, InboundKind
from wellbeing_bot.service.showing.values import Record, local, utc, zone_of
from wellbeing_bot.store import AddressRow, InboundRow, OutboundRow, Person, Session_
from wellbeing_bot.store.states import OutboundKind

FROM_PEOPLE = (
    InboundKind.TEXT,
    InboundKind.MEDIA,
    InboundKind.BUTTON,
    InboundKind.BLOCKED,
    InboundKind.OPT_OUT,
)
"""What a person did at their phone; timers and the desk are not on a thread."""

REMINDERS = ("day_before", "morning", "evening", "expect_you", "reminder", "nudge")
"""Parts of the words' keys by which a message counts as a reminder."""


def messages(session: Session, addresses: Sequence[AddressRow]) -> list[Record]:
    """Everything that went to and came from these addresses, oldest first."""
    ids = [address.id for address in addresses]
    texts = session.scalars(
        select(InboundRow)
        .where(InboundRow.address_id.in_(ids), InboundRow.kind.in_(FROM_PEOPLE))
        .order_by(InboundRow.id)
    ).all()
    sent = session.scalars(
        select(OutboundRow).where(OutboundRow.address_id.in_(ids)).order_by(OutboundRow.id)
    ).all()
    keyed = [((row.received_at, row.id, 0, 0), message_in(session, row)) for row in texts]
    keyed += [((moment_of(row), row.inbound_id or 0, 1, row.id), message_out(session, row)) for row in sent]
    return [message for _, message in sorted(keyed, key=lambda pair: pair[0])]


def outbound(session: Session, ids: Iterable[int]) -> list[Record]:
    """These messages out, in the order they were written."""
    rows = session.scalars(select(OutboundRow).where(OutboundRow.id.in_(list(ids))).order_by(OutboundRow.id))
    return [message_out(session, row) for row in rows]


def moment_of(row: OutboundRow) -> datetime:
    """When a message out left, or is to leave."""
    return row.sent_at or max(row.due_at, row.created_at)


def message_in(session: Session, row: InboundRow) -> Record:
    """One message from a person."""
    address = session.get(AddressRow, row.address_id) if row.address_id else None
    zone = zone_of(session, row.network_id)
    return {
        "id": f"in-{row.id}",
        "direction": "in",
        "address": str(address) if address else row.sender,
        "channel": address.channel if address else row.sender.partition(":")[0],
        "line": row.line,
        "person": person_of(session, row.person_id),
        "text": row.text,
        "media": list(row.media),
        "kind": row.kind.value,
        "at": utc(row.received_at),
        "at_local": local(row.received_at, zone),
        "state": row.state.value,
        "understood": row.understood,
    }


def message_out(session: Session, row: OutboundRow) -> Record:
    """One message to a person."""
    address = session.get_one(AddressRow, row.address_id)
    zone = zone_of(session, row.network_id)
    left = moment_of(row)
    return {
        "id": f"out-{row.id}",
        "direction": "out",
        "address": str(address),
        "channel": address.channel,
        "line": row.line,
        "person": person_of(session, row.person_id),
        "text": row.text,
        "buttons": [{"label": button["label"], "value": button["value"]} for button in row.buttons],
        "kind": kind_of(row),
        "sent_as": row.kind.value,
        "words": row.key,
        "came_of": f"in-{row.inbound_id}" if row.inbound_id else None,
        "session": session_of(session, row.session_id),
        "by": row.by_user or None,
        "at": utc(left),
        "at_local": local(left, zone),
        "written_at": utc(row.created_at),
        "due_at": utc(row.due_at),
        "state": row.state.value,
        "why_not": row.error_code if row.state in _NOT_GONE else None,
        "parts": row.parts,
    }


_NOT_GONE = {
    DeliveryState.QUEUED,
    DeliveryState.UNKNOWN,
    DeliveryState.UNDELIVERED,
    DeliveryState.FAILED,
    DeliveryState.DROPPED,
}


def kind_of(row: OutboundRow) -> str:
    """What a message is to the person who gets it."""
    if row.by_user:
        return "staff"
    if row.kind in {OutboundKind.ALERT, OutboundKind.URGENT_HELP}:
        return row.kind.value
    if any(part in row.key for part in REMINDERS):
        return "reminder"
    return "reply" if row.kind is OutboundKind.REPLY else "begun"


def person_of(session: Session, person_id: int | None) -> Record | None:
    """Who a row is about, shortly."""
    person = session.get(Person, person_id) if person_id is not None else None
    return None if person is None else {"id": person.id, "key": person.key, "name": person.full_name}


def session_of(session: Session, session_id: int | None) -> Record | None:
    """Which session a row is about, shortly."""
    row = session.get(Session_, session_id) if session_id is not None else None
    if row is None:
        return None
    zone = zone_of(session, row.network_id)
    return {
        "id": row.id,
        "group": row.group.key,
        "group_name": row.group.name,
        "starts": local(row.starts_at, zone),
    }
