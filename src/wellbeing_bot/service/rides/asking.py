"""Asking for a ride: who may be able to drive, and what happens when it is late or nobody can."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Literal

from wellbeing_bot.service.places.reminders import ask_patient_about
from wellbeing_bot.service.rides import drivers
from wellbeing_bot.service.rides.carrying import can_carry
from wellbeing_bot.service.rides.cutoff import cutoff_of, is_late
from wellbeing_bot.service.rides.rows import open_asks, providers, rides_of
from wellbeing_bot.service.rides.telling import tell_provider
from wellbeing_bot.service.sending.quiet import is_quiet
from wellbeing_bot.service.tasks import raise_task, schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Place, Ride, RideProvider, Session_
from wellbeing_bot.store.states import RideState, Urgency

Asked = Literal["asked", "asking_driver", "late", "by_hand"]
"""On a list that goes to a provider; a volunteer is asked now; too late for that; nobody drives here."""

EVENING = time(17, 30)
"""The reminder with the pick-up time: late enough to be "the evening before", well before quiet hours."""

SETTLED_AFTER = timedelta(days=2)
"""Silence about a ride is unknown after this, as it is about a place."""


@dataclass(frozen=True)
class Wanted:
    """What the driver must know."""

    there: bool
    back: bool
    pick_up: str
    needs: tuple[str, ...]
    party: int
    phone: str


def request(work: Work, place: Place, wanted: Wanted) -> tuple[Ride, Asked]:
    """Ask for a ride for a place. Asking again while one is under way puts its details right."""
    ride = next(iter(rides_of(work, place)), None)
    if ride is None:
        ride = Ride(
            network_id=work.network.id,
            place_id=place.id,
            session_id=place.session_id,
            person_id=place.person_id,
            requested_at=work.now,
            state=RideState.REQUESTED,
        )
        work.session.add(ride)
    before = _details(ride)
    ride.there, ride.back = wanted.there, wanted.back
    ride.pick_up = wanted.pick_up[:200]
    ride.needs = list(wanted.needs)
    ride.party = wanted.party
    ride.phone = wanted.phone
    work.session.flush()
    plan_for_ride(work, ride)
    return ride, _with_new_details(work, ride, changed=_details(ride) != before)


def ask_for(
    work: Work,
    ride: Ride,
    *,
    pick_up: str | None = None,
    needs: tuple[str, ...] | None = None,
    party: int | None = None,
) -> Asked:
    """Put one thing right about a ride that is under way; whoever drives hears of it."""
    wanted = Wanted(
        there=ride.there,
        back=ride.back,
        pick_up=ride.pick_up if pick_up is None else pick_up,
        needs=tuple(ride.needs) if needs is None else needs,
        party=ride.party if party is None else party,
        phone=ride.phone,
    )
    return request(work, ride.place, wanted)[1]


def _details(ride: Ride) -> tuple[object, ...]:
    return (ride.there, ride.back, ride.pick_up, tuple(ride.needs or ()), ride.party, ride.phone)


def _with_new_details(work: Work, ride: Ride, *, changed: bool) -> Asked:
    """Whoever has the ride already is told; a volunteer who cannot carry it any more gives way to another."""
    asked = next(iter(open_asks(work, ride)), None)
    if asked is not None and not can_carry(asked.provider, ride.needs, ride.party):
        drivers.let_go(work, ride, asked)
        return find_provider(work, ride)
    if ride.state is RideState.REQUESTED:
        return "asking_driver" if asked is not None else find_provider(work, ride)
    if changed:
        details_changed(work, ride)
    return "asked"


def find_provider(work: Work, ride: Ride) -> Asked:
    """Put a ride on the next list that has not gone yet, else ask a volunteer, else tell a person."""
    session = ride.place.session
    lists = providers(work, volunteer=False)
    in_time = [provider for provider in lists if not is_late(work, provider, session)]
    if in_time:
        _put_on_list(work, ride, _best(in_time, ride))
        return "asked"
    volunteers = providers(work, volunteer=True)
    if lists or (volunteers and all(is_late(work, provider, session) for provider in volunteers)):
        _late(work, ride)
        return "late"
    if volunteers:
        return "asking_driver" if drivers.ask_next(work, ride, tell_patient=False) else "by_hand"
    _by_hand(work, ride)
    return "by_hand"


def take_up(work: Work, ride: Ride) -> None:
    """Plan what is due about a ride that was put on record from outside, as if it had been asked for here."""
    plan_for_ride(work, ride)
    if ride.state is not RideState.REQUESTED:
        return
    provider = ride.provider
    if ride.late or (provider is not None and is_late(work, provider, ride.place.session)):
        _late(work, ride)
    elif provider is not None and not provider.volunteer:
        _put_on_list(work, ride, provider)
    else:
        find_provider(work, ride)


def _best(in_time: list[RideProvider], ride: Ride) -> RideProvider:
    """One that can carry them by its record; else the first, which sees the need on its list and answers."""
    return next((one for one in in_time if can_carry(one, ride.needs, ride.party)), in_time[0])


def _put_on_list(work: Work, ride: Ride, provider: RideProvider) -> None:
    ride.provider = provider
    work.session.flush()
    session = ride.place.session
    reminder = schedule(
        work,
        "ride_cutoff",
        f"ride_cutoff:{provider.id}:{session.id}:{session.moves}",
        cutoff_of(work, provider, session),
        expires_at=session.starts_at,
        session_id=session.id,
    )
    reminder.payload = {"provider": provider.id}


def _late(work: Work, ride: Ride) -> None:
    ride.late = True
    work.session.flush()
    _for_a_person(
        work, ride, "late_ride", "Asked for a lift after the list had gone. Please find one, or say no."
    )


def _by_hand(work: Work, ride: Ride) -> None:
    _for_a_person(
        work, ride, "ride_wanted", "Needs a lift, and nobody on record can drive them. Please arrange it."
    )


def time_missing(work: Work, ride: Ride) -> None:
    """A driver has said yes and given no time: a person asks."""
    _for_a_person(
        work, ride, "ride_unanswered", "The driver has said yes but not when. Please ask, and confirm it."
    )


def _for_a_person(work: Work, ride: Ride, kind: str, summary: str) -> None:
    session = ride.place.session
    raise_task(
        work,
        kind,
        urgency=Urgency.SOON,
        person=ride.place.person,
        session_id=session.id,
        place_id=ride.place_id,
        ride_id=ride.id,
        occurrence=f"{kind}:{ride.id}:{session.moves}",
        due_at=work.now + max(session.starts_at - work.now, timedelta()) / 2,
        summary=summary,
    )


def details_changed(work: Work, ride: Ride) -> None:
    """The provider has the ride already: tell it, and have a person make sure that it was heard."""
    occurrence = f"ride_changed:{ride.id}:{work.now.isoformat()}"
    if not tell_provider(work, ride, "ride_changed_provider", occurrence):
        return  # that is a task already
    raise_task(
        work,
        "ride_changed",
        urgency=Urgency.SOON,
        person=ride.place.person,
        session_id=ride.session_id,
        place_id=ride.place_id,
        ride_id=ride.id,
        occurrence=occurrence,
        due_at=work.now + max(ride.place.session.starts_at - work.now, timedelta()) / 2,
        summary="A lift changed after the driver was told. Please make sure that the driver knows.",
    )


def plan_for_ride(work: Work, ride: Ride) -> None:
    """The reminder the evening before, the question afterwards, and the end of waiting for an answer."""
    session = ride.place.session
    about: dict[str, Any] = {
        "ride_id": ride.id,
        "place_id": ride.place_id,
        "session_id": session.id,
        "person_id": ride.person_id,
    }
    key = f"{ride.id}:{session.moves}"
    evening = evening_before(work, session)
    if work.now < evening < session.starts_at:
        schedule(
            work,
            "ride_evening",
            f"ride_evening:{key}",
            evening,
            expires_at=evening + timedelta(hours=2),
            **about,
        )
    schedule(work, "settle_ride", f"settle_ride:{key}", session.ends_at + SETTLED_AFTER, **about)
    ask_patient_about(work, ride.place)


def evening_before(work: Work, session: Session_) -> datetime:
    """When the reminder of the lift is due (UTC): the evening before, never in quiet hours."""
    settings = work.settings
    day = session.starts_at.astimezone(work.zone).date() - timedelta(days=1)
    evening = datetime.combine(day, EVENING, tzinfo=work.zone)
    if is_quiet(evening, settings.quiet_from, settings.quiet_until, work.zone):
        evening = datetime.combine(day, settings.quiet_from, tzinfo=work.zone) - timedelta(minutes=30)
    return evening.astimezone(UTC)
