"""Agencies' slots at a session: a blood pressure check at 12.40. A slot hangs on a place."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from wellbeing_bot.service.clinics.times import is_clinic
from wellbeing_bot.service.words import clock_words, list_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Place, Session_, Slot, SlotBooking
from wellbeing_bot.store.states import SessionState, SlotState


def slots_of(work: Work, session: Session_) -> list[Slot]:
    """Every slot of a session, earliest first."""
    return list(
        work.session.scalars(
            select(Slot).where(Slot.session_id == session.id).order_by(Slot.starts_at, Slot.id)
        )
    )


def taken(work: Work, slot: Slot) -> int:
    """How many people have this slot."""
    count = work.session.scalar(
        select(func.count())
        .select_from(SlotBooking)
        .where(SlotBooking.slot_id == slot.id, SlotBooking.state == SlotState.BOOKED)
    )
    return int(count or 0)


def bookings_of(work: Work, place: Place) -> list[SlotBooking]:
    """The slots of a place, earliest first."""
    return list(
        work.session.scalars(
            select(SlotBooking)
            .join(Slot, Slot.id == SlotBooking.slot_id)
            .where(SlotBooking.place_id == place.id, SlotBooking.state == SlotState.BOOKED)
            .order_by(Slot.starts_at)
        )
    )


def free_slots(work: Work, place: Place) -> list[Slot]:
    """What this person may still sign up to: to come, with room, at a time they have nothing else."""
    if place.session.state is not SessionState.PLANNED:
        return []
    mine = bookings_of(work, place)
    times = {booking.slot.starts_at for booking in mine}
    kinds = {booking.slot.what for booking in mine}
    return [
        slot
        for slot in slots_of(work, place.session)
        if slot.starts_at > work.now
        and slot.starts_at not in times
        and slot.what not in kinds
        and taken(work, slot) < slot.capacity
    ]


def book(work: Work, place: Place, slot: Slot) -> bool:
    """Sign up to a slot. False when it has gone."""
    if any(booking.slot_id == slot.id for booking in bookings_of(work, place)):
        return True
    if not place.state.coming or slot.id not in {free.id for free in free_slots(work, place)}:
        return False
    work.session.add(
        SlotBooking(
            network_id=work.network.id,
            slot_id=slot.id,
            place_id=place.id,
            state=SlotState.BOOKED,
            booked_at=work.now,
        )
    )
    work.session.flush()
    return True


def withdraw(work: Work, booking: SlotBooking) -> None:
    """They do not want the slot any more; the place stays."""
    booking.state = SlotState.WITHDRAWN
    work.session.flush()


def place_gone(work: Work, place: Place, *, because: str) -> None:
    """The place is no more, and so are its slots."""
    for booking in bookings_of(work, place):
        booking.state = SlotState.CALLED_OFF if because == "called_off" else SlotState.WITHDRAWN
    work.session.flush()


def shift(work: Work, session: Session_, by: timedelta) -> None:
    """The session moved in time, and its slots with it."""
    for slot in slots_of(work, session):
        slot.starts_at += by
    work.session.flush()


def in_words(work: Work, slot: Slot) -> str:
    """``Blood pressure check, 12.40pm``."""
    return f"{slot.what[:1].upper()}{slot.what[1:]}, {_clock(work, slot.starts_at)}"


def booked_words(work: Work, place: Place) -> str:
    """What is booked at a session besides the place: ``your blood pressure check at 12.40pm``; or nothing."""
    return list_words(
        [
            f"your {booking.slot.what} at {_clock(work, booking.slot.starts_at)}"
            for booking in bookings_of(work, place)
        ]
    )


def reminder_words(work: Work, place: Place) -> str:
    """A sentence for the reminder the day before, or nothing."""
    if is_clinic(place.session.group):
        return ""  # the one time they have is when they are expected, and said as that
    booked = booked_words(work, place)
    return f" Booked: {booked}." if booked else ""


def _clock(work: Work, moment: datetime) -> str:
    return clock_words(moment.astimezone(work.zone).time())
