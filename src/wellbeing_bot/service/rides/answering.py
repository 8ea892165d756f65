"""The provider's answer: a pick-up window or a refusal. The patient is told either way."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.rides.asking import plan_for_ride
from wellbeing_bot.service.rides.rows import WITH_PROVIDER, rides_on_list
from wellbeing_bot.service.rides.saying import driver_words, time_words
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import due_in, finish, finish_occurrence, raise_task
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Ride, RideProvider, Session_, Task
from wellbeing_bot.store.states import RideState, TaskState, Urgency

ANSWERABLE = (RideState.REQUESTED, RideState.SENT, RideState.CONFIRMED, RideState.REFUSED)
"""A ride that is withdrawn or over takes no answer any more."""

ABOUT_A_RIDE = ("late_ride", "ride_wanted", "no_driver", "ride_refused", "ride_unanswered", "ride_moved")
"""Tasks that a confirmed ride has done with."""


def confirm(work: Work, ride: Ride, window_from: str | None, window_until: str | None, by: str) -> None:
    """The ride is on. The window is local wall time, HH:MM; a ride home only may have none.

    Confirming again with the same window tells nobody twice; a new window is told.
    """
    ride.state = RideState.CONFIRMED
    ride.window_from, ride.window_until = window_from, window_until or window_from
    ride.why_refused = ""
    ride.answered_at = work.now
    if ride.sent_at is None:
        ride.sent_at = work.now
    work.session.flush()
    finish_tasks(work, ride, by)
    list_answered(work, ride)
    plan_for_ride(work, ride)
    session, person = ride.place.session, ride.place.person
    tell(
        work,
        person,
        "ride_confirmed" if ride.there else "ride_home_confirmed",
        {
            "driver": driver_words(ride),
            "time": time_words(ride),
            "when": when_words(session.starts_at, work.zone, person.language),
            "group": neutral_name(session.group),
            "pick_up": ride.pick_up,
            "and_home": " and take you home after" if ride.back else "",
        },
        session=session,
        occurrence=f"ride_confirmed:{ride.id}:{session.moves}:{ride.window_from}-{ride.window_until}",
        expires_at=session.ends_at,
    )


def refuse(work: Work, ride: Ride, why: str) -> None:
    """The provider cannot take them: they are told, and a person looks for another way."""
    provider = ride.provider
    ride.state = RideState.REFUSED
    ride.why_refused = why[:200]
    ride.window_from = ride.window_until = None
    ride.answered_at = work.now
    work.session.flush()
    list_answered(work, ride)
    session, person = ride.place.session, ride.place.person
    tell(
        work,
        person,
        "ride_refused",
        {
            "when": when_words(session.starts_at, work.zone, person.language),
            "group": neutral_name(session.group),
        },
        session=session,
        occurrence=f"ride_refused:{ride.id}:{session.moves}:{provider.id if provider else 0}",
        expires_at=session.ends_at,
    )
    raise_task(
        work,
        "ride_refused",
        urgency=Urgency.SOON,
        person=person,
        session_id=session.id,
        place_id=ride.place_id,
        ride_id=ride.id,
        occurrence=f"ride_refused:{ride.id}:{session.moves}:{provider.id if provider else 0}",
        due_at=work.now + max(session.starts_at - work.now, due_in(work, 1) - work.now) / 2,
        summary="The provider cannot take them. Please find another lift, or ring them.",
    )


def finish_tasks(work: Work, ride: Ride, by: str) -> None:
    """The ride is settled: the tasks that asked for it are done."""
    for task in work.session.scalars(
        select(Task).where(Task.ride_id == ride.id, Task.kind.in_(ABOUT_A_RIDE), Task.state != TaskState.DONE)
    ):
        finish(work, task, by)


def list_answered(work: Work, ride: Ride) -> None:
    """When nothing on a provider's list waits for an answer any more, its task is done."""
    provider = ride.provider
    if provider is not None:
        answered(work, provider, ride.place.session)


def answered(work: Work, provider: RideProvider, session: Session_) -> bool:
    """Whether every ride on the list has an answer; its task is done then."""
    if any(ride.state is RideState.SENT for ride in rides_on_list(work, provider, session)):
        return False
    finish_occurrence(work, list_occurrence(provider, session), "every lift has an answer")
    return True


def list_occurrence(provider: RideProvider, session: Session_) -> str:
    """The name of the task about a provider's list."""
    return f"ride_list:{provider.id}:{session.id}:{session.moves}"


def counts_on_it(ride: Ride) -> bool:
    """Whether the provider has this ride and must hear of a change."""
    return ride.state in WITH_PROVIDER and ride.provider_id is not None
