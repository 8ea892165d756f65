"""What the worklist shows: open tasks of a network, urgent first, then by when they are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Case, Select, case, func, or_, select, text
from sqlalchemy.orm import Session

from wellbeing_bot.service.people import OPEN_REFERRAL
from wellbeing_bot.store import AddressRow, InboundRow, Person, Referral, Session_, Task, TaskNote
from wellbeing_bot.store.states import TaskState, Urgency

Row = TypeVar("Row", Person, AddressRow, Session_)

AT_ONCE = 100
LATELY = timedelta(days=7)

OPEN = text("task.state != 'done'")
"""Written out, not bound: only so does SQLite see that the index of open tasks answers it."""


@dataclass(frozen=True)
class Item:
    """One task, with whoever it is about."""

    task: Task
    person: Person | None
    address: AddressRow | None
    session: Session_ | None

    def late(self, now: datetime) -> bool:
        """Whether it should have been done by now."""
        return (
            self.task.state is not TaskState.DONE and self.task.due_at is not None and self.task.due_at < now
        )


@dataclass(frozen=True)
class Filters:
    """Which tasks. Empty takes all."""

    kind: str = ""
    whose: str = ""  # "mine", "caseload", "nobody", or empty
    me: str = ""
    my_person: int | None = None  # whoever is signed in, as the link worker of a caseload
    done: bool = False  # those done lately instead of the open ones
    page: int = 1


@dataclass(frozen=True)
class Open:
    """How many urgent tasks are open, and how many of them nobody has acknowledged."""

    urgent: int
    unseen: int


def urgent_open(session: Session, network_id: int, *, service: bool = False) -> Open:
    """For the banner on every page; with ``service``, tasks of no network are counted too."""
    ours = Task.network_id == network_id
    found: Sequence[tuple[TaskState, int]] = [
        (state, count)
        for state, count in session.execute(
            select(Task.state, func.count())
            .where(
                or_(ours, Task.network_id.is_(None)) if service else ours,
                Task.urgency == Urgency.URGENT,
                OPEN,
            )
            .group_by(Task.state)
        )
    ]
    return Open(
        sum(count for _, count in found), sum(count for state, count in found if state is TaskState.RAISED)
    )


def items(session: Session, network_id: int, filters: Filters, now: datetime) -> tuple[list[Item], bool]:
    """A page of tasks, and whether there is another: urgent first then due; done ones the newest first."""
    query = _query(network_id, filters, now).offset((filters.page - 1) * AT_ONCE).limit(AT_ONCE + 1)
    found = _items(session, query)
    return found[:AT_ONCE], len(found) > AT_ONCE


def of_the_service(session: Session) -> list[Item]:
    """Open tasks that belong to no network: for whoever runs the service. They are about nobody."""
    query = (
        select(Task)
        .where(Task.network_id.is_(None), OPEN)
        .order_by(_urgency(), Task.due_at.asc().nulls_last(), Task.id)
        .limit(AT_ONCE)
    )
    return [Item(task, None, None, None) for task in session.scalars(query)]


def of_person(session: Session, person_id: int) -> list[Item]:
    """The open tasks about somebody."""
    query = (
        select(Task)
        .where(Task.person_id == person_id, OPEN)
        .order_by(_urgency(), Task.due_at.asc().nulls_last(), Task.id)
    )
    return _items(session, query)


def _query(network_id: int, filters: Filters, now: datetime) -> Select[Task]:
    query = select(Task).where(Task.network_id == network_id)
    if filters.done:
        query = query.where(Task.state == TaskState.DONE, Task.done_at >= now - LATELY)
        query = query.order_by(Task.done_at.desc(), Task.id.desc())
    else:
        query = query.where(OPEN)
        query = query.order_by(_urgency(), Task.due_at.asc().nulls_last(), Task.id)
    if filters.kind:
        query = query.where(Task.kind == filters.kind)
    if filters.whose == "mine":
        query = query.where(Task.assigned_to == filters.me)
    elif filters.whose == "caseload":
        query = query.where(Task.person_id.in_(_caseload(network_id, filters.my_person)))
    elif filters.whose == "nobody":
        query = query.where(Task.assigned_to == "", Task.state == TaskState.RAISED)
    return query


def _caseload(network_id: int, link_worker: int | None) -> Select[int]:
    return select(Referral.person_id).where(
        Referral.network_id == network_id,
        Referral.state.in_(OPEN_REFERRAL),
        Referral.link_worker_id == link_worker,
    )


def _urgency() -> Case[int]:
    return case({Urgency.URGENT.value: 0, Urgency.SOON.value: 1}, value=Task.urgency, else_=2)


def _items(session: Session, query: Select[Task]) -> list[Item]:
    tasks = list(session.scalars(query))
    people = _by_id(session, Person, [task.person_id for task in tasks])
    addresses = _by_id(session, AddressRow, [task.address_id for task in tasks])
    sessions = _by_id(session, Session_, [task.session_id for task in tasks])
    return [
        Item(
            task,
            people.get(task.person_id or 0),
            addresses.get(task.address_id or 0),
            sessions.get(task.session_id or 0),
        )
        for task in tasks
    ]


def _by_id(session: Session, kind: type[Row], ids: Sequence[int | None]) -> dict[int, Row]:
    wanted = {key for key in ids if key is not None}
    if not wanted:
        return {}
    return {row.id: row for row in session.scalars(select(kind).where(kind.id.in_(wanted)))}


def item(session: Session, task: Task) -> Item:
    """One task, whatever its state."""
    return _items(session, select(Task).where(Task.id == task.id))[0]


def kinds(session: Session, network_id: int) -> list[tuple[str, int]]:
    """Which kinds are open and how many of each."""
    found = session.execute(
        select(Task.kind, func.count())
        .where(Task.network_id == network_id, OPEN)
        .group_by(Task.kind)
        .order_by(Task.kind)
    )
    return [(kind, count) for kind, count in found]


@dataclass(frozen=True)
class Joined:
    """What was added to a task: a colleague's note, or a text that came in while it was open."""

    by: str
    text: str
    media: tuple[str, ...]
    at: datetime
    from_person: bool


def notes(session: Session, task_id: int) -> list[Joined]:
    """What was added to a task, oldest first."""
    found = session.execute(
        select(TaskNote, InboundRow)
        .outerjoin(InboundRow, InboundRow.id == TaskNote.inbound_id)
        .where(TaskNote.task_id == task_id)
        .order_by(TaskNote.id)
    )
    return [
        Joined(
            by=note.by,
            text=inbound.text if inbound is not None else note.text,
            media=tuple(inbound.media) if inbound is not None else (),
            at=note.at,
            from_person=inbound is not None,
        )
        for note, inbound in found
    ]
