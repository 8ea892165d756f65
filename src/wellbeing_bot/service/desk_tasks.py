"""Taking back what was done to a task."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from wellbeing_bot.service import tasks
from wellbeing_bot.service.desk_base import TASK, Argument, DeskAction, DeskError, find, find_task, optional
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Misunderstood
from wellbeing_bot.store.states import TaskState, Urgency


def reopen(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """It is not done after all; whoever had it has it again."""
    task = find_task(work, args["task"])
    if task.state is TaskState.DONE:
        task.state = TaskState.ACKNOWLEDGED
        task.done_at = None
        task.done_by = ""
        tasks.note(work, task, work.actor, "Opened again.")
    return {"task": task.id, "state": task.state.value}


def put_back(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Nobody has it any more; an urgent one begins to escalate again."""
    task = find_task(work, args["task"])
    if task.state is TaskState.ACKNOWLEDGED:
        task.state = TaskState.RAISED
        task.acknowledged_at = None
        task.acknowledged_by = ""
        work.session.flush()
        if task.urgency is Urgency.URGENT:
            soon = work.now + timedelta(minutes=work.settings.urgent_acknowledge_minutes)
            tasks.schedule(
                work, "escalate", f"escalate:{task.id}:put_back:{work.now.isoformat()}", soon, task_id=task.id
            )
    return {"task": task.id, "state": task.state.value}


def learned(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """A text that was not understood has been dealt with: what it should have meant, and an example."""
    row = find(work, Misunderstood, args["misunderstood"], "text")
    example = " ".join((args.get("example") or "").split())[:200]
    if example and not args.get("meant"):
        raise DeskError("say what it should have meant")
    row.meant, row.example = (args.get("meant") or "")[:60], example
    row.done_at = work.now
    row.done_by = work.actor
    return {"misunderstood": row.id}


ACTIONS: Mapping[str, DeskAction] = {
    "reopen_task": DeskAction("A task is not done after all.", {"task": TASK}, reopen),
    "learned": DeskAction(
        "A text that was not understood has been dealt with.",
        {
            "misunderstood": Argument("id", "its number on the list"),
            "meant": optional("text", "what it should have meant: an intent or an answer"),
            "example": optional("text", "an example of it, retyped in other words"),
        },
        learned,
    ),
    "put_back": DeskAction("Let go of a task one had.", {"task": TASK}, put_back),
}
