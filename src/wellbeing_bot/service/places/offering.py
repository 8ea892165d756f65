"""A seat that is free goes to whoever waits: offered with a deadline, taken, left, or passed on."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import room_for
from wellbeing_bot.service.calls.asking import offer_place
from wellbeing_bot.service.calls.putting import number_to_ring
from wellbeing_bot.service.clinics import times as clinic_times
from wellbeing_bot.service.clinics import waiting
from wellbeing_bot.service.lunches import slots
from wellbeing_bot.service.people import person_is_held, reach
from wellbeing_bot.service.places.booking import booked
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.talking import close_questions, start
from wellbeing_bot.service.tasks import raise_task, schedule
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import ClinicWait, Group, Place, Session_
from wellbeing_bot.store.states import PlaceState, SessionState


def offer_next(work: Work, session: Session_) -> None:
    """Offer a freed seat to the next on the waiting list, with a deadline.

    Somebody who cannot be asked by text is not passed over in silence: a person is told.
    """
    if session.state is not SessionState.PLANNED or session.starts_at <= work.now:
        return
    waiting.bring(work, session)
    queue = work.session.scalars(
        select(Place)
        .where(Place.session_id == session.id, Place.state == PlaceState.WAITLISTED)
        .order_by(Place.queued_at, Place.id)
    )
    for place in queue:
        if not room_for(work, session, place.party):
            continue
        may_ring = reach(work, place.person) is None and number_to_ring(work, place.person) is not None
        if not may_ring and (reach(work, place.person) is None or person_is_held(work, place.person)):
            raise_task(
                work,
                "offer_by_phone",
                person=place.person,
                session_id=session.id,
                place_id=place.id,
                occurrence=f"offer_by_phone:{place.id}",
                summary="A seat is free for somebody on the waiting list who cannot be texted.",
            )
            continue
        offer(work, place)
        return


def offer_clinic_times(work: Work) -> None:
    """Offer what is free at clinics, new days among it, to those who wait; each has one offer at a time."""
    clinics = select(Group).join(ClinicWait, ClinicWait.group_id == Group.id)
    for group in work.session.scalars(
        clinics.where(Group.network_id == work.network.id, ClinicWait.ended_at.is_(None)).order_by(Group.id)
    ).unique():
        for session in clinic_times.sessions_ahead(work, group):
            for _ in clinic_times.times_of(session):
                offer_next(work, session)


def offer(work: Work, place: Place) -> None:
    """Offer a freed seat to somebody on the waiting list, with a deadline to answer by."""
    session = place.session
    hours = timedelta(hours=work.settings.offer_hours)
    deadline = work.allowed(min(work.now + hours, work.now + (session.starts_at - work.now) / 2))
    if deadline >= session.starts_at:
        deadline = work.now + (session.starts_at - work.now) / 2
    place.state = PlaceState.OFFERED
    place.offered_until = deadline
    work.session.flush()
    clinic = clinic_times.is_clinic(session.group)
    clinic_times.give_time(work, place)
    address = reach(work, place.person)
    schedule(
        work,
        "offer_deadline",
        f"offer:{place.id}:{work.now.isoformat()}",
        deadline,
        place_id=place.id,
        person_id=place.person_id,
        session_id=session.id,
        address_id=address.id if address else None,
    )
    if address is None:
        offer_place(work, place, deadline)
        return
    start(
        work,
        "clinic_offered" if clinic else "place_offered",
        address,
        place.person,
        {
            "place": place.id,
            "first_name": place.person.first_name,
            "group": neutral_name(session.group),
            "when": when_words(clinic_times.place_time(work, place), work.zone, place.person.language),
            "by": when_words(deadline, work.zone, place.person.language),
        },
        session_id=session.id,
        # A clinic asks on after its time was left, so the question does not end with the place.
        subject=f"clinic:{place.id}" if clinic else f"place:{place.id}",
    )


def accept_offer(work: Work, place: Place) -> bool:
    """Take an offered seat. False when it has gone."""
    session = place.session
    if session.state is not SessionState.PLANNED or session.starts_at <= work.now:
        return False
    if place.state is PlaceState.WAITLISTED and not room_for(work, session, place.party):
        return False
    if place.state not in {PlaceState.OFFERED, PlaceState.WAITLISTED}:
        return place.state.coming
    place.state = PlaceState.BOOKED
    place.offered_until = None
    work.session.flush()
    booked(work, place)
    return True


def offer_ran_out(work: Work, place: Place) -> None:
    """Nobody answered in time: the seat goes to the next, and the person is told once."""
    if place.state is not PlaceState.OFFERED:
        return
    place.state = PlaceState.WITHDRAWN
    place.why_off = "no_answer"
    place.offered_until = None
    work.session.flush()
    close_questions(work, subject=f"place:{place.id}", outcome="ran_out")
    close_questions(work, subject=f"clinic:{place.id}", outcome="ran_out")
    slots.place_gone(work, place, because="no_answer")
    waiting.end(work, place.person, place.session.group, "no_answer")
    tell(
        work,
        place.person,
        "offer_ran_out",
        {"group": place.session.group.name},
        session=place.session,
        occurrence=f"offer_ran_out:{place.id}",
    )
    offer_next(work, place.session)
