"""What the pages of groups and sessions show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Champion,
    ChampionGroup,
    Group,
    Interest,
    MeetAgain,
    Meeting,
    Membership,
    Person,
    Place,
    Ride,
    Session_,
    Slot,
    SlotBooking,
    Venue,
)
from wellbeing_bot.store.states import ChampionState, MeetingState, PlaceState, SessionState, SlotState

SOON = timedelta(days=42)
"""Papers that run out within this are shown as running out."""

SCHEDULE_CHANGED = "the schedule changed"
"""Why a session that nobody was on is off: it need not be shown."""

COMING = (PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.OFFERED)
CAME = (*COMING, PlaceState.ATTENDED, PlaceState.MISSED, PlaceState.UNKNOWN)
GONE = (PlaceState.WITHDRAWN, PlaceState.CALLED_OFF, PlaceState.NO_SEAT)


@dataclass(frozen=True)
class Dated:
    """A session with how full it is."""

    session: Session_
    coming: int
    waiting: int

    @property
    def off(self) -> bool:
        return self.session.state is SessionState.CALLED_OFF


def week(work: Work, monday: date) -> list[tuple[date, list[Dated]]]:
    """Seven days with their sessions."""
    begin = datetime.combine(monday, time(), tzinfo=work.zone).astimezone(UTC)
    end = datetime.combine(monday + timedelta(days=7), time(), tzinfo=work.zone).astimezone(UTC)
    rows = work.session.scalars(
        select(Session_)
        .where(
            Session_.network_id == work.network.id,
            Session_.starts_at >= begin,
            Session_.starts_at < end,
            Session_.why_off != SCHEDULE_CHANGED,
        )
        .order_by(Session_.starts_at)
    )
    dated = with_counts(work.session, list(rows))
    days = [monday + timedelta(days=count) for count in range(7)]
    return [
        (day, [one for one in dated if one.session.starts_at.astimezone(work.zone).date() == day])
        for day in days
    ]


def with_counts(session: Session, rows: list[Session_]) -> list[Dated]:
    """Sessions with how many are coming and waiting."""
    found = session.execute(
        select(Place.session_id, Place.state, func.sum(Place.party))
        .where(Place.session_id.in_([row.id for row in rows]))
        .group_by(Place.session_id, Place.state)
    )
    counts = {(key, state): int(seats) for key, state, seats in found}
    return [
        Dated(
            row,
            sum(counts.get((row.id, state), 0) for state in (*COMING, PlaceState.ATTENDED)),
            counts.get((row.id, PlaceState.WAITLISTED), 0),
        )
        for row in rows
    ]


def groups(work: Work) -> list[Group]:
    """Groups that have not ended, then those that have."""
    rows = list(
        work.session.scalars(select(Group).where(Group.network_id == work.network.id).order_by(Group.name))
    )
    today = work.local_now.date()
    return sorted(rows, key=lambda group: group.ended_on is not None and group.ended_on < today)


def interest_counts(work: Work) -> Mapping[int, int]:
    """How many would come to each group that does not run yet."""
    found = work.session.execute(
        select(Interest.group_id, func.count())
        .where(Interest.network_id == work.network.id, Interest.group_id.is_not(None))
        .group_by(Interest.group_id)
    )
    return {key: count for key, count in found if key is not None}


def papers(group: Group, today: date) -> list[tuple[str, date | None, str]]:
    """Risk assessment and insurance: until when, and "over", "soon", "missing" or "" for fine."""
    made = []
    for words, until in (
        ("Risk assessment", group.risk_assessed_until),
        ("Insurance", group.insured_until),
    ):
        made.append((words, until, standing(until, today)))
    return made


def standing(until: date | None, today: date) -> str:
    """How a paper stands: "missing", "over", "soon", or "" when it is fine."""
    if until is None:
        return "missing"
    if until < today:
        return "over"
    return "soon" if until - today <= SOON else ""


def coming_sessions(work: Work, group: Group, most: int = 12) -> list[Dated]:
    """A group's sessions from today on."""
    rows = work.session.scalars(
        select(Session_)
        .where(
            Session_.group_id == group.id,
            Session_.ends_at > work.now - timedelta(hours=12),
            Session_.why_off != SCHEDULE_CHANGED,
        )
        .order_by(Session_.starts_at)
        .limit(most)
    )
    return with_counts(work.session, list(rows))


def members(work: Work, group: Group) -> list[tuple[Membership, Person]]:
    """Who comes every week."""
    found = work.session.execute(
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.group_id == group.id, Membership.ended_at.is_(None), Person.erased_at.is_(None))
        .order_by(Person.first_name, Person.last_name)
    )
    return [(member, person) for member, person in found]


def interested(work: Work, group: Group) -> list[tuple[Interest, Person]]:
    """Who would come to a group that does not run yet."""
    found = work.session.execute(
        select(Interest, Person)
        .join(Person, Person.id == Interest.person_id)
        .where(Interest.group_id == group.id, Person.erased_at.is_(None))
        .order_by(Interest.at)
    )
    return [(row, person) for row, person in found]


def wishes(work: Work) -> list[tuple[Interest, Person]]:
    """What people would come to, for which there is no group at all."""
    found = work.session.execute(
        select(Interest, Person)
        .join(Person, Person.id == Interest.person_id)
        .where(
            Interest.network_id == work.network.id,
            Interest.group_id.is_(None),
            Person.erased_at.is_(None),
        )
        .order_by(Interest.at.desc())
        .limit(50)
    )
    return [(row, person) for row, person in found]


def champions_of(work: Work, group: Group) -> list[tuple[Champion, Person]]:
    """Who meets people at this group."""
    found = work.session.execute(
        select(Champion, Person)
        .join(ChampionGroup, ChampionGroup.person_id == Champion.person_id)
        .join(Person, Person.id == Champion.person_id)
        .where(ChampionGroup.group_id == group.id, Champion.state == ChampionState.ACTIVE)
        .order_by(Person.first_name)
    )
    return [(champion, person) for champion, person in found]


def venues(work: Work) -> list[Venue]:
    """Where groups meet."""
    return list(
        work.session.scalars(select(Venue).where(Venue.network_id == work.network.id).order_by(Venue.name))
    )


@dataclass(frozen=True)
class Register:
    """One session: who is coming, who waits, who meets whom, who is driven."""

    coming: list[Place]
    waiting: list[Place]
    gone: list[Place]
    meetings: dict[int, Meeting]  # by place, the newest that still counts
    rides: dict[int, Ride]
    slots: list[tuple[Slot, list[SlotBooking]]]  # times with agencies, and who is booked on each

    @property
    def rota(self) -> list[Meeting]:
        """Which champions are on, each once a place."""
        return list(self.meetings.values())


def register(session: Session, row: Session_) -> Register:
    """Everybody on a session by name."""
    places = list(
        session.scalars(
            select(Place)
            .join(Person, Person.id == Place.person_id)
            .where(Place.session_id == row.id)
            .order_by(Person.first_name, Person.last_name, Place.id)
        )
    )
    counted = (MeetingState.ASKED, MeetingState.ACCEPTED, MeetingState.MET, MeetingState.NOT_MET)
    meetings = session.scalars(
        select(Meeting).where(Meeting.session_id == row.id, Meeting.state.in_(counted)).order_by(Meeting.id)
    )
    rides = session.scalars(select(Ride).where(Ride.session_id == row.id).order_by(Ride.id))
    waiting = [place for place in places if place.state is PlaceState.WAITLISTED]
    return Register(
        coming=[place for place in places if place.state in CAME],
        waiting=sorted(waiting, key=lambda place: (place.queued_at, place.id)),
        gone=[place for place in places if place.state in GONE],
        meetings={meeting.place_id: meeting for meeting in meetings},
        rides={ride.place_id: ride for ride in rides},
        slots=_slots(session, row),
    )


def meet_again(session: Session, row: Session_) -> list[MeetAgain]:
    """Who would like to meet somebody of that day again."""
    return list(
        session.scalars(
            select(MeetAgain)
            .join(Person, Person.id == MeetAgain.wisher_id)
            .where(MeetAgain.session_id == row.id, Person.erased_at.is_(None))
            .order_by(MeetAgain.id)
        )
    )


def _slots(session: Session, row: Session_) -> list[tuple[Slot, list[SlotBooking]]]:
    slots = list(session.scalars(select(Slot).where(Slot.session_id == row.id).order_by(Slot.starts_at)))
    booked: dict[int, list[SlotBooking]] = {slot.id: [] for slot in slots}
    for booking in session.scalars(
        select(SlotBooking).where(SlotBooking.slot_id.in_(booked), SlotBooking.state == SlotState.BOOKED)
    ):
        booked[booking.slot_id].append(booking)
    return [(slot, booked[slot.id]) for slot in slots]
