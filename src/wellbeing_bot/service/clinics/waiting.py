"""Waiting for any time of a full clinic: whoever waits longest is offered the next that comes free."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.calls.putting import number_to_ring
from wellbeing_bot.service.clinics.times import free_times, is_clinic
from wellbeing_bot.service.people import person_is_held, reach
from wellbeing_bot.service.tasks import raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import ClinicWait, Group, Person, Place, Session_
from wellbeing_bot.store.states import PlaceState


def wait(work: Work, person: Person, group: Group) -> ClinicWait:
    """Put somebody at the end of the list. Asking twice keeps the place in it."""
    known = waiting_for(work, person, group)
    if known is not None:
        return known
    row = ClinicWait(
        network_id=work.network.id, group_id=group.id, person_id=person.id, since=work.now, outcome=""
    )
    work.session.add(row)
    work.session.flush()
    return row


def waiting_for(work: Work, person: Person, group: Group) -> ClinicWait | None:
    """Somebody's line on a clinic's list."""
    return work.session.scalar(
        select(ClinicWait).where(
            ClinicWait.person_id == person.id, ClinicWait.group_id == group.id, ClinicWait.ended_at.is_(None)
        )
    )


def waited_for(work: Work, person: Person) -> list[Group]:
    """The clinics somebody waits for."""
    return list(
        work.session.scalars(
            select(Group)
            .join(ClinicWait, ClinicWait.group_id == Group.id)
            .where(ClinicWait.person_id == person.id, ClinicWait.ended_at.is_(None))
            .order_by(ClinicWait.id)
        )
    )


def end(work: Work, person: Person, group: Group, outcome: str) -> None:
    """They need no more offers: they have a time, did not answer, or have left the list."""
    for row in work.session.scalars(
        select(ClinicWait).where(
            ClinicWait.person_id == person.id, ClinicWait.group_id == group.id, ClinicWait.ended_at.is_(None)
        )
    ):
        row.ended_at = work.now
        row.outcome = outcome
    work.session.flush()


def bring(work: Work, session: Session_) -> Place | None:
    """The next who waits, as a waiting place on this session, ready to be offered; None when nobody does.

    Nobody is offered the same session twice. Somebody no text or call reaches is a task, and is passed over.
    """
    if not is_clinic(session.group) or not free_times(work, session):
        return None
    rows = work.session.scalars(
        select(ClinicWait)
        .join(Person, Person.id == ClinicWait.person_id)
        .where(
            ClinicWait.group_id == session.group_id,
            ClinicWait.ended_at.is_(None),
            Person.erased_at.is_(None),
        )
        .order_by(ClinicWait.since, ClinicWait.id)
    )
    for row in rows:
        place = work.session.scalar(
            select(Place).where(Place.session_id == session.id, Place.person_id == row.person_id)
        )
        if place is not None and (place.state.open or place.queued_at >= row.since):
            continue
        if _has_offer(work, row) or not _can_be_asked(work, row):
            continue
        return _placed(work, session, row, place)
    return None


def _has_offer(work: Work, row: ClinicWait) -> bool:
    """Whether they are thinking about another time of this clinic already."""
    found = work.session.scalar(
        select(Place.id)
        .join(Session_, Session_.id == Place.session_id)
        .where(
            Place.person_id == row.person_id,
            Place.state == PlaceState.OFFERED,
            Session_.group_id == row.group_id,
        )
        .limit(1)
    )
    return found is not None


def _can_be_asked(work: Work, row: ClinicWait) -> bool:
    person = row.person
    if reach(work, person) is not None:
        return not person_is_held(work, person)
    if number_to_ring(work, person) is not None:
        return True
    raise_task(
        work,
        "offer_by_phone",
        person=person,
        occurrence=f"clinic_wait:{row.id}",
        summary="A time is free at a clinic for somebody on its waiting list who cannot be texted.",
    )
    return False


def _placed(work: Work, session: Session_, row: ClinicWait, place: Place | None) -> Place:
    if place is None:
        place = Place(network_id=work.network.id, session_id=session.id, person_id=row.person_id)
        work.session.add(place)
    place.state = PlaceState.WAITLISTED
    place.party = 1
    place.queued_at = work.now
    place.source = "waiting_list"
    place.first_time = False
    work.session.flush()
    return place
