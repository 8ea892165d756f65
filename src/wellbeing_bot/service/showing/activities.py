"""Groups, their sessions, the champions and the rides."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.showing import bookings
from wellbeing_bot.service.showing.lunches import lunch_of_session
from wellbeing_bot.service.showing.threads import person_of
from wellbeing_bot.service.showing.values import Record, day, local, zone_of
from wellbeing_bot.service.words import schedule_words
from wellbeing_bot.store import Champion, ChampionGroup, Group, Meeting, Network, Place, Ride, Session_, Venue
from wellbeing_bot.store.states import PlaceState, SessionState

SEATED = (PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.OFFERED, PlaceState.ATTENDED)


def groups(session: Session) -> list[Record]:
    """Every group, with its schedule in words."""
    return [_group(session, row) for row in session.scalars(select(Group).order_by(Group.id))]


def _group(session: Session, row: Group) -> Record:
    return {
        "id": row.id,
        "key": row.key,
        "name": row.name,
        "network": session.get_one(Network, row.network_id).slug,
        "about": row.about or None,
        "kind": row.kind or None,
        "tags": list(row.tags),
        "for_whom": list(row.for_whom),
        "schedule": schedule_words(row.rrule, time.fromisoformat(row.start_time)) or None,
        "rrule": row.rrule or None,
        "start_time": row.start_time,
        "minutes": row.minutes,
        "venue": _venue(row.venue),
        "meeting_point": row.meeting_point or None,
        "capacity": row.capacity,
        "sensitive": row.sensitive,
        "running": row.running,
        "offers_transport": row.offers_transport,
        "asks_expect": row.asks_expect,
        "ended_on": day(row.ended_on),
    }


def sessions(session: Session, *, group: str | None = None) -> list[Record]:
    """Every session, soonest first; of one group where its key is given."""
    query = select(Session_).order_by(Session_.starts_at, Session_.id)
    if group is not None:
        query = query.join(Group, Group.id == Session_.group_id).where(Group.key == group)
    counts = _counts(session)
    return [_session(session, row, counts) for row in session.scalars(query)]


def _counts(session: Session) -> dict[tuple[int, PlaceState], int]:
    found = session.execute(
        select(Place.session_id, Place.state, func.sum(Place.party)).group_by(Place.session_id, Place.state)
    )
    return {(session_id, state): int(seats) for session_id, state, seats in found}


def register(session: Session, session_id: int) -> Record | None:
    """One session with all that hangs on it; None when there is no such session."""
    row = session.get(Session_, session_id)
    if row is None:
        return None
    zone = zone_of(session, row.network_id)
    places = session.scalars(select(Place).where(Place.session_id == row.id).order_by(Place.id))
    meetings = session.scalars(select(Meeting).where(Meeting.session_id == row.id).order_by(Meeting.id))
    driven = session.scalars(select(Ride).where(Ride.session_id == row.id).order_by(Ride.id))
    return {
        **_session(session, row, _counts(session)),
        "places": [bookings.place(place, session, zone) for place in places],
        "meetings": [bookings.meeting(meeting, session, zone) for meeting in meetings],
        "rides": [bookings.ride(ride, session, zone) for ride in driven],
        **lunch_of_session(session, row, zone),
    }


def _session(session: Session, row: Session_, counts: dict[tuple[int, PlaceState], int]) -> Record:
    zone = zone_of(session, row.network_id)
    return {
        "id": row.id,
        "group": row.group.key,
        "group_name": row.group.name,
        "starts": local(row.starts_at, zone),
        "ends": local(row.ends_at, zone),
        "state": row.state.value,
        "why_off": row.why_off or None,
        "capacity": row.capacity,
        "taken": sum(counts.get((row.id, state), 0) for state in SEATED),
        "waiting": counts.get((row.id, PlaceState.WAITLISTED), 0),
        "venue": _venue(row.venue or row.group.venue),
        "meeting_point": row.meeting_point or row.group.meeting_point or None,
    }


def _venue(row: Venue | None) -> Record | None:
    if row is None:
        return None
    return {"name": row.name, "address": row.address or None, "postcode": row.postcode or None}


def starts_expecting(session: Session, person_id: int | None = None) -> list[datetime]:
    """When the planned sessions begin that this person, or anybody, is expected at, soonest first."""
    query = (
        select(Session_.starts_at)
        .join(Place, Place.session_id == Session_.id)
        .where(
            Session_.state == SessionState.PLANNED,
            Place.state.in_([PlaceState.BOOKED, PlaceState.CONFIRMED]),
        )
        .distinct()
        .order_by(Session_.starts_at)
    )
    if person_id is not None:
        query = query.where(Place.person_id == person_id)
    return list(session.scalars(query))


def champions(session: Session) -> list[Record]:
    """Every champion, in order of entry."""
    rows = session.scalars(select(Champion).order_by(Champion.entered_at, Champion.person_id))
    return [champion(session, row) for row in rows]


def champion(session: Session, row: Champion) -> Record:
    """What is on record for a champion."""
    zone = zone_of(session, row.network_id)
    meets_at = session.scalars(
        select(Group.key)
        .join(ChampionGroup, ChampionGroup.group_id == Group.id)
        .where(ChampionGroup.person_id == row.person_id)
        .order_by(Group.id)
    )
    return {
        "person": person_of(session, row.person_id),
        "state": row.state.value,
        "groups": list(meets_at),
        "gender": row.gender or None,
        "how_to_know": row.how_to_know or None,
        "dbs_until": day(row.dbs_until),
        "badge_until": day(row.badge_until),
        "training_until": day(row.training_until),
        "away_from": day(row.away_from),
        "away_until": day(row.away_until),
        "paused": row.paused,
        "most_a_month": row.most_a_month,
        "entered_at": local(row.entered_at, zone),
    }


def rides(session: Session) -> list[Record]:
    """Every ride, in the order they were asked for."""
    rows = session.scalars(select(Ride).order_by(Ride.id))
    return [bookings.ride(row, session, zone_of(session, row.network_id)) for row in rows]
