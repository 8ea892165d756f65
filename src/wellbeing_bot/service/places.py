"""Signing up: places, waiting lists, changing one's mind, and all that hangs on a place."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from wellbeing_bot.service import unwinding, waiting_lists
from wellbeing_bot.service.calls.asking import offer_place
from wellbeing_bot.service.calls.putting import number_to_ring
from wellbeing_bot.service.clinics import times as clinic_times
from wellbeing_bot.service.clinics import waiting
from wellbeing_bot.service.finding import neutral_name
from wellbeing_bot.service.lunches import slots
from wellbeing_bot.service.people import open_referral, person_is_held, reach
from wellbeing_bot.service.reminders import plan_for_place
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.sessions import meeting_point, room_for
from wellbeing_bot.service.tasks import raise_task, schedule
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import ClinicWait, Group, Membership, Person, Place, Session_
from wellbeing_bot.store.states import PlaceState, ReferralState, SessionState


def place_of(work: Work, person: Person, session: Session_) -> Place | None:
    """A person's place on a session, whatever its state."""
    return work.session.scalar(
        select(Place).where(Place.person_id == person.id, Place.session_id == session.id)
    )


def first_time(work: Work, person: Person, group: Group) -> bool:
    """Whether somebody has never yet been to a group."""
    been = work.session.scalar(
        select(Place.id)
        .join(Session_, Session_.id == Place.session_id)
        .where(
            Place.person_id == person.id, Session_.group_id == group.id, Place.state == PlaceState.ATTENDED
        )
        .limit(1)
    )
    return been is None


def sign_up(work: Work, person: Person, session: Session_, *, party: int = 1, source: str = "self") -> Place:
    """Book a place, or the end of the waiting list where the session is full.

    Signing up again changes nothing; after withdrawing it starts afresh.
    """
    place = place_of(work, person, session)
    if place is not None and place.state.open:
        return place
    state = PlaceState.BOOKED if room_for(work, session, party) else PlaceState.WAITLISTED
    if place is None:
        place = Place(
            network_id=work.network.id,
            session_id=session.id,
            person_id=person.id,
            state=state,
            queued_at=work.now,
        )
        work.session.add(place)
    place.state = state
    place.party = party
    place.queued_at = work.now
    place.source = source
    place.first_time = first_time(work, person, session.group)
    place.wants_meeting = False
    work.session.flush()
    if state is PlaceState.BOOKED:
        _booked(work, place)
    else:
        waiting_lists.close_when_begun(work, session)
    return place


def _booked(work: Work, place: Place) -> None:
    clinic_times.give_time(work, place)
    waiting.end(work, place.person, place.session.group, "booked")
    plan_for_place(work, place)
    referral = open_referral(work, place.person)
    if referral is not None and referral.state is ReferralState.WAITING:
        referral.state = ReferralState.BOOKED
        referral.booked_at = work.now


def confirm(work: Work, place: Place) -> None:
    """They said they are coming."""
    if place.state in {PlaceState.BOOKED, PlaceState.OFFERED}:
        place.state = PlaceState.CONFIRMED
        work.session.flush()


def withdraw(work: Work, place: Place, *, why: str = "patient") -> None:
    """They are not coming. The champion is freed and told, the ride cancelled, the seat offered on."""
    if not place.state.open:
        return
    held_seat = place.state is not PlaceState.WAITLISTED
    place.state = PlaceState.WITHDRAWN
    place.why_off = why
    place.offered_until = None
    work.session.flush()
    unwinding.unwind(work, place, because=why)
    if held_seat:
        offer_next(work, place.session)


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
    from wellbeing_bot.service.talking import start  # an offer is a conversation, and those book places

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
    _booked(work, place)
    return True


def offer_ran_out(work: Work, place: Place) -> None:
    """Nobody answered in time: the seat goes to the next, and the person is told once."""
    if place.state is not PlaceState.OFFERED:
        return
    place.state = PlaceState.WITHDRAWN
    place.why_off = "no_answer"
    place.offered_until = None
    work.session.flush()
    unwinding.close_questions(work, subject=f"place:{place.id}", outcome="ran_out")
    unwinding.close_questions(work, subject=f"clinic:{place.id}", outcome="ran_out")
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


def join_group(work: Work, person: Person, group: Group) -> Membership:
    """Keep a place for somebody every week, from the sessions that are still to come."""
    member = work.session.scalar(
        select(Membership).where(
            Membership.person_id == person.id, Membership.group_id == group.id, Membership.ended_at.is_(None)
        )
    )
    if member is None:
        member = Membership(
            network_id=work.network.id, group_id=group.id, person_id=person.id, since=work.now
        )
        work.session.add(member)
        work.session.flush()
        for session in work.session.scalars(
            select(Session_)
            .where(
                Session_.group_id == group.id,
                Session_.state == SessionState.PLANNED,
                Session_.starts_at > work.now,
                Session_.planned_at.is_not(None),
                Session_.id.not_in(select(Place.session_id).where(Place.person_id == person.id)),
            )
            .order_by(Session_.starts_at)
        ):
            sign_up(work, person, session, source="member")
    return member


def leave_group(work: Work, person: Person, group: Group, why: str = "patient") -> None:
    """End a weekly place and withdraw from every session to come."""
    for member in work.session.scalars(
        select(Membership).where(
            Membership.person_id == person.id, Membership.group_id == group.id, Membership.ended_at.is_(None)
        )
    ):
        member.ended_at = work.now
        member.why_ended = why
    waiting.end(work, person, group, "left")
    for place in coming_places(work, person, group):
        withdraw(work, place, why=why)


def coming_places(work: Work, person: Person, group: Group | None = None) -> list[Place]:
    """What somebody is booked on, offered or waiting for, soonest first."""
    query = (
        select(Place)
        .join(Session_, Session_.id == Place.session_id)
        .where(
            Place.person_id == person.id,
            Place.state.in_(
                [PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.OFFERED, PlaceState.WAITLISTED]
            ),
            Session_.ends_at > work.now,
        )
        .order_by(Session_.starts_at)
    )
    if group is not None:
        query = query.where(Session_.group_id == group.id)
    return list(work.session.scalars(query))


def session_facts(work: Work, session: Session_, language: str = "en") -> dict[str, str]:
    """What most texts about a session need to know."""
    return {
        "group": session.group.name,
        "when": when_words(session.starts_at, work.zone, language),
        "meeting_point": meeting_point(work, session),
    }
