"""One reminder for one thing that is looked at again and again, moved along instead of piling up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from wellbeing_bot.service.tasks import schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Reminder
from wellbeing_bot.store.states import ReminderState

_NOT_AGAIN = timedelta(microseconds=1)


def wake_at(work: Work, kind: str, occurrence: str, moment: datetime, **about: int) -> Reminder:
    """Look at something at this moment instead of any other that was set for it.

    A reminder is handed over under its due time, which must never come twice: so it is always to come.
    """
    moment = max(moment, work.now + _NOT_AGAIN)
    reminder = work.session.scalar(select(Reminder).where(Reminder.occurrence == occurrence))
    if reminder is None:
        return schedule(work, kind, occurrence, moment, **dict[str, Any](about))
    reminder.due_at = moment
    reminder.state = ReminderState.DUE
    work.session.flush()
    return reminder
