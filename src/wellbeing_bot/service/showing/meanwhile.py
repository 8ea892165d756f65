"""What went out between two looks, and how to tell that anything changed at all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.store import AddressRow, InboundRow, OutboundRow, Person, Place, Reminder, Session_, Task
from wellbeing_bot.store.states import InboundState, ReminderState

WAITING = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNKNOWN)


@dataclass(frozen=True)
class Mark:
    """A look: the newest message out, and those that had not left."""

    newest: int
    waiting: frozenset[int]


@dataclass(frozen=True)
class Meanwhile:
    """Ids of the messages that left (or failed) since a mark, and of new ones that wait for their hour."""

    gone: tuple[int, ...]
    waiting: tuple[int, ...]


def mark(session: Session) -> Mark:
    """Look now."""
    newest = session.scalar(select(func.max(OutboundRow.id))) or 0
    waiting = session.scalars(select(OutboundRow.id).where(OutboundRow.state.in_(WAITING)))
    return Mark(newest, frozenset(waiting))


def since(session: Session, before: Mark) -> Meanwhile:
    """What happened to messages out since."""
    found = session.execute(
        select(OutboundRow.id, OutboundRow.state)
        .where((OutboundRow.id > before.newest) | OutboundRow.id.in_(before.waiting))
        .order_by(OutboundRow.id)
    ).all()
    gone = tuple(key for key, state in found if state not in WAITING)
    waiting = tuple(key for key, state in found if state in WAITING and key > before.newest)
    return Meanwhile(gone, waiting)


def version(session: Session, *more: str) -> str:
    """A word that is another as soon as something to be seen has changed."""
    parts: list[Sequence[object]] = [more]
    for column in (OutboundRow.state, Task.state, Reminder.state, Place.state, InboundRow.state):
        table = column.class_
        counted = select(column, func.count(), func.max(table.id)).group_by(column).order_by(column)
        parts += [tuple(row) for row in session.execute(counted)]
    for table in (Person, AddressRow, Session_):
        parts.append(
            tuple(session.execute(select(func.count(), func.max(table.id)).select_from(table)).one())
        )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def next_unknown(session: Session) -> datetime | None:
    """When the outcome of a message is to be asked for again, the soonest."""
    return session.scalar(
        select(func.min(OutboundRow.due_at)).where(
            OutboundRow.state == DeliveryState.UNKNOWN,
            OutboundRow.error_code.is_distinct_from("unknown_for_good"),
        )
    )


def is_at_rest(session: Session, now: datetime) -> bool:
    """Whether nothing is left to do at this moment: no reminder due, no text untaken, no message to send."""
    due = (
        select(Reminder.id).where(Reminder.state == ReminderState.DUE, Reminder.due_at <= now),
        select(InboundRow.id).where(InboundRow.state == InboundState.RECORDED),
        select(OutboundRow.id).where(OutboundRow.state.in_(WAITING), OutboundRow.due_at <= now),
    )
    return all(session.scalar(query.limit(1)) is None for query in due)


def has_real_messages(session: Session) -> bool:
    """Whether a provider ever carried a message of this database: then it is no demo's."""
    for column in (InboundRow.provider_id, OutboundRow.provider_id):
        for provider in ("twilio:%", "telegram:%"):
            if session.scalar(select(column).where(column.like(provider)).limit(1)) is not None:
                return True
    return False
