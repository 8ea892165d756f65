"""The call list by the clock: what falls due before the office opens again is brought forward."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from wellbeing_bot.service.calls.call_list import finish_if_all_made
from wellbeing_bot.service.calls.office import is_office_day, list_ready
from wellbeing_bot.service.calls.putting import number_to_ring
from wellbeing_bot.service.tasks import due_in, raise_task, schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import CallToMake, Person, Reminder
from wellbeing_bot.store.states import CallState, ReminderState, Urgency

BROUGHT_FORWARD = ("day_before", "remind_again", "ride_evening")
"""Reminders that make sense earlier in the day, or on Friday for Monday. The morning's own does not."""


def plan(work: Work) -> None:
    """The next list that is to be made. Doing it twice changes nothing."""
    today = work.local_now.date()
    for day in (today, today + timedelta(days=1)):
        due = list_ready(work, day)
        if due >= work.now and is_office_day(work, day):
            schedule(work, "call_list", f"call_list:{work.network.id}:{day}", due)


def call_list(work: Work, reminder: Reminder) -> datetime | None:
    """Bring forward what falls due before the next list, for those who can only be rung."""
    horizon = _next_list(work)
    for row in work.session.scalars(
        select(Reminder).where(
            Reminder.network_id == work.network.id,
            Reminder.kind.in_(BROUGHT_FORWARD),
            Reminder.state == ReminderState.DUE,
            Reminder.person_id.is_not(None),
            Reminder.due_at > work.now,
            Reminder.due_at < horizon,
        )
    ):
        if number_to_ring(work, work.session.get_one(Person, row.person_id)) is not None:
            row.due_at = work.now
    return None


def _next_list(work: Work) -> datetime:
    day = work.local_now.date() + timedelta(days=1)
    while not is_office_day(work, day):
        day += timedelta(days=1)
    return list_ready(work, day)


def call_too_late(work: Work, reminder: Reminder) -> datetime | None:
    """A call that was not made in time: it is shown, not made too late."""
    call = work.session.get(CallToMake, int(reminder.payload.get("call", 0)))
    if call is None or call.state is not CallState.TO_MAKE:
        return None
    call.state = CallState.MISSED
    work.session.flush()
    raise_task(
        work,
        "call_not_made",
        urgency=Urgency.SOON,
        person=call.person,
        session_id=call.session_id,
        place_id=call.place_id,
        occurrence=f"call_not_made:{call.id}",
        due_at=due_in(work, 24),
        summary="A call on the list did not reach them in time. Please see how they are.",
    )
    finish_if_all_made(work)
    return None


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {
    "call_list": call_list,
    "call_too_late": call_too_late,
}
