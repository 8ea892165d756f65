"""The times of a clinic. A session is its morning; each person has a place on it, and one time.

Times are counted from the session's start, so a clinic that moves takes them along. Only a time that
somebody has is a row (a slot for one).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from wellbeing_bot.service.activities.sessions import room_for, upcoming
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Place, Session_, Slot, SlotBooking
from wellbeing_bot.store.states import PlaceState, SessionState, SlotState

APPOINTMENT = "appointment"
"""What the slots of a clinic are called."""

AHEAD = timedelta(days=14)
"""How far ahead a clinic's times may be taken by text."""

LEAST_NOTICE = timedelta(hours=1)
"""A time is not given away with less notice than this."""

MOST_SESSIONS = 40


def is_clinic(group: Group) -> bool:
    """Whether a group sees people one by one."""
    return group.slot_minutes is not None


def times_of(session: Session_) -> list[datetime]:
    """Every time of a session, free or not."""
    minutes = session.group.slot_minutes
    if not minutes:
        return []
    step = timedelta(minutes=minutes)
    return [
        session.starts_at + number * step for number in range((session.ends_at - session.starts_at) // step)
    ]


def free_times(work: Work, session: Session_) -> list[datetime]:
    """The times of a session that nobody has, with enough notice; none where it is off or full."""
    if session.state is not SessionState.PLANNED or not room_for(work, session):
        return []
    return [at for at in _not_taken(work, session) if at >= work.now + LEAST_NOTICE]


def _not_taken(work: Work, session: Session_) -> list[datetime]:
    taken = set(
        work.session.scalars(
            select(Slot.starts_at)
            .join(SlotBooking, SlotBooking.slot_id == Slot.id)
            .where(Slot.session_id == session.id, SlotBooking.state == SlotState.BOOKED)
        )
    )
    return [at for at in times_of(session) if at not in taken]


def next_free(work: Work, group: Group, *, day: int | None = None, on: date | None = None) -> list[datetime]:
    """Free times of a clinic, soonest first: one a session, then the second of each, so that days differ.

    With a weekday or a date, only those; where there are none on it, as if it had not been said.
    """
    found = [free_times(work, session) for session in sessions_ahead(work, group)]
    mixed = in_turn([times for times in found if times])
    if day is None and on is None:
        return mixed
    wanted = [at for at in mixed if _is_on(work, at, day, on)]
    return sorted(wanted) or mixed


def sessions_ahead(work: Work, group: Group) -> list[Session_]:
    """The sessions whose times may be taken now."""
    return [one for one in upcoming(work, group, limit=MOST_SESSIONS) if one.starts_at <= work.now + AHEAD]


def in_turn(found: Sequence[list[datetime]]) -> list[datetime]:
    """The first time of each session, then the second of each, and so on."""
    longest = max(map(len, found), default=0)
    return [times[number] for number in range(longest) for times in found if number < len(times)]


def _is_on(work: Work, at: datetime, day: int | None, on: date | None) -> bool:
    local = at.astimezone(work.zone).date()
    return (on is None or local == on) and (day is None or local.weekday() == day)


def booking_of(work: Work, place: Place) -> SlotBooking | None:
    """The time somebody has at a clinic."""
    return work.session.scalar(
        select(SlotBooking)
        .join(Slot, Slot.id == SlotBooking.slot_id)
        .where(
            SlotBooking.place_id == place.id,
            SlotBooking.state == SlotState.BOOKED,
            Slot.what == APPOINTMENT,
        )
    )


def place_time(work: Work, place: Place) -> datetime:
    """When somebody is expected: their own time at a clinic, else the session's start."""
    if is_clinic(place.session.group):
        booking = booking_of(work, place)
        if booking is not None:
            return booking.slot.starts_at
    return place.session.starts_at


def give_time(work: Work, place: Place, at: datetime | None = None) -> bool:
    """Give a place a time: ``at``, else the first free one where it has none. False when it has gone."""
    if not is_clinic(place.session.group):
        return True
    have = booking_of(work, place)
    if have is not None and (at is None or have.slot.starts_at == at):
        return True
    free = _free_for(work, place)
    chosen = at if at is not None else next(iter(free), None)
    if chosen is None or chosen not in free:
        return False
    if have is not None:
        have.state = SlotState.WITHDRAWN
    work.session.add(
        SlotBooking(
            network_id=work.network.id,
            slot_id=_slot(work, place.session, chosen).id,
            place_id=place.id,
            state=SlotState.BOOKED,
            booked_at=work.now,
        )
    )
    work.session.flush()
    return True


def _free_for(work: Work, place: Place) -> list[datetime]:
    """Free times for somebody who may hold a seat of the session already, which they do not take twice."""
    if place.state.coming or place.state is PlaceState.OFFERED:
        return [at for at in _not_taken(work, place.session) if at >= work.now]
    return free_times(work, place.session)


def _slot(work: Work, session: Session_, at: datetime) -> Slot:
    row = work.session.scalar(
        select(Slot).where(Slot.session_id == session.id, Slot.what == APPOINTMENT, Slot.starts_at == at)
    )
    if row is None:
        row = Slot(network_id=work.network.id, session_id=session.id, what=APPOINTMENT, starts_at=at)
        work.session.add(row)
        work.session.flush()
    return row
