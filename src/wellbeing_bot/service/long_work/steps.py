"""How long work goes on: a timer takes one step, and the next is due at once until nothing is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from wellbeing_bot.service.desk.base import Argument, DeskAction, DeskError, find
from wellbeing_bot.service.long_work import exports, imports, messages
from wellbeing_bot.service.tasks import schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import LongWork, Reminder
from wellbeing_bot.store.states import LongWorkState

KEPT_FOR = timedelta(days=1)
"""How long a file that was made, or one that waits, is kept: it holds people's details."""

Step = Callable[[Work, LongWork], bool]
"""Does a part of it. True when all is done."""

STEPS: Mapping[str, Step] = {"import": imports.step, "export": exports.step, "message": messages.step}


def begin(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Go: the first step is due now."""
    row = find(work, LongWork, args["long_work"], "piece of work")
    if row.state is not LongWorkState.WAITING:
        raise DeskError("that has begun already, or was given up")
    row.state, row.begun_at = LongWorkState.RUNNING, work.now
    _next(work, row)
    return {"long_work": row.id}


def give_up(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Stop it. What is done stays done."""
    row = find(work, LongWork, args["long_work"], "piece of work")
    if row.state not in {LongWorkState.WAITING, LongWorkState.RUNNING}:
        raise DeskError("that is over already")
    _end(work, row, LongWorkState.GIVEN_UP)
    return {"long_work": row.id}


def step_due(work: Work, reminder: Reminder) -> datetime | None:
    """One step; then the next."""
    row = work.session.get_one(LongWork, int(reminder.payload["long_work"]))
    if row.state is not LongWorkState.RUNNING:
        return None
    try:
        finished = STEPS[row.kind](work, row)
    except imports.Refused as refused:
        row.said = f"{_so_far(row)}{refused}"
        _end(work, row, LongWorkState.FAILED)
        return None
    if finished:
        _end(work, row, LongWorkState.DONE)
    else:
        _next(work, row)
    return None


def _so_far(row: LongWork) -> str:
    if not row.done:
        return ""
    return (
        f"{row.done} of {row.total} are on record. Put the rest right and import the same file again: "
        "what is on record stays as it is.\n"
    )


def forget_due(work: Work, reminder: Reminder) -> datetime | None:
    """Empty what holds people's details; whatever still waits is given up."""
    row = work.session.get_one(LongWork, int(reminder.payload["long_work"]))
    if row.state is LongWorkState.WAITING:
        row.state = LongWorkState.GIVEN_UP
    row.content = row.result = ""
    return None


def _next(work: Work, row: LongWork) -> None:
    made = schedule(work, "long_work", f"long_work:{row.id}:{row.done}", work.now)
    made.payload = {"long_work": row.id}
    work.session.flush()


def _end(work: Work, row: LongWork, state: LongWorkState) -> None:
    row.state, row.ended_at, row.content = state, work.now, ""
    work.session.flush()


def forget_later(work: Work, row: LongWork) -> None:
    """Have what it holds emptied after a day."""
    made = schedule(work, "long_work_forget", f"long_work_forget:{row.id}", row.made_at + KEPT_FOR)
    made.payload = {"long_work": row.id}


def newest(work: Work, most: int = 50) -> list[LongWork]:
    """The network's long work that was begun, the newest first."""
    return list(
        work.session.scalars(
            select(LongWork)
            .where(LongWork.network_id == work.network.id, LongWork.begun_at.is_not(None))
            .order_by(LongWork.id.desc())
            .limit(most)
        )
    )


KINDS = {"long_work": step_due, "long_work_forget": forget_due}

_WORK = Argument("id", "the number of the piece of long work")

ACTIONS: Mapping[str, DeskAction] = {
    "begin_long_work": DeskAction(
        "Begin an import, an export or a message to many.", {"long_work": _WORK}, begin
    ),
    "give_up_long_work": DeskAction("Stop a piece of long work.", {"long_work": _WORK}, give_up),
}
