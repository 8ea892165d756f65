"""Invitations to a lunch, its agencies' slots, and who would like to meet again."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.showing.threads import person_of, session_of
from wellbeing_bot.service.showing.values import Record, local
from wellbeing_bot.store import Invitation, MeetAgain, Person, Place, Session_, Slot, SlotBooking


def lunch_of_session(session: Session, row: Session_, zone: ZoneInfo) -> Record:
    """What a session has besides its places."""
    invited = select(Invitation).where(Invitation.session_id == row.id).order_by(Invitation.id)
    slots = select(Slot).where(Slot.session_id == row.id).order_by(Slot.starts_at, Slot.id)
    wishes = select(MeetAgain).where(MeetAgain.session_id == row.id).order_by(MeetAgain.id)
    return {
        "invitations": [_invitation(session, found, zone) for found in session.scalars(invited)],
        "slots": [_slot(session, found, zone) for found in session.scalars(slots)],
        "meet_again": [_wish(session, found, zone) for found in session.scalars(wishes)],
    }


def lunches_of_person(session: Session, person: Person, zone: ZoneInfo) -> Record:
    """What one person is invited to, has booked with agencies, and wished for afterwards."""
    invited = select(Invitation).where(Invitation.person_id == person.id).order_by(Invitation.id)
    booked = (
        select(SlotBooking)
        .join(Place, Place.id == SlotBooking.place_id)
        .where(Place.person_id == person.id)
        .order_by(SlotBooking.id)
    )
    wishes = (
        select(MeetAgain)
        .where(or_(MeetAgain.wisher_id == person.id, MeetAgain.other_id == person.id))
        .order_by(MeetAgain.id)
    )
    return {
        "invitations": [_invitation(session, found, zone) for found in session.scalars(invited)],
        "slots": [_booking(session, found, zone) for found in session.scalars(booked)],
        "meet_again": [_wish(session, found, zone) for found in session.scalars(wishes)],
    }


def _invitation(session: Session, row: Invitation, zone: ZoneInfo) -> Record:
    return {
        "id": row.id,
        "person": person_of(session, row.person_id),
        "session": session_of(session, row.session_id),
        "state": row.state.value,
        "invited_at": local(row.invited_at, zone),
        "answered_at": local(row.answered_at, zone),
    }


def _slot(session: Session, row: Slot, zone: ZoneInfo) -> Record:
    booked = select(SlotBooking).where(SlotBooking.slot_id == row.id).order_by(SlotBooking.id)
    return {
        "id": row.id,
        "what": row.what,
        "agency": row.agency or None,
        "starts": local(row.starts_at, zone),
        "capacity": row.capacity,
        "bookings": [_booking(session, found, zone) for found in session.scalars(booked)],
    }


def _booking(session: Session, row: SlotBooking, zone: ZoneInfo) -> Record:
    return {
        "id": row.id,
        "slot": row.slot_id,
        "what": row.slot.what,
        "starts": local(row.slot.starts_at, zone),
        "place": row.place_id,
        "person": person_of(session, row.place.person_id),
        "state": row.state.value,
    }


def _wish(session: Session, row: MeetAgain, zone: ZoneInfo) -> Record:
    return {
        "id": row.id,
        "session": session_of(session, row.session_id),
        "wisher": person_of(session, row.wisher_id),
        "words": row.words or None,
        "other": person_of(session, row.other_id),
        "state": row.state.value,
        "at": local(row.at, zone),
    }
