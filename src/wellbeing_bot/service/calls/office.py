"""When somebody is at the desk to ring people, and the task that says there are calls to make."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from wellbeing_bot.service.tasks import raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.working_days import bank_holidays
from wellbeing_bot.store.states import Urgency

TASK = "calls_to_make"
BEFORE_OPENING = timedelta(minutes=30)
"""The list of the day is ready so long before the office opens."""


def tell_staff(work: Work) -> None:
    """One task a day says that there are calls to make."""
    opens = next_opening(work, work.now)
    raise_task(
        work,
        TASK,
        urgency=Urgency.SOON,
        occurrence=f"{TASK}:{work.network.id}:{opens.astimezone(work.zone).date()}",
        due_at=_closing(work, opens),
        summary="There are people to ring today who cannot be texted. Please print the call list.",
    )


def is_office_day(work: Work, day: date) -> bool:
    """Whether somebody is at the desk that day."""
    return day.weekday() in work.settings.office_days and day not in bank_holidays(day.year)


def next_opening(work: Work, moment: datetime) -> datetime:
    """``moment`` while the office is open, else when it opens next (UTC)."""
    local = moment.astimezone(work.zone)
    settings = work.settings
    if is_office_day(work, local.date()) and settings.office_from <= local.time() < settings.office_until:
        return moment
    day = local.date() if local.time() < settings.office_from else local.date() + timedelta(days=1)
    while not is_office_day(work, day):
        day += timedelta(days=1)
    return _at(work, day, settings.office_from)


def list_ready(work: Work, day: date) -> datetime:
    """When the list of a day is made."""
    return _at(work, day, work.settings.office_from) - BEFORE_OPENING


def _closing(work: Work, opens: datetime) -> datetime:
    return _at(work, opens.astimezone(work.zone).date(), work.settings.office_until)


def _at(work: Work, day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, tzinfo=work.zone).astimezone(UTC)
