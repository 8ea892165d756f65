"""Did you get there and home all right: what follows for the place and the lift."""

from __future__ import annotations

from wellbeing_bot.service.duty import raise_urgent
from wellbeing_bot.service.lunches.kinds import is_lunch
from wellbeing_bot.service.rides.rows import UNDER_WAY, ride_of
from wellbeing_bot.service.tasks import due_in
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Place
from wellbeing_bot.store.states import RideState


def asks_about_home(work: Work, place: Place) -> bool:
    """Whether the question afterwards is also about the way home: after a lift, and after a lunch."""
    ride = ride_of(work, place)
    driven = ride is not None and ride.state in {*UNDER_WAY, RideState.TAKEN}
    return driven or is_lunch(place.session.group)


def safe(work: Work, place: Place) -> None:
    """They are home. A lift that was confirmed was taken; of any other this says nothing."""
    place.home_safe = True
    _taken(work, place)


def not_safe(work: Work, place: Place) -> None:
    """Something went wrong on the way home: whoever is on duty is told, and rings them."""
    place.home_safe = False
    raise_urgent(
        work,
        "not_home_all_right",
        person=place.person,
        session_id=place.session_id,
        place_id=place.id,
        occurrence=f"not_home:{place.id}",
        due_at=due_in(work, 1),
        summary="Says that they did not get home all right. Please ring them now.",
    )


def _taken(work: Work, place: Place) -> None:
    ride = ride_of(work, place)
    if ride is not None and ride.state is RideState.CONFIRMED:
        ride.state = RideState.TAKEN
        work.session.flush()
