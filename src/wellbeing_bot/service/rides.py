"""Transport to a session and home again."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Place, Ride
from wellbeing_bot.store.states import RideState

UNDER_WAY = (RideState.REQUESTED, RideState.SENT, RideState.CONFIRMED)


def rides_of(work: Work, place: Place) -> list[Ride]:
    """The rides of a place that are under way."""
    return list(
        work.session.scalars(select(Ride).where(Ride.place_id == place.id, Ride.state.in_(UNDER_WAY)))
    )


def place_gone(work: Work, place: Place, *, because: str) -> None:
    """The place is no more, so the ride is not needed."""
    for ride in rides_of(work, place):
        ride.state = RideState.CALLED_OFF if because == "called_off" else RideState.WITHDRAWN
    work.session.flush()
