"""Whom the service forgot: people of today's sessions who were not told what they should have been."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tests.store.whole_town.promises import LONDON, Ledger, thread
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.store import (
    AddressRow,
    Meeting,
    OutboundRow,
    Person,
    PersonAddress,
    Place,
    Ride,
    Session_,
    Task,
)
from wellbeing_bot.store.states import MeetingState, RideState, SessionState

LONG_BEFORE = timedelta(days=2, hours=12)
"""Somebody down for it by then has a reminder to come."""

GONE_OUT = {DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ}


def forgotten_today(session: Session, ledger: Ledger, now: datetime) -> Iterator[str]:
    """Everybody who came to something today, or was to be met or driven there, and was not told of it."""
    for place in session.scalars(
        select(Place)
        .join(Session_, Session_.id == Place.session_id)
        .where(
            Session_.starts_at < now,
            Session_.starts_at > now - timedelta(hours=12),
            Session_.state == SessionState.PLANNED,
            Session_.moves == 0,
        )
        .order_by(Place.id)
    ):
        if place.state.coming and place.queued_at < place.session.starts_at - LONG_BEFORE:
            yield from _of_one(session, ledger, place, now)


def _of_one(session: Session, ledger: Ledger, place: Place, now: datetime) -> Iterator[str]:
    what = f"{now:%d %b} {place.session.group.name}, {place.person.first_name}"
    if place.wants_meeting and place.first_time and not _met_or_told(session, place):
        yield f"{what}: would like to be met, and nobody was found or told"
    if not _reached(session, ledger, place.person, now):
        return
    if not _was_told(session, place, "notices.day_before", "expect_you.ask"):
        yield f"{what}: had no reminder"
    ride = session.scalars(
        select(Ride).where(Ride.place_id == place.id, Ride.state == RideState.CONFIRMED)
    ).first()
    early = ride is not None and ride.answered_at is not None and ride.answered_at < now - timedelta(days=2)
    if early and not _was_told(session, place, "notices_rides.ride_evening"):
        yield f"{what}: was not told of the lift the evening before"


def _reached(session: Session, ledger: Ledger, person: Person, now: datetime) -> bool:
    """Whether texts reach them, and always have."""
    rows = list(
        session.scalars(
            select(AddressRow)
            .join(PersonAddress, PersonAddress.address_id == AddressRow.id)
            .where(PersonAddress.person_id == person.id, PersonAddress.ended_at.is_(None))
        )
    )
    silent = [row for row in rows if row.opted_out_at or row.carrier_blocked_at or row.unreachable_at]
    days = (now.astimezone(LONDON).date() - timedelta(days=days) for days in range(3))
    away = any(person.away_on(day) for day in days)
    stopped_once = any(thread(row) in ledger.ever_stopped for row in rows)
    return bool(rows) and not silent and not away and not stopped_once and not person.under_16


def _was_told(session: Session, place: Place, *keys: str) -> bool:
    found = session.scalar(
        select(OutboundRow.id).where(
            OutboundRow.session_id == place.session_id,
            OutboundRow.person_id == place.person_id,
            or_(*(OutboundRow.key.startswith(key) for key in keys)),
            OutboundRow.state.in_(GONE_OUT),
        )
    )
    return found is not None


def _met_or_told(session: Session, place: Place) -> bool:
    met = select(Meeting.id).where(
        Meeting.place_id == place.id, Meeting.state.in_([MeetingState.ACCEPTED, MeetingState.MET])
    )
    task = select(Task.id).where(Task.place_id == place.id, Task.kind == "no_champion")
    return session.scalar(met) is not None or session.scalar(task) is not None
