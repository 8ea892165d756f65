"""The worklist: reading it, taking a task, finishing one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from sqlalchemy import select

from wellbeing_bot.service.accounts.tokens import Scope
from wellbeing_bot.store import Task
from wellbeing_bot.store.states import TaskState
from wellbeing_bot.web.api import models
from wellbeing_bot.web.api.guard import LARGEST_ID, After, Caller, Page, caller, missing

ROUTER = APIRouter(tags=["tasks"])

Reader = Annotated[Caller, Depends(caller(Scope.TASKS))]
Writer = Annotated[Caller, Depends(caller(Scope.TASKS_WRITE))]
Number = Annotated[int, Path(ge=1, lt=LARGEST_ID)]


@ROUTER.get("/tasks")
def list_tasks(
    who: Reader, state: TaskState | None = None, limit: Page = 50, after: After = 0
) -> models.Tasks:
    """Tasks by number: all, or those in one state."""
    query = select(Task).where(Task.network_id == who.network.id, Task.id > after)
    if state is not None:
        query = query.where(Task.state == state)
    found = list(who.session.scalars(query.order_by(Task.id).limit(limit + 1)))
    shown = found[:limit]
    who.looked("api_tasks", [row.person_id for row in shown if row.person_id is not None])
    return models.Tasks(rows=[_task(row) for row in shown], next=shown[-1].id if len(found) > limit else None)


@ROUTER.post("/tasks/{task}/acknowledge")
def acknowledge(who: Writer, task: Number) -> models.Task:
    """Say that somebody has it; an urgent one stops escalating."""
    return _change(who, task, "acknowledge")


@ROUTER.post("/tasks/{task}/done")
def done(who: Writer, task: Number) -> models.Task:
    """It is done."""
    return _change(who, task, "done")


def _change(who: Caller, key: int, action: str) -> models.Task:
    row = who.session.get(Task, key)
    if row is None or row.network_id != who.network.id:
        raise missing("task")
    app = who.door.app
    app.road.perform(who.network.id, action, who.name, {"task": key}, app.clock.now())
    who.session.rollback()  # the reading transaction would go on seeing the task as it was
    return _task(who.session.get_one(Task, key))


def _task(row: Task) -> models.Task:
    return models.Task(
        id=row.id,
        kind=row.kind,
        urgency=row.urgency.value,
        state=row.state.value,
        person_id=row.person_id,
        session_id=row.session_id,
        assigned_to=row.assigned_to,
        raised_at=row.raised_at,
        due_at=row.due_at,
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=row.acknowledged_by,
        done_at=row.done_at,
        done_by=row.done_by,
    )
