"""Regular members' places on the sessions ahead, with what is due about each: rows made by the database.

A network may have a hundred thousand members. Their places and reminders differ in nothing but whose they
are, so that each step is one ``INSERT ... SELECT``; a few hundred members at a time, so that texts coming in
are answered between; and each time that more remain, what is left is itself a row that is due. A process
that dies leaves the plan where it was.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, and_, case, cast, exists, func, literal, not_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from wellbeing_bot.service.activities.sessions import taken
from wellbeing_bot.service.clinics.times import is_clinic
from wellbeing_bot.service.people import OPEN_REFERRAL
from wellbeing_bot.service.places.reminders import due_about_member
from wellbeing_bot.service.places.signing_up import sign_up
from wellbeing_bot.service.tasks import schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Membership, Person, Place, Referral, Reminder, Session_
from wellbeing_bot.store.states import PlaceState, ReferralState, ReminderState
from wellbeing_bot.store.types import Base

CHUNK = 500
"""Members planned in one transaction: some tens of milliseconds of the writer's time."""


def plan_members(work: Work, session: Session_, after: int = 0) -> int:
    """A place, with its reminders, for the next members of a session's group. Returns how many it looked at.

    ``after`` is the membership where an earlier step ended. Members who have a place there already, or gave
    it up, have decided about this session; running it again adds nothing.
    """
    session.planned_at = session.planned_at or work.now
    members = _members(work, session, after)
    if is_clinic(session.group):
        _one_by_one(work, session, after)
    elif members:
        newest = work.session.scalar(select(func.max(Place.id))) or 0
        _places(work, session, after, members[-1])
        _reminders(work, session, newest)
        _referrals(work, session, newest)
    if len(members) == CHUNK:
        plan_later(work, session, members[-1])
    return len(members)


def _one_by_one(work: Work, session: Session_, after: int) -> None:
    """A clinic sees few people, and gives each a time of their own."""
    day = session.starts_at.astimezone(work.zone).date()
    people = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            *_of_group(session, after),
            Person.erased_at.is_(None),
            Person.id.not_in(select(Place.person_id).where(Place.session_id == session.id)),
        )
        .order_by(Membership.id)
        .limit(CHUNK)
    )
    for person in work.session.scalars(people).all():
        if not person.away_on(day):
            sign_up(work, person, session, source="member")


def plan_later(work: Work, session: Session_, after: int = 0) -> None:
    """What is left of a session's members is planned as the next thing that is due."""
    session.planned_at = session.planned_at or work.now
    schedule(
        work,
        "plan_members",
        f"plan_members:{session.id}:{after}",
        work.now,
        session_id=session.id,
        payload={"after": after},
    )


def _members(work: Work, session: Session_, after: int) -> list[int]:
    work.session.flush()
    query = select(Membership.id).where(*_of_group(session, after)).order_by(Membership.id).limit(CHUNK)
    return list(work.session.scalars(query))


def _of_group(session: Session_, after: int) -> tuple[Any, ...]:
    return Membership.group_id == session.group_id, Membership.ended_at.is_(None), Membership.id > after


def _places(work: Work, session: Session_, after: int, last: int) -> None:
    """Seats in the order in which people became members; whoever finds none waits."""
    day = session.starts_at.astimezone(work.zone).date()
    away = and_(Person.paused_until > day, or_(Person.paused_from.is_(None), Person.paused_from <= day))
    been, then = aliased(Place), aliased(Session_)
    came_before = exists().where(
        been.person_id == Person.id,
        been.state == PlaceState.ATTENDED,
        then.id == been.session_id,
        then.group_id == session.group_id,
    )
    known = exists().where(been.session_id == session.id, been.person_id == Person.id)
    values = {
        "network_id": literal(work.network.id),
        "session_id": literal(session.id),
        "person_id": Person.id,
        "state": _seat_or_waiting(work, session),
        "first_time": not_(came_before),
        "party": literal(1),
        "queued_at": literal(work.now, Place.queued_at.type),
        "wants_meeting": literal(False),
        "meet_preference": literal(""),
        "meet_round": literal(0),
        "why_off": literal(""),
        "source": literal("member"),
    }
    people = (
        select(*values.values())
        .join_from(Membership, Person, Person.id == Membership.person_id)
        .where(
            *_of_group(session, after),
            Membership.id <= last,
            Person.erased_at.is_(None),
            or_(Person.paused_until.is_(None), not_(away)),
            not_(known),
        )
        .order_by(Membership.id)
    )
    _add(work, Place, values, people, ["session_id", "person_id"])


def _seat_or_waiting(work: Work, session: Session_) -> Any:
    booked = literal(PlaceState.BOOKED, Place.state.type)
    if session.capacity is None:
        return booked
    room = session.capacity - taken(work, session)
    waiting = literal(PlaceState.WAITLISTED, Place.state.type)
    return case((func.row_number().over(order_by=Membership.id) <= room, booked), else_=waiting)


def _reminders(work: Work, session: Session_, newest: int) -> None:
    """Everything due about the places made since ``newest``: the same moments for all of them."""
    for kind, due_at, expires_at, first_visits_only in due_about_member(work, session):
        values = {
            "network_id": Place.network_id,
            "kind": literal(kind),
            "occurrence": literal(f"{kind}:") + cast(Place.id, String) + literal(f":{session.moves}"),
            "person_id": Place.person_id,
            "session_id": Place.session_id,
            "place_id": Place.id,
            "payload": literal({}, Reminder.payload.type),
            "due_at": _moment(due_at),
            "expires_at": _moment(expires_at),
            "state": literal(ReminderState.DUE, Reminder.state.type),
        }
        places = select(*values.values()).where(*_booked_since(session, newest))
        if first_visits_only:
            places = places.where(Place.first_time)
        _add(work, Reminder, values, places, ["occurrence"])


def _add(work: Work, kind: type[Base], values: dict[str, Any], rows: Select[Any], unique: list[str]) -> None:
    """``INSERT ... SELECT``; what is there already stays as it is."""
    into = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = into(kind).from_select(list(values), rows, include_defaults=False)
    work.session.execute(statement.on_conflict_do_nothing(index_elements=unique))


def _moment(moment: datetime | None) -> Any:
    return literal(moment, Reminder.due_at.type)


def _booked_since(session: Session_, newest: int) -> tuple[Any, ...]:
    return Place.session_id == session.id, Place.id > newest, Place.state == PlaceState.BOOKED


def _referrals(work: Work, session: Session_, newest: int) -> None:
    """Whoever waited for a first place has one now."""
    other = aliased(Referral)
    open_one = (
        select(func.max(other.id))
        .where(other.person_id == Referral.person_id, other.state.in_(OPEN_REFERRAL))
        .scalar_subquery()
    )
    work.session.execute(
        update(Referral)
        .where(
            Referral.person_id.in_(select(Place.person_id).where(*_booked_since(session, newest))),
            Referral.state == ReferralState.WAITING,
            Referral.id == open_one,
        )
        .values(state=ReferralState.BOOKED, booked_at=work.now)
        .execution_options(synchronize_session="fetch")
    )
