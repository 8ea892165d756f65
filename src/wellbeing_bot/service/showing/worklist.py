"""What a human must do, what is due, and what has not got there."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service.showing.threads import message_out, person_of, session_of
from wellbeing_bot.service.showing.values import Record, local, zone_of
from wellbeing_bot.store import AddressRow, InboundRow, OutboundRow, Reminder, Task, TaskNote
from wellbeing_bot.store.states import ReminderState, TaskState, Urgency

OPEN = (TaskState.RAISED, TaskState.ACKNOWLEDGED)
NOT_THERE = (
    DeliveryState.QUEUED,
    DeliveryState.SENDING,
    DeliveryState.UNKNOWN,
    DeliveryState.UNDELIVERED,
    DeliveryState.FAILED,
    DeliveryState.DROPPED,
)


def tasks(session: Session, states: Sequence[TaskState] | None = OPEN) -> list[Record]:
    """Tasks in these states (None for all): urgent first, then by when they are due."""
    urgency = case({Urgency.URGENT.value: 0, Urgency.SOON.value: 1}, value=Task.urgency, else_=2)
    query = select(Task).order_by(urgency, Task.due_at.asc().nulls_last(), Task.id)
    if states is not None:
        query = query.where(Task.state.in_(states))
    return [task(session, row) for row in session.scalars(query)]


def task(session: Session, row: Task) -> Record:
    """One task with its notes and the texts that joined it."""
    zone = zone_of(session, row.network_id)
    address = session.get(AddressRow, row.address_id) if row.address_id else None
    return {
        "id": row.id,
        "kind": row.kind,
        "urgency": row.urgency.value,
        "state": row.state.value,
        "summary": row.summary,
        "person": person_of(session, row.person_id),
        "address": str(address) if address else None,
        "session": session_of(session, row.session_id),
        "place": row.place_id,
        "meeting": row.meeting_id,
        "ride": row.ride_id,
        "asking": row.asking_id,
        "assigned_to": row.assigned_to or None,
        "raised_at": local(row.raised_at, zone),
        "due_at": local(row.due_at, zone),
        "acknowledged_at": local(row.acknowledged_at, zone),
        "acknowledged_by": row.acknowledged_by or None,
        "done_at": local(row.done_at, zone),
        "done_by": row.done_by or None,
        "escalation": row.escalation,
        "notes": _notes(session, row),
    }


def _notes(session: Session, row: Task) -> list[Record]:
    zone = zone_of(session, row.network_id)
    found = session.execute(
        select(TaskNote, InboundRow)
        .outerjoin(InboundRow, InboundRow.id == TaskNote.inbound_id)
        .where(TaskNote.task_id == row.id)
        .order_by(TaskNote.id)
    )
    return [
        {
            "by": note.by or ("the person" if inbound is not None else None),
            "text": inbound.text if inbound is not None else note.text,
            "message": f"in-{inbound.id}" if inbound is not None else None,
            "at": local(note.at, zone),
        }
        for note, inbound in found
    ]


def outbox(session: Session) -> list[Record]:
    """Messages that have not got there: waiting, of unknown outcome, failed or dropped."""
    rows = session.scalars(
        select(OutboundRow).where(OutboundRow.state.in_(NOT_THERE)).order_by(OutboundRow.id)
    )
    return [message_out(session, row) for row in rows]


def reminders(session: Session, states: Sequence[ReminderState] | None) -> list[Record]:
    """What is due and when, soonest first; None for reminders in every state."""
    query = select(Reminder).order_by(Reminder.due_at, Reminder.id)
    if states is not None:
        query = query.where(Reminder.state.in_(states))
    return [_reminder(session, row) for row in session.scalars(query)]


def _reminder(session: Session, row: Reminder) -> Record:
    zone = zone_of(session, row.network_id)
    return {
        "id": row.id,
        "kind": row.kind,
        "state": row.state.value,
        "person": person_of(session, row.person_id),
        "session": session_of(session, row.session_id),
        "place": row.place_id,
        "meeting": row.meeting_id,
        "ride": row.ride_id,
        "task": row.task_id,
        "due_at": local(row.due_at, zone),
        "expires_at": local(row.expires_at, zone),
    }
