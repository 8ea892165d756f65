"""The worklist: raising, joining texts to, acknowledging and finishing what a human must do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, Person, Reminder, Task, TaskNote
from wellbeing_bot.store.quick import Query, given
from wellbeing_bot.store.states import ReminderState, TaskState, Urgency

_REMINDER = Query(Reminder, lambda query: query.where(Reminder.occurrence == given("occurrence")))
_OF_CONVERSATION = Query(
    Reminder,
    lambda query: query.where(
        Reminder.occurrence == given("occurrence"), Reminder.conversation_id == given("conversation")
    ),
    of=("conversation", ConversationRow),
)
_TASK = Query(Task, lambda query: query.where(Task.occurrence == given("occurrence")))


def raise_task(
    work: Work,
    kind: str,
    *,
    urgency: Urgency = Urgency.ROUTINE,
    summary: str = "",
    occurrence: str | None = None,
    person: Person | None = None,
    address: AddressRow | None = None,
    session_id: int | None = None,
    place_id: int | None = None,
    meeting_id: int | None = None,
    ride_id: int | None = None,
    asking_id: int | None = None,
    due_at: datetime | None = None,
    assigned_to: str = "",
    inbound: InboundRow | None = None,
) -> Task:
    """Put something on the worklist. With ``occurrence``, raising the same thing again changes nothing.

    The text that it is about, ``inbound``, is added to the task also when it had been raised before.
    """
    known = _TASK.first(work.session, occurrence=occurrence) if occurrence is not None else None
    if known is not None:
        if inbound is not None:
            join(work, known, inbound)
        return known
    task = Task(
        network_id=work.network.id,
        kind=kind,
        urgency=urgency,
        summary=summary,
        occurrence=occurrence,
        person_id=person.id if person else None,
        address_id=address.id if address else None,
        session_id=session_id,
        place_id=place_id,
        meeting_id=meeting_id,
        ride_id=ride_id,
        asking_id=asking_id,
        raised_at=work.now,
        due_at=due_at,
        assigned_to=assigned_to,
    )
    work.session.add(task)
    work.session.flush()
    if inbound is not None:
        join(work, task, inbound)
    return task


def open_task(
    work: Work, kind: str, *, person: Person | None = None, address: AddressRow | None = None
) -> Task | None:
    """The newest open task of a kind about a person or an address."""
    query = select(Task).where(
        Task.kind == kind, Task.state != TaskState.DONE, Task.network_id == work.network.id
    )
    if person is not None:
        query = query.where(Task.person_id == person.id)
    if address is not None:
        query = query.where(Task.address_id == address.id)
    return work.session.scalar(query.order_by(Task.id.desc()).limit(1))


def join(work: Work, task: Task, inbound: InboundRow) -> None:
    """Add a text to a task. The text itself stays in one place, the thread."""
    work.session.add(TaskNote(task_id=task.id, inbound_id=inbound.id, at=work.now))
    work.session.flush()


def note(work: Work, task: Task, by: str, text: str) -> None:
    """Add a colleague's note."""
    work.session.add(TaskNote(task_id=task.id, by=by, text=text, at=work.now))
    work.session.flush()


def acknowledge(work: Work, task: Task, by: str) -> None:
    """Somebody has seen it; an urgent one stops escalating."""
    if task.state is TaskState.RAISED:
        task.state = TaskState.ACKNOWLEDGED
        task.acknowledged_at = work.now
        task.acknowledged_by = by
    work.session.flush()


def finish(work: Work, task: Task, by: str) -> None:
    """It is done, and needs no acknowledging any more."""
    acknowledge(work, task, by)
    if task.state is not TaskState.DONE:
        task.state = TaskState.DONE
        task.done_at = work.now
        task.done_by = by
    work.session.flush()


def finish_occurrence(work: Work, occurrence: str, by: str) -> None:
    """Finish the task of an occurrence, if it is open: what it asked for has happened by itself."""
    task = work.session.scalar(
        select(Task).where(Task.occurrence == occurrence, Task.state != TaskState.DONE)
    )
    if task is not None:
        finish(work, task, by)


def due_in(work: Work, hours: float) -> datetime:
    """A due time that many hours from now."""
    return work.now + timedelta(hours=hours)


def schedule(
    work: Work,
    kind: str,
    occurrence: str,
    due_at: datetime,
    *,
    expires_at: datetime | None = None,
    payload: Mapping[str, Any] | None = None,
    **subject: int | None,
) -> Reminder:
    """Say that something is due. The same occurrence twice is one reminder.

    One that was withdrawn is due again: somebody gave up a place and has taken it again.

    ``subject`` holds ids: person_id, address_id, session_id, place_id, meeting_id, ride_id,
    conversation_id, task_id.
    """
    conversation = subject.get("conversation_id")
    if conversation is None:
        known = _REMINDER.first(work.session, occurrence=occurrence)
    else:
        known = _OF_CONVERSATION.first(work.session, occurrence=occurrence, conversation=conversation)
    if known is not None:
        if known.state is ReminderState.WITHDRAWN:
            known.state, known.due_at, known.expires_at = ReminderState.DUE, due_at, expires_at
            if payload is not None:
                known.payload = dict(payload)
        return known
    reminder = Reminder(
        network_id=work.network.id,
        kind=kind,
        occurrence=occurrence,
        due_at=due_at,
        expires_at=expires_at,
        payload=dict(payload or {}),
        **subject,
    )
    work.session.add(reminder)
    work.session.flush()
    return reminder
