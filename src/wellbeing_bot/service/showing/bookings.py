"""What somebody is booked on, who meets them and how they get there."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.showing.threads import person_of, session_of
from wellbeing_bot.service.showing.values import Record, local
from wellbeing_bot.store import DriverAsk, Group, Meeting, Membership, Person, Place, Ride, RideProvider


def place(row: Place, session: Session, zone: ZoneInfo) -> Record:
    """One place on a session."""
    return {
        "id": row.id,
        "person": person_of(session, row.person_id),
        "session": session_of(session, row.session_id),
        "state": row.state.value,
        "first_time": row.first_time,
        "party": row.party,
        "source": row.source,
        "why_off": row.why_off or None,
        "offered_until": local(row.offered_until, zone),
        "wants_meeting": row.wants_meeting,
        "meet_preference": row.meet_preference or None,
        "patient_said": row.patient_said,
        "champion_said": row.champion_said,
        "register_said": row.register_said,
        "home_safe": row.home_safe,
        "meet_again": row.meet_again,
    }


def meeting(row: Meeting, session: Session, zone: ZoneInfo) -> Record:
    """One champion asked to meet one first-time attender."""
    return {
        "id": row.id,
        "place": row.place_id,
        "patient": person_of(session, row.place.person_id),
        "champion": person_of(session, row.champion_id),
        "session": session_of(session, row.session_id),
        "round": row.round,
        "state": row.state.value,
        "asked_at": local(row.asked_at, zone),
        "deadline": local(row.deadline, zone),
        "answered_at": local(row.answered_at, zone),
        "withdrawn_by": row.withdrawn_by or None,
        "champion_said": row.champion_said,
        "patient_said": row.patient_said,
    }


def ride(row: Ride, session: Session, zone: ZoneInfo) -> Record:
    """Transport to one session and home."""
    provider = session.get(RideProvider, row.provider_id) if row.provider_id else None
    return {
        "id": row.id,
        "place": row.place_id,
        "person": person_of(session, row.person_id),
        "session": session_of(session, row.session_id),
        "provider": provider.name if provider else None,
        "state": row.state.value,
        "there": row.there,
        "back": row.back,
        "pick_up": row.pick_up,
        "needs": list(row.needs),
        "party": row.party,
        "phone": row.phone or None,
        "late": row.late,
        "window_from": row.window_from,
        "window_until": row.window_until,
        "why_refused": row.why_refused or None,
        "drivers_asked": [_driver_asked(asked, zone) for asked in _asked(session, row)],
        "requested_at": local(row.requested_at, zone),
        "sent_at": local(row.sent_at, zone),
        "answered_at": local(row.answered_at, zone),
    }


def _asked(session: Session, row: Ride) -> Iterable[DriverAsk]:
    return session.scalars(select(DriverAsk).where(DriverAsk.ride_id == row.id).order_by(DriverAsk.id))


def _driver_asked(row: DriverAsk, zone: ZoneInfo) -> Record:
    return {
        "provider": row.provider.name,
        "state": row.state.value,
        "asked_at": local(row.asked_at, zone),
        "deadline": local(row.deadline, zone),
        "answered_at": local(row.answered_at, zone),
    }


def bookings_of(session: Session, person: Person, zone: ZoneInfo) -> Record:
    """Everything booked for one person; meetings as the one met and as the champion."""
    memberships = session.execute(
        select(Membership, Group)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.person_id == person.id)
        .order_by(Membership.id)
    )
    places = session.scalars(select(Place).where(Place.person_id == person.id).order_by(Place.id))
    meetings = session.scalars(
        select(Meeting)
        .join(Place, Place.id == Meeting.place_id)
        .where(or_(Place.person_id == person.id, Meeting.champion_id == person.id))
        .order_by(Meeting.id)
    )
    rides = session.scalars(select(Ride).where(Ride.person_id == person.id).order_by(Ride.id))
    return {
        "memberships": [
            {
                "group": group.key,
                "group_name": group.name,
                "since": local(row.since, zone),
                "ended_at": local(row.ended_at, zone),
                "why_ended": row.why_ended or None,
            }
            for row, group in memberships
        ],
        "places": [place(row, session, zone) for row in places],
        "meetings": [meeting(row, session, zone) for row in meetings],
        "rides": [ride(row, session, zone) for row in rides],
    }
