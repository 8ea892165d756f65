"""Dated sessions from a group's schedule, and telling everybody once when one moves or is called off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from dateutil.rrule import rrulestr
from sqlalchemy import func, select

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Membership, Person, Place, Session_, Venue
from wellbeing_bot.store.states import PlaceState, SessionState


class ScheduleError(ValueError):
    """A schedule cannot be read. The message says what to write."""


def occurrences(rrule: str, first: date, after: date, until: date) -> Iterator[date]:
    """The local dates of a schedule from ``after`` to ``until``, both included.

    Wall time is added later, so that a walk at 10 stays at 10 through both clock changes.

    Raises:
        ScheduleError: not an RRULE.
    """
    try:
        rule = rrulestr(rrule.removeprefix("RRULE:"), dtstart=datetime.combine(first, time()))
    except (ValueError, KeyError, TypeError) as error:
        raise ScheduleError(f"{rrule!r} is not a schedule; write for example FREQ=WEEKLY;BYDAY=TH") from error
    for moment in rule.between(datetime.combine(after, time()), datetime.combine(until, time()), inc=True):
        yield moment.date()


def plan_sessions(work: Work, group: Group) -> None:
    """Make the sessions of a group's schedule for the weeks ahead that are not there yet."""
    if not group.rrule or not group.running:
        return
    today = work.local_now.date()
    last = today + timedelta(days=work.settings.sessions_ahead_days)
    if group.ended_on is not None:
        last = min(last, group.ended_on)
    known = set(
        work.session.scalars(
            select(Session_.occurs_on).where(Session_.group_id == group.id, Session_.occurs_on >= today)
        )
    )
    for day in occurrences(group.rrule, group.first_date or today, today, last):
        if day not in known:
            add_session(work, group, day)


def add_session(work: Work, group: Group, day: date, start: time | None = None) -> Session_:
    """One session on a local date, at the group's wall time unless another is given."""
    wall = start or time.fromisoformat(group.start_time)
    starts_at = datetime.combine(day, wall, tzinfo=work.zone).astimezone(UTC)
    session = Session_(
        network_id=work.network.id,
        group_id=group.id,
        occurs_on=day,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=group.minutes),
        capacity=group.capacity,
        venue_id=group.venue_id,
        meeting_point=group.meeting_point,
    )
    work.session.add(session)
    work.session.flush()
    return session


def upcoming(work: Work, group: Group, limit: int = 3) -> list[Session_]:
    """The next sessions that go ahead."""
    return list(
        work.session.scalars(
            select(Session_)
            .where(
                Session_.group_id == group.id,
                Session_.state == SessionState.PLANNED,
                Session_.starts_at > work.now,
            )
            .order_by(Session_.starts_at)
            .limit(limit)
        )
    )


def taken(work: Work, session: Session_) -> int:
    """Seats taken or on offer: a companion takes one too."""
    count = work.session.scalar(
        select(func.coalesce(func.sum(Place.party), 0)).where(
            Place.session_id == session.id,
            Place.state.in_([PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.OFFERED]),
        )
    )
    return int(count or 0)


def room_for(work: Work, session: Session_, party: int = 1) -> bool:
    """Whether that many more fit."""
    return session.capacity is None or taken(work, session) + party <= session.capacity


def venue_of(work: Work, session: Session_) -> Venue | None:
    """Where it is: the session's own venue, else the group's."""
    if session.venue_id is not None:
        return work.session.get(Venue, session.venue_id)
    return session.group.venue


def meeting_point(work: Work, session: Session_) -> str:
    """Where to meet, in the most exact words there are."""
    venue = venue_of(work, session)
    return (
        session.meeting_point or session.group.meeting_point or (venue.name if venue else "the usual place")
    )


def is_member(work: Work, person_id: int, group_id: int) -> bool:
    """Whether somebody comes every week."""
    found = work.session.scalar(
        select(Membership.id).where(
            Membership.person_id == person_id, Membership.group_id == group_id, Membership.ended_at.is_(None)
        )
    )
    return found is not None


def weekly_groups(work: Work, person: Person) -> list[Group]:
    """The groups somebody has a place at every week."""
    return list(
        work.session.scalars(
            select(Group)
            .join(Membership, Membership.group_id == Group.id)
            .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
            .order_by(Group.id)
        )
    )
