"""What staff do to a task of the worklist: take it, finish it, hand it on, and take any of that back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from wellbeing_bot.service import tasks
from wellbeing_bot.service.desk.base import TASK, Argument, DeskAction, DeskError, find, find_task, optional
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Misunderstood
from wellbeing_bot.store.states import TaskState, Urgency


def acknowledge(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Say that one has a task; an urgent one stops escalating."""
    task = find_task(work, args["task"])
    tasks.acknowledge(work, task, work.actor)
    return {"task": task.id, "state": task.state.value}


def finish_task(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """A task is done."""
    task = find_task(work, args["task"])
    if args.get("note"):
        tasks.note(work, task, work.actor, args["note"])
    tasks.finish(work, task, work.actor)
    return {"task": task.id, "state": task.state.value}


def note_task(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Add a note for colleagues."""
    task = find_task(work, args["task"])
    tasks.note(work, task, work.actor, args["text"])
    return {"task": task.id}


def assign_task(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Give a task to somebody."""
    task = find_task(work, args["task"])
    task.assigned_to = args["to"]
    return {"task": task.id}


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
    "acknowledge": DeskAction("Say that one has a task.", {"task": TASK}, acknowledge),
    "done": DeskAction(
        "A task is done.", {"task": TASK, "note": Argument("text", "a note", needed=False)}, finish_task
    ),
    "note": DeskAction(
        "Add a note to a task.", {"task": TASK, "text": Argument("text", "the note")}, note_task
    ),
    "assign": DeskAction(
        "Give a task to somebody.", {"task": TASK, "to": Argument("text", "a colleague's name")}, assign_task
    ),
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
