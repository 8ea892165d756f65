"""What falls due about rides. Each looks at how things stand now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.rides import drivers
from wellbeing_bot.service.rides.answering import list_answered
from wellbeing_bot.service.rides.rows import UNDER_WAY
from wellbeing_bot.service.rides.saying import driver_words, time_words, ways_words
from wellbeing_bot.service.rides.sending import send_list
from wellbeing_bot.service.rides.telling import tell_coordinators
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import raise_task
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import DriverAsk, Reminder, Ride, RideProvider, Session_
from wellbeing_bot.store.states import RideState, SessionState, Urgency


def ride_cutoff(work: Work, reminder: Reminder) -> datetime | None:
    """The list goes to the provider."""
    session = work.session.get_one(Session_, reminder.session_id)
    provider = work.session.get_one(RideProvider, int(reminder.payload["provider"]))
    send_list(work, provider, session)
    return None


def ride_evening(work: Work, reminder: Reminder) -> datetime | None:
    """The evening before: the pick-up time, or honestly that there is none yet."""
    ride = work.session.get_one(Ride, reminder.ride_id)
    session, person = ride.place.session, ride.place.person
    if ride.state not in UNDER_WAY or not ride.place.state.coming:
        return None
    if session.state is not SessionState.PLANNED:
        return None
    known = ride.state is RideState.CONFIRMED
    notice = "ride_evening" if ride.there else "ride_evening_home"
    tell(
        work,
        person,
        notice if known else "ride_evening_no_time",
        {
            "driver": driver_words(ride),
            "time": time_words(ride),
            "when": when_words(session.starts_at, work.zone, person.language),
            "group": neutral_name(session.group),
        },
        session=session,
        occurrence=f"ride_evening:{ride.id}:{session.moves}",
        expires_at=session.starts_at,
    )
    if known:
        _remind_driver(work, ride)
    else:
        _still_open(work, ride)
    return None


def _remind_driver(work: Work, ride: Ride) -> None:
    """A volunteer is reminded as well; a provider has its list."""
    provider, session = ride.provider, ride.place.session
    if provider is None or not provider.volunteer or provider.person is None:
        return
    tell(
        work,
        provider.person,
        "driver_evening",
        {
            "patient": ride.place.person.first_name or "somebody",
            "pick_up": ride.pick_up or "the address our team gave you",
            "time": time_words(ride),
            "ways": ways_words(ride.there, ride.back),
            "when": when_words(session.starts_at, work.zone, provider.person.language),
        },
        session=session,
        occurrence=f"driver_evening:{ride.id}:{session.moves}:{provider.id}",
        expires_at=session.starts_at,
    )


def _still_open(work: Work, ride: Ride) -> None:
    session = ride.place.session
    task = raise_task(
        work,
        "ride_unanswered",
        urgency=Urgency.URGENT,
        person=ride.place.person,
        session_id=session.id,
        place_id=ride.place_id,
        ride_id=ride.id,
        occurrence=f"ride_unanswered:{ride.id}:{session.moves}",
        due_at=session.starts_at,
        summary="Their lift is for tomorrow and has no pick-up time. Please ring the driver and them.",
    )
    tell_coordinators(
        work,
        "ride_unanswered_coordinator",
        {"when": when_words(session.starts_at, work.zone), "task_number": task.id},
        f"ride_unanswered:{ride.id}:{session.moves}",
    )


def driver_deadline(work: Work, reminder: Reminder) -> datetime | None:
    """The driver did not answer in time."""
    drivers.ran_out(work, work.session.get_one(DriverAsk, int(reminder.payload["ask"])))
    return None


def settle_ride(work: Work, reminder: Reminder) -> datetime | None:
    """Nobody said how it went: that is unknown, never "taken"."""
    ride = work.session.get_one(Ride, reminder.ride_id)
    if ride.state in UNDER_WAY:
        ride.state = RideState.UNKNOWN
        work.session.flush()
        list_answered(work, ride)
    drivers.settle(work, ride)
    return None


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {
    "ride_cutoff": ride_cutoff,
    "ride_evening": ride_evening,
    "driver_deadline": driver_deadline,
    "settle_ride": settle_ride,
}
