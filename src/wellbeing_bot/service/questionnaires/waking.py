"""One reminder for one thing that is looked at again and again, moved along instead of piling up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from wellbeing_bot.service.tasks import schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Reminder
from wellbeing_bot.store.states import ReminderState

_LATER = timedelta(microseconds=1)


def wake_at(work: Work, kind: str, occurrence: str, moment: datetime, **about: int) -> Reminder:
    """Look at something at this moment instead of any other that was set for it.

    A reminder is handed over under its due time, which must therefore never come twice.
    """
    reminder = work.session.scalar(select(Reminder).where(Reminder.occurrence == occurrence))
    if reminder is None:
        return schedule(work, kind, occurrence, moment, **dict[str, Any](about))
    reminder.due_at = max(moment, reminder.due_at + _LATER)
    reminder.state = ReminderState.DUE
    work.session.flush()
    return reminder
