"""Reminders of an appointment: the day before, an hour before a call, and the question how it went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import update

from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import due_in, raise_task, schedule
from wellbeing_bot.service.words import clock_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers.saying import how, when
from wellbeing_bot.store import Appointment, Person, Reminder
from wellbeing_bot.store.states import AppointmentState, ReminderState

DAY_BEFORE_AT = time(10)
HOUR_BEFORE = timedelta(hours=1)
AFTERWARDS = timedelta(hours=2)
"""How long after the end the link worker is asked whether it took place, unless she has said so."""


def plan(work: Work, appointment: Appointment) -> None:
    """What is due about it. What is past already is not planned, and of an earlier time nothing is left."""
    take_back(work, appointment)
    at = appointment.starts_at
    if at is None:
        return
    key = f"{appointment.id}:{appointment.moves}"
    local = at.astimezone(work.zone)
    day_before = datetime.combine(local.date() - timedelta(days=1), DAY_BEFORE_AT, tzinfo=work.zone)
    due: list[tuple[str, datetime, datetime | None]] = [
        ("appointment_day_before", day_before.astimezone(UTC), at)
    ]
    if appointment.by_phone:
        due.append(("appointment_hour_before", at - HOUR_BEFORE, at))
    due.append(("appointment_over", at + timedelta(minutes=appointment.minutes) + AFTERWARDS, None))
    for kind, moment, until in due:
        if moment > work.now:
            reminder = schedule(
                work, kind, f"{kind}:{key}", moment, expires_at=until, person_id=appointment.person_id
            )
            reminder.payload = {"appointment": appointment.id, "moves": appointment.moves}


def take_back(work: Work, appointment: Appointment) -> None:
    """Nothing that was planned for it comes any more."""
    keys = [f"{kind}:{appointment.id}:{moves}" for kind in KINDS for moves in range(appointment.moves + 1)]
    work.session.execute(
        update(Reminder)
        .where(Reminder.occurrence.in_(keys), Reminder.state == ReminderState.DUE)
        .values(state=ReminderState.WITHDRAWN)
    )
    work.session.flush()


def _still(work: Work, reminder: Reminder) -> Appointment | None:
    """The appointment of a reminder, if it is still booked at the time that was planned for."""
    appointment = work.session.get_one(Appointment, int(reminder.payload["appointment"]))
    booked = appointment.state is AppointmentState.BOOKED
    return appointment if booked and appointment.moves == reminder.payload["moves"] else None


def day_before(work: Work, reminder: Reminder) -> datetime | None:
    """When, how and with whom."""
    appointment = _still(work, reminder)
    if appointment is not None and appointment.starts_at is not None:
        tell(
            work,
            appointment.person,
            "appointment_tomorrow",
            {
                "link_worker": appointment.link_worker.first_name,
                "when": when(work, appointment),
                "how": how(work, appointment),
            },
            occurrence=reminder.occurrence,
            expires_at=appointment.starts_at,
        )
    return None


def hour_before(work: Work, reminder: Reminder) -> datetime | None:
    """So that the phone is at hand."""
    appointment = _still(work, reminder)
    if appointment is not None and appointment.starts_at is not None:
        local = appointment.starts_at.astimezone(work.zone)
        tell(
            work,
            appointment.person,
            "appointment_soon",
            {
                "link_worker": appointment.link_worker.first_name,
                "at": clock_words(local.time(), appointment.person.language),
            },
            occurrence=reminder.occurrence,
            expires_at=appointment.starts_at,
        )
    return None


def over(work: Work, reminder: Reminder) -> datetime | None:
    """Nobody has said whether it took place: the link worker is asked."""
    appointment = _still(work, reminder)
    if appointment is not None:
        raise_task(
            work,
            "appointment_outcome",
            person=work.session.get_one(Person, appointment.person_id),
            occurrence=f"appointment_outcome:{appointment.id}:{appointment.moves}",
            due_at=due_in(work, 48),
            summary="Had an appointment. Please note whether it took place.",
            assigned_to=appointment.link_worker.full_name,
        )
    return None


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {
    "appointment_day_before": day_before,
    "appointment_hour_before": hour_before,
    "appointment_over": over,
}
