"""The day itself: nobody came, still waiting, running late. The coordinator hears of it at once."""

from __future__ import annotations

from datetime import time

from wellbeing_bot.service.rides.drivers import promised
from wellbeing_bot.service.rides.rows import coming_rides, last_ride
from wellbeing_bot.service.rides.saying import driver_words, phone_words, time_words
from wellbeing_bot.service.rides.telling import tell_coordinators, urgent_on_the_day
from wellbeing_bot.service.sending.outbox import reply, tell
from wellbeing_bot.service.tasks import join
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, DriverAsk, InboundRow, Person, Ride
from wellbeing_bot.store.states import RideState
from wellbeing_bot.understanding.ride_words import Trouble, read_trouble

SUMMARIES = {
    Trouble.NOBODY_CAME: "Says that nobody came for them. Please ring them and the driver now.",
    Trouble.STILL_WAITING: "Is still waiting for the lift. Please ring them and the driver now.",
    Trouble.RUNNING_LATE: "Is running late for the lift. Please tell the driver.",
}


def hear_trouble(work: Work, inbound: InboundRow, address: AddressRow, people: list[Person]) -> bool:
    """Take up a text about a lift of today. False when it is about something else.

    It is heard before any open question and whatever a human has in hand: somebody may stand in the rain.
    """
    for person in people:
        ride = ride_today(work, person)
        ask = None if ride else drive_today(work, person)
        if ride is None and ask is None:
            continue
        trouble = read_trouble(inbound.text)
        if trouble is None:
            return False
        if ride is not None:
            _passenger(work, inbound, address, person, ride, trouble)
            return True
        if ask is not None and trouble is Trouble.RUNNING_LATE:
            _driver(work, inbound, address, person, ask)
            return True
    return False


def ride_today(work: Work, person: Person) -> Ride | None:
    """The lift somebody has, or hopes for, today."""
    today = work.local_now.date()
    for ride in coming_rides(work, person):
        day = ride.place.session.starts_at.astimezone(work.zone).date()
        if day == today and ride.state is not RideState.REFUSED:
            return ride
    return _just_over(work, person)


def _just_over(work: Work, person: Person) -> Ride | None:
    """The lift home of something that ended today, or one that nobody came for."""
    ride = last_ride(work, person)
    if ride is None or ride.state not in {RideState.CONFIRMED, RideState.SENT, RideState.NOBODY_CAME}:
        return None
    day = ride.place.session.starts_at.astimezone(work.zone).date()
    return ride if day == work.local_now.date() else None


def drive_today(work: Work, person: Person) -> DriverAsk | None:
    """The lift a volunteer is to give today."""
    today = work.local_now.date()
    for ask in promised(work, person):
        if ask.ride.place.session.starts_at.astimezone(work.zone).date() == today:
            return ask
    return None


def _passenger(
    work: Work, inbound: InboundRow, address: AddressRow, person: Person, ride: Ride, trouble: Trouble
) -> None:
    kind = "running_late" if trouble is Trouble.RUNNING_LATE else "ride_trouble"
    if trouble is Trouble.NOBODY_CAME and _should_have_come(work, ride):
        ride.state = RideState.NOBODY_CAME
        work.session.flush()
    task = urgent_on_the_day(work, ride, kind, SUMMARIES[trouble])
    join(work, task, inbound)
    told = tell_coordinators(
        work,
        f"{trouble.value}_coordinator",
        {
            "patient": person.first_name or "Somebody",
            "driver": driver_words(ride),
            "time": time_words(ride),
            "task_number": task.id,
            "phone": phone_words(ride.phone) or "no number",
        },
        f"{kind}:{inbound.id}",
        at_once=True,
    )
    provider = ride.provider
    number = f" The number of {provider.name} is {provider.phone}." if provider and provider.phone else ""
    reply(
        work,
        address,
        "late_for_lift_noted" if trouble is Trouble.RUNNING_LATE else "lift_trouble_noted",
        {"told": "our coordinator" if told else "the person on duty", "number": number},
        person=person,
        session=ride.place.session,
    )


def _should_have_come(work: Work, ride: Ride) -> bool:
    """Whether the pick-up window has begun: before it, nobody having come is as it should be."""
    if ride.window_from is None:
        return ride.there or work.now >= ride.place.session.ends_at
    return work.local_now.time().replace(tzinfo=None) >= time.fromisoformat(ride.window_from)


def _driver(work: Work, inbound: InboundRow, address: AddressRow, driver: Person, ask: DriverAsk) -> None:
    ride = ask.ride
    task = urgent_on_the_day(work, ride, "driver_late", "The volunteer driver is running late.")
    join(work, task, inbound)
    passenger = ride.place.person
    tell_coordinators(
        work,
        "driver_late_coordinator",
        {
            "driver": driver.first_name or "The driver",
            "patient": passenger.first_name or "somebody",
            "task_number": task.id,
        },
        f"driver_late:{inbound.id}",
        at_once=True,
    )
    tell(
        work,
        passenger,
        "driver_is_late",
        {"driver": driver_words(ride)},
        session=ride.place.session,
        occurrence=f"driver_late:{inbound.id}:{passenger.id}",
        expires_at=ride.place.session.ends_at,
    )
    reply(work, address, "driver_late_noted", person=driver, session=ride.place.session)
