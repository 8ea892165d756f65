"""Volunteer drivers: asked by text one at a time, never about what their car cannot carry."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import venue_of
from wellbeing_bot.service.people import person_is_held, reach
from wellbeing_bot.service.rides.carrying import can_carry, needs_words
from wellbeing_bot.service.rides.rows import open_asks, providers
from wellbeing_bot.service.rides.saying import ways_words
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.sending.quiet import reply_deadline
from wellbeing_bot.service.tasks import raise_task, schedule
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import DriverAsk, Person, Reminder, Ride, RideProvider, Session_
from wellbeing_bot.store.states import (
    MeetingState,
    ReminderState,
    RideState,
    SessionState,
    Urgency,
)

LEAST_NOTICE = timedelta(hours=2)
"""With less time than this before the start no driver is asked by text; a person sorts it out."""

RECENT = timedelta(days=60)
"""Asks count as recent this long; the driver with the fewest goes first."""


def ask_next(work: Work, ride: Ride, *, tell_patient: bool = True) -> bool:
    """Ask the next driver who can carry them; when there is none, or it is too late, tell a person.

    ``tell_patient`` is left out where the conversation itself says so. False when nobody could be asked.
    """
    session = ride.place.session
    asked_at = work.allowed(work.now)
    if session.starts_at - asked_at >= LEAST_NOTICE:
        if ride.ask_round == 0:
            ride.ask_round = 1
        for provider in candidates(work, ride):
            _ask(work, ride, provider, asked_at)
            return True
    _nobody(work, ride, tell_patient=tell_patient)
    return False


def candidates(work: Work, ride: Ride) -> list[RideProvider]:
    """Drivers who may be asked about this ride in this round, the first to ask first.

    Active, reachable, able to carry what is needed with the seats that are left that day, not driving
    themselves to it, not paused or away; fewest recent asks first, equal ones in order of entry.
    """
    asked = set(
        work.session.scalars(
            select(DriverAsk.provider_id).where(
                DriverAsk.ride_id == ride.id, DriverAsk.round == ride.ask_round
            )
        )
    )
    rows = work.session.execute(
        select(DriverAsk.provider_id, func.count())
        .where(DriverAsk.asked_at >= work.now - RECENT)
        .group_by(DriverAsk.provider_id)
    )
    recent = {provider_id: int(asks) for provider_id, asks in rows}
    fit = [
        provider
        for provider in providers(work, volunteer=True)
        if provider.id not in asked and _may_drive(work, provider, ride)
    ]
    return sorted(fit, key=lambda provider: (recent.get(provider.id, 0), provider.id))


def _may_drive(work: Work, provider: RideProvider, ride: Ride) -> bool:
    driver = provider.person
    if driver is None or driver.id == ride.person_id or driver.erased_at is not None:
        return False
    day = ride.place.session.starts_at.astimezone(work.zone).date()
    if driver.away_on(day):
        return False
    promised = seats_promised(work, provider, ride.place.session)
    if not can_carry(provider, ride.needs, ride.party + promised):
        return False
    return reach(work, driver) is not None and not person_is_held(work, driver)


def seats_promised(work: Work, provider: RideProvider, session: Session_) -> int:
    """Seats of this car that are taken, or asked about, for this session."""
    taken = work.session.scalar(
        select(func.coalesce(func.sum(Ride.party), 0))
        .join(DriverAsk, DriverAsk.ride_id == Ride.id)
        .where(
            DriverAsk.provider_id == provider.id,
            DriverAsk.state.in_([MeetingState.ASKED, MeetingState.ACCEPTED]),
            Ride.session_id == session.id,
        )
    )
    return int(taken or 0)


def _ask(work: Work, ride: Ride, provider: RideProvider, asked_at: datetime) -> None:
    from wellbeing_bot.service.talking import start  # asking is a conversation, and those run actions of ours

    session, settings, driver = ride.place.session, work.settings, provider.person
    deadline = reply_deadline(
        asked_at, session.starts_at, settings.quiet_from, settings.quiet_until, work.zone
    )
    ask = DriverAsk(
        network_id=work.network.id,
        ride_id=ride.id,
        provider_id=provider.id,
        round=ride.ask_round,
        asked_at=work.now,
        deadline=deadline,
    )
    work.session.add(ask)
    work.session.flush()
    assert driver is not None
    address = reach(work, driver)
    assert address is not None
    reminder = schedule(
        work,
        "driver_deadline",
        f"driver_deadline:{ask.id}",
        deadline,
        ride_id=ride.id,
        person_id=driver.id,
        session_id=session.id,
        address_id=address.id,
    )
    reminder.payload = {"ask": ask.id}
    start(
        work,
        "drive_request",
        address,
        driver,
        {
            "ask": ask.id,
            "driver": driver.first_name,
            "patient": ride.place.person.first_name or "somebody",
            "ways": ways_words(ride.there, ride.back),
            "group": neutral_name(session.group),
            "when": when_words(session.starts_at, work.zone, driver.language),
            "place_name": place_name(work, session),
            "needs": needs_words(ride.needs) or "nothing special",
            "people": ride.party,
            "by": when_words(deadline, work.zone, driver.language),
        },
        session_id=session.id,
        subject=f"drive:{ask.id}",
    )


def place_name(work: Work, session: Session_) -> str:
    """Where the driver takes them."""
    venue = venue_of(work, session)
    return venue.name if venue else session.meeting_point or "the usual place"


def accept(work: Work, ask: DriverAsk) -> str:
    """A driver says yes. Outcome: ``accepted``, ``sorted`` (somebody else has it) or ``off``.

    A yes after the deadline still counts while nobody else has been asked.
    """
    ride = ask.ride
    session = ride.place.session
    if not ride.place.state.open or session.state is not SessionState.PLANNED:
        return "off"
    if session.starts_at <= work.now or ride.state in {RideState.WITHDRAWN, RideState.CALLED_OFF}:
        return "off"
    others = [other for other in open_asks(work, ride) if other.id != ask.id]
    if others or (ride.state is RideState.CONFIRMED and ask.state is not MeetingState.ACCEPTED):
        return "sorted"
    ask.state = MeetingState.ACCEPTED
    ask.answered_at = work.now
    ride.provider = ask.provider
    ride.state = RideState.SENT
    ride.sent_at = ride.sent_at or work.now
    work.session.flush()
    _clear(work, ask)
    return "accepted"


def decline(work: Work, ask: DriverAsk) -> str:
    """A driver says no: the next is asked. ``off`` when it was no longer theirs to decline."""
    if ask.state is MeetingState.ACCEPTED:
        drop_out(work, ask)
        return "declined"
    if ask.state is not MeetingState.ASKED:
        return "off"
    ask.state = MeetingState.DECLINED
    ask.answered_at = work.now
    work.session.flush()
    _clear(work, ask)
    ask_next(work, ask.ride)
    return "declined"


def ran_out(work: Work, ask: DriverAsk) -> None:
    """No answer by the deadline: the next one is asked. A late yes is still thanked."""
    if ask.state is not MeetingState.ASKED:
        return
    ask.state = MeetingState.TIMED_OUT
    work.session.flush()
    if ask.ride.state is RideState.REQUESTED:
        ask_next(work, ask.ride)


def drop_out(work: Work, ask: DriverAsk) -> None:
    """A driver who had said yes cannot after all: the patient is told, and somebody else is asked."""
    ride = ask.ride
    ask.state = MeetingState.WITHDRAWN
    ride.state = RideState.REQUESTED
    ride.provider = None
    ride.sent_at = None
    ride.window_from = ride.window_until = None
    work.session.flush()
    _clear(work, ask)
    asked = ask_next(work, ride, tell_patient=False)
    session = ride.place.session
    tell(
        work,
        ride.place.person,
        "driver_dropped_out" if asked else "driver_dropped_out_nobody",
        {"when": when_words(session.starts_at, work.zone, ride.place.person.language)},
        session=session,
        occurrence=f"driver_dropped_out:{ask.id}",
        expires_at=session.ends_at,
    )


def stand_down(work: Work, ride: Ride, *, off: bool) -> None:
    """The ride is not needed: whoever was asked or had said yes is free, and their question is closed."""
    from wellbeing_bot.service.talking import close_questions  # those run actions of ours

    for ask in open_asks(work, ride):
        ask.state = MeetingState.CALLED_OFF if off else MeetingState.WITHDRAWN
        work.session.flush()
        _clear(work, ask)
        close_questions(work, subject=f"drive:{ask.id}", outcome="withdrawn")


def let_go(work: Work, ride: Ride, ask: DriverAsk) -> None:
    """The ride needs more than this driver's car carries: they are told that it is sorted otherwise."""
    driver = ask.provider.person
    stand_down(work, ride, off=False)
    ride.state = RideState.REQUESTED
    ride.provider = None
    ride.sent_at = None
    ride.window_from = ride.window_until = None
    ride.ask_round += 1
    work.session.flush()
    if driver is not None:
        session = ride.place.session
        tell(
            work,
            driver,
            "drive_let_go",
            {
                "patient": ride.place.person.first_name or "Somebody",
                "when": when_words(session.starts_at, work.zone, driver.language),
            },
            session=session,
            occurrence=f"drive_let_go:{ask.id}",
            expires_at=session.ends_at,
        )


def settle(work: Work, ride: Ride) -> None:
    """It is over: the driver drove, or nobody said so."""
    for ask in open_asks(work, ride):
        ask.state = MeetingState.MET if ride.state is RideState.TAKEN else MeetingState.UNKNOWN
    work.session.flush()


def promised(work: Work, person: Person) -> list[DriverAsk]:
    """The lifts a volunteer has said they will give, soonest first."""
    return list(
        work.session.scalars(
            select(DriverAsk)
            .join(Ride, Ride.id == DriverAsk.ride_id)
            .join(RideProvider, RideProvider.id == DriverAsk.provider_id)
            .join(Session_, Session_.id == Ride.session_id)
            .where(
                RideProvider.person_id == person.id,
                DriverAsk.state == MeetingState.ACCEPTED,
                Session_.ends_at > work.now,
            )
            .order_by(Session_.starts_at, DriverAsk.id)
        )
    )


def _nobody(work: Work, ride: Ride, *, tell_patient: bool) -> None:
    session, person = ride.place.session, ride.place.person
    raise_task(
        work,
        "no_driver",
        urgency=Urgency.SOON,
        person=person,
        session_id=session.id,
        place_id=ride.place_id,
        ride_id=ride.id,
        occurrence=f"no_driver:{ride.id}:{ride.ask_round}:{session.moves}",
        due_at=work.now + max(session.starts_at - work.now, timedelta()) / 2,
        summary="No volunteer driver could be found for them. Please find a lift, or ring them.",
    )
    if tell_patient:
        tell(
            work,
            person,
            "no_driver_yet",
            {"when": when_words(session.starts_at, work.zone, person.language)},
            session=session,
            occurrence=f"no_driver:{ride.id}:{ride.ask_round}",
            expires_at=session.starts_at,
        )


def _clear(work: Work, ask: DriverAsk) -> None:
    work.session.execute(
        update(Reminder)
        .where(Reminder.occurrence == f"driver_deadline:{ask.id}", Reminder.state == ReminderState.DUE)
        .values(state=ReminderState.WITHDRAWN)
    )
