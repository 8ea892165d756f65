"""Signing up and changing one's mind, for one session or for a group's every week."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.activities.sessions import room_for
from wellbeing_bot.service.clinics import waiting
from wellbeing_bot.service.places import unwinding, waiting_lists
from wellbeing_bot.service.places.booking import booked, coming_places, first_time, place_of
from wellbeing_bot.service.places.offering import offer_next
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Membership, Person, Place, Session_
from wellbeing_bot.store.states import PlaceState, SessionState


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
        booked(work, place)
    else:
        waiting_lists.close_when_begun(work, session)
    return place


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
