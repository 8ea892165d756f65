"""A ride that changes, is not wanted, or loses its place: whoever drives hears of it, once."""

from __future__ import annotations

from sqlalchemy import update

from wellbeing_bot.service.rides import drivers
from wellbeing_bot.service.rides.answering import counts_on_it, finish_tasks, list_answered
from wellbeing_bot.service.rides.asking import details_changed, find_provider, plan_for_ride
from wellbeing_bot.service.rides.rows import open_asks, rides_of, rides_to
from wellbeing_bot.service.rides.telling import tell_about_lifts, tell_provider
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import raise_task
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Person, Place, Reminder, Ride, Session_
from wellbeing_bot.store.states import ReminderState, RideState, Urgency


def withdraw(work: Work, ride: Ride) -> None:
    """They do not want the ride any more; their place stays. Whoever drives is told if they count on it."""
    _end(work, ride, RideState.WITHDRAWN)


def place_gone(work: Work, place: Place, *, because: str) -> None:
    """The place is no more, so the ride is not needed. For a session that is off, see ``session_off``."""
    off = because == "called_off"
    for ride in rides_of(work, place):
        _end(work, ride, RideState.CALLED_OFF if off else RideState.WITHDRAWN, tell_driver=not off)


def _end(work: Work, ride: Ride, state: RideState, *, tell_driver: bool = True) -> None:
    asks = open_asks(work, ride)
    told = counts_on_it(ride)
    ride.state = state
    work.session.flush()
    if tell_driver and told:
        tell_provider(work, ride, "ride_withdrawn_provider", f"ride_withdrawn:{ride.id}")
    elif tell_driver:
        for ask in asks:
            _tell_asked(work, ride, ask.provider.person)
    drivers.stand_down(work, ride, off=state is RideState.CALLED_OFF)
    finish_tasks(work, ride, "no longer needed")
    list_answered(work, ride)
    work.session.execute(
        update(Reminder)
        .where(
            Reminder.ride_id == ride.id,
            Reminder.state == ReminderState.DUE,
            Reminder.kind.in_(["ride_evening", "settle_ride"]),
        )
        .values(state=ReminderState.WITHDRAWN)
    )


def _tell_asked(work: Work, ride: Ride, driver: Person | None) -> None:
    """Somebody who was asked and has not answered yet."""
    if driver is not None:
        session = ride.place.session
        tell(
            work,
            driver,
            "drive_not_needed",
            {
                "patient": ride.place.person.first_name or "Somebody",
                "when": when_words(session.starts_at, work.zone, driver.language),
            },
            session=session,
            occurrence=f"ride_withdrawn:{ride.id}:{driver.id}",
            expires_at=session.ends_at,
        )


def change_ways(work: Work, ride: Ride, *, there: bool, back: bool) -> None:
    """Only one way is wanted now, or both again. Neither is the same as ``withdraw``."""
    if not there and not back:
        withdraw(work, ride)
        return
    dropped_there = ride.there and not there
    ride.there, ride.back = there, back
    if dropped_there:
        ride.window_from = ride.window_until = None  # it was the time of the way there
    work.session.flush()
    if counts_on_it(ride):
        details_changed(work, ride)


def riders(work: Work, session: Session_) -> set[int]:
    """The people who have a ride to a session under way, by number."""
    return {ride.person_id for ride in rides_to(work, session)}


def session_off(work: Work, session: Session_) -> list[Person]:
    """Who drives to a session that is being called off, before its places are unwound.

    Volunteers who were asked or said yes, and the contacts of those whose list has gone; a provider who
    cannot be texted is a task.
    """
    found: dict[int, Person] = {}
    listed = {}
    for ride in rides_to(work, session):
        for ask in open_asks(work, ride):
            if ask.provider.person is not None:
                found[ask.provider.person.id] = ask.provider.person
        provider = ride.provider
        if counts_on_it(ride) and provider is not None and not provider.volunteer:
            listed[provider.id] = provider
    for provider in listed.values():
        facts = {"when": when_words(session.starts_at, work.zone)}
        occurrence = f"called_off:{session.id}:{provider.person_id or f'provider:{provider.id}'}"
        tell_about_lifts(work, provider, session, "lifts_off", facts, occurrence)
    return list(found.values())


def session_moved(work: Work, session: Session_, *, new_time: bool) -> None:
    """A session has moved: what was not sent yet waits for the new cut-off, what was sent is asked afresh."""
    told = {}
    for ride in rides_to(work, session):
        plan_for_ride(work, ride)
        if ride.state is RideState.REQUESTED:
            if not open_asks(work, ride):
                find_provider(work, ride)
            continue
        if new_time:
            ride.state = RideState.SENT
            ride.window_from = ride.window_until = None
            raise_task(
                work,
                "ride_moved",
                urgency=Urgency.SOON,
                person=ride.place.person,
                session_id=session.id,
                place_id=ride.place_id,
                ride_id=ride.id,
                occurrence=f"ride_moved:{ride.id}:{session.moves}",
                summary="The session moved after the lift was arranged. Please ask the driver again.",
            )
        if ride.provider is not None:
            told[ride.provider.id] = ride.provider
    work.session.flush()
    for provider in told.values():
        facts = {
            "when": when_words(session.starts_at, work.zone),
            "meeting_point": drivers.place_name(work, session),
        }
        occurrence = f"lifts_moved:{session.id}:{session.moves}:{provider.id}"
        tell_about_lifts(work, provider, session, "lifts_moved", facts, occurrence)
