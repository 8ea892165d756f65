"""Somebody's appointments with a link worker, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Appointment, Person
from wellbeing_bot.store.states import AppointmentState

TO_OFFER = {
    AppointmentState.OFFERED,
    AppointmentState.BOOKED,
    AppointmentState.OTHER_TIME,
    AppointmentState.UNANSWERED,
}
MOST = 20


@dataclass(frozen=True)
class Listed:
    """One appointment. ``offered`` are times that stand offered; the rest is what may be done about it."""

    row: Appointment
    offered: list[datetime]
    is_open: bool
    may_move: bool
    is_over: bool  # its time has come: it can be said how it went


def of_person(work: Work, person: Person) -> list[Listed]:
    """The newest first, at most ``MOST``."""
    rows = work.session.scalars(
        select(Appointment)
        .where(Appointment.person_id == person.id)
        .order_by(Appointment.id.desc())
        .limit(MOST)
    )
    return [_listed(work, row) for row in rows]


def _listed(work: Work, row: Appointment) -> Listed:
    to_come = row.starts_at is None or row.starts_at > work.now
    is_open = row.state in TO_OFFER and to_come
    return Listed(
        row,
        offered=[datetime.fromisoformat(one) for one in row.times]
        if is_open and row.starts_at is None
        else [],
        is_open=is_open,
        may_move=is_open and row.state is AppointmentState.BOOKED,
        is_over=not to_come and row.state is AppointmentState.BOOKED,
    )
