"""Which rides there are: of a place, of a person, of a session, on a provider's list."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from wellbeing_bot.service.people import reach
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import DriverAsk, Person, PersonRole, Place, Ride, RideProvider, Session_
from wellbeing_bot.store.states import MeetingState, RideState, Role

UNDER_WAY = (RideState.REQUESTED, RideState.SENT, RideState.CONFIRMED)
"""States from which a ride may still be driven."""

WITH_PROVIDER = (RideState.SENT, RideState.CONFIRMED)
"""States in which the provider counts on it, and must hear of a change."""

OPEN_ASKS = (MeetingState.ASKED, MeetingState.ACCEPTED)


def rides_of(work: Work, place: Place) -> list[Ride]:
    """The rides of a place that are under way."""
    return list(
        work.session.scalars(select(Ride).where(Ride.place_id == place.id, Ride.state.in_(UNDER_WAY)))
    )


def ride_of(work: Work, place: Place) -> Ride | None:
    """The newest ride of a place that was not withdrawn or called off."""
    return work.session.scalar(
        select(Ride)
        .where(Ride.place_id == place.id, Ride.state.not_in([RideState.WITHDRAWN, RideState.CALLED_OFF]))
        .order_by(Ride.id.desc())
        .limit(1)
    )


def last_ride(work: Work, person: Person) -> Ride | None:
    """The ride somebody asked for last, whatever became of it."""
    return work.session.scalar(
        select(Ride).where(Ride.person_id == person.id).order_by(Ride.id.desc()).limit(1)
    )


def coming_rides(work: Work, person: Person) -> list[Ride]:
    """A person's rides to sessions that are not over, soonest first. A refused one is among them."""
    return list(
        work.session.scalars(
            select(Ride)
            .join(Session_, Session_.id == Ride.session_id)
            .where(
                Ride.person_id == person.id,
                Ride.state.in_([*UNDER_WAY, RideState.REFUSED]),
                Session_.ends_at > work.now,
            )
            .order_by(Session_.starts_at, Ride.id)
        )
    )


def rides_on_list(work: Work, provider: RideProvider, session: Session_) -> list[Ride]:
    """The rides a provider has for a session: sent, confirmed or refused, and those withdrawn since."""
    return list(
        work.session.scalars(
            select(Ride)
            .where(
                Ride.provider_id == provider.id,
                Ride.session_id == session.id,
                Ride.sent_at.is_not(None),
            )
            .order_by(Ride.id)
        )
    )


def rides_to(work: Work, session: Session_, states: Sequence[RideState] = UNDER_WAY) -> list[Ride]:
    """The rides to a session in these states."""
    return list(
        work.session.scalars(
            select(Ride).where(Ride.session_id == session.id, Ride.state.in_(states)).order_by(Ride.id)
        )
    )


def providers(work: Work, *, volunteer: bool) -> list[RideProvider]:
    """The active providers of this network: volunteers with a car, or the others."""
    return list(
        work.session.scalars(
            select(RideProvider)
            .where(
                RideProvider.network_id == work.network.id,
                RideProvider.active,
                RideProvider.volunteer == volunteer,
            )
            .order_by(RideProvider.id)
        )
    )


def open_asks(work: Work, ride: Ride) -> list[DriverAsk]:
    """The volunteer who was asked to drive, or has said yes."""
    return list(
        work.session.scalars(
            select(DriverAsk)
            .where(DriverAsk.ride_id == ride.id, DriverAsk.state.in_(OPEN_ASKS))
            .order_by(DriverAsk.id)
        )
    )


def coordinators(work: Work) -> list[Person]:
    """The coordinators who can be texted."""
    found = work.session.scalars(
        select(Person)
        .join(PersonRole, PersonRole.person_id == Person.id)
        .where(
            Person.network_id == work.network.id,
            PersonRole.role == Role.COORDINATOR,
            Person.erased_at.is_(None),
        )
        .order_by(Person.id)
    )
    return [person for person in found if reach(work, person) is not None]
