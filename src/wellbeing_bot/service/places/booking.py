"""A place as it stands, and what booking brings with it: a time, reminders, a referral that is booked."""

from __future__ import annotations

from sqlalchemy import Select, select

from wellbeing_bot.service.clinics import times as clinic_times
from wellbeing_bot.service.clinics import waiting
from wellbeing_bot.service.people import open_referral
from wellbeing_bot.service.places.reminders import plan_for_place
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Person, Place, Session_
from wellbeing_bot.store.states import PlaceState, ReferralState


def place_of(work: Work, person: Person, session: Session_) -> Place | None:
    """A person's place on a session, whatever its state."""
    return work.session.scalar(
        select(Place).where(Place.person_id == person.id, Place.session_id == session.id)
    )


def first_time(work: Work, person: Person, group: Group) -> bool:
    """Whether somebody has never yet been to a group."""
    been = work.session.scalar(
        select(Place.id)
        .join(Session_, Session_.id == Place.session_id)
        .where(
            Place.person_id == person.id, Session_.group_id == group.id, Place.state == PlaceState.ATTENDED
        )
        .limit(1)
    )
    return been is None


def booked(work: Work, place: Place) -> None:
    clinic_times.give_time(work, place)
    waiting.end(work, place.person, place.session.group, "booked")
    plan_for_place(work, place)
    referral = open_referral(work, place.person)
    if referral is not None and referral.state is ReferralState.WAITING:
        referral.state = ReferralState.BOOKED
        referral.booked_at = work.now


def confirm(work: Work, place: Place) -> None:
    """They said they are coming."""
    if place.state in {PlaceState.BOOKED, PlaceState.OFFERED}:
        place.state = PlaceState.CONFIRMED
        work.session.flush()


def theirs(person: Person, *states: PlaceState) -> Select[Place]:
    """Somebody's places that stand so, the soonest session first: a query to narrow further."""
    return (
        select(Place)
        .join(Session_, Session_.id == Place.session_id)
        .where(Place.person_id == person.id, Place.state.in_(states))
        .order_by(Session_.starts_at)
    )


def coming_places(work: Work, person: Person, group: Group | None = None) -> list[Place]:
    """What somebody is booked on, offered or waiting for, soonest first."""
    query = theirs(
        person, PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.OFFERED, PlaceState.WAITLISTED
    ).where(Session_.ends_at > work.now)
    if group is not None:
        query = query.where(Session_.group_id == group.id)
    return list(work.session.scalars(query))
