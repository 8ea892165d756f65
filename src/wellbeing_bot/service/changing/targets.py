"""What could be called off, and which of it a text means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from wellbeing_bot.service.activities.finding import is_named, neutral_name
from wellbeing_bot.service.clinics.times import place_time
from wellbeing_bot.service.places import booking
from wellbeing_bot.service.rides import drivers
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Group, Meeting, OutboundRow, Person, Session_
from wellbeing_bot.store.states import MeetingState
from wellbeing_bot.understanding.meaning import Details
from wellbeing_bot.understanding.second_thoughts import week_meant

LATELY = timedelta(hours=48)
"""A text that says only "can't come" is about the session we wrote of this lately."""


@dataclass(frozen=True)
class Target:
    """One thing that can be called off: a place of one's own, a meeting or a drive one has promised."""

    value: str  # "place:12", "meeting:7", "drive:3"
    label: str
    session: Session_

    @property
    def kind(self) -> str:
        """``place``, ``meeting`` or ``drive``."""
        return self.value.partition(":")[0]

    @property
    def key(self) -> int:
        """The number of the row."""
        return int(self.value.partition(":")[2])


def targets(work: Work, person: Person) -> list[Target]:
    """All that a person could call off, soonest first."""
    found = [
        Target(
            f"place:{place.id}", _label(work, person, place.session, place_time(work, place)), place.session
        )
        for place in booking.coming_places(work, person)
    ]
    for meeting in promised(work, person):
        session = meeting.place.session
        patient = meeting.place.person.first_name or "somebody new"
        found.append(
            Target(f"meeting:{meeting.id}", f"meeting {patient} at {_label(work, person, session)}", session)
        )
    for ask in drivers.promised(work, person):
        session = ask.ride.place.session
        patient = ask.ride.place.person.first_name or "somebody"
        found.append(
            Target(f"drive:{ask.id}", f"driving {patient} to {_label(work, person, session)}", session)
        )
    return sorted(found, key=lambda target: (target.session.starts_at, target.value))


def _label(work: Work, person: Person, session: Session_, at: datetime | None = None) -> str:
    when = when_words(at or session.starts_at, work.zone, person.language)
    return f"{neutral_name(session.group)}, {when}"


def promised(work: Work, person: Person) -> list[Meeting]:
    """The people a champion has said they will meet, soonest first."""
    return list(
        work.session.scalars(
            select(Meeting)
            .join(Session_, Session_.id == Meeting.session_id)
            .where(
                Meeting.champion_id == person.id,
                Meeting.state == MeetingState.ACCEPTED,
                Session_.ends_at > work.now,
            )
            .order_by(Session_.starts_at)
        )
    )


def narrowed(
    work: Work, said: str, address: AddressRow, found: Sequence[Target], details: Details
) -> list[Target]:
    """Those that the text fits: by what is done, group and day, else what we wrote about lately.

    All targets of one session count as one: somebody who cannot come cannot meet or drive anybody there
    either. With several dates of one group the soonest is meant.
    """
    left = list(found)
    if details.needs_lift and any(target.kind == "drive" for target in left):
        left = [target for target in left if target.kind == "drive"]
    meant = spoken_of([target.session.group for target in left], said, details)
    by_group = [target for target in left if target.session.group in meant]
    left = by_group or left
    by_day = [target for target in left if _on(work, target, details)]
    left = by_day or left
    if len(_sessions(left)) < 2:
        return left
    if (by_group or by_day) and len({target.session.group_id for target in left}) == 1:
        return [target for target in left if target.session.id == left[0].session.id]
    lately = written_about_lately(work, address)
    about = [target for target in left if target.session.id == lately]
    return about or left


def _on(work: Work, target: Target, details: Details) -> bool:
    day = target.session.starts_at.astimezone(work.zone).date()
    if details.when is not None:
        return day == details.when
    return details.day is not None and day.weekday() == details.day


def _sessions(found: Sequence[Target]) -> set[int]:
    return {target.session.id for target in found}


def speaks_of(group: Group, said: str, details: Details) -> bool:
    """Whether a text is about this group, by its kind or by its name."""
    return bool(set(details.group_words) & {group.kind, *group.tags}) or is_named(group, said)


def spoken_of(groups: Sequence[Group], said: str, details: Details) -> list[Group]:
    """The groups a text means: those it names outright, else all of a kind it speaks of."""
    named = [group for group in groups if is_named(group, said)]
    return named or [group for group in groups if speaks_of(group, said, details)]


def in_the_week(work: Work, found: Sequence[Target], said: str) -> list[Target] | None:
    """Those of the week that a text names ("not this week"); None when it names none."""
    week = week_meant(said)
    if week is None:
        return None
    monday = _monday(work.local_now.date()) + timedelta(weeks=week)
    return [
        target for target in found if _monday(target.session.starts_at.astimezone(work.zone).date()) == monday
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def written_about_lately(work: Work, address: AddressRow) -> int | None:
    """The session that the newest of our texts there was about, if it went out lately."""
    return work.session.scalar(
        select(OutboundRow.session_id)
        .where(
            OutboundRow.address_id == address.id,
            OutboundRow.session_id.is_not(None),
            OutboundRow.created_at > work.now - LATELY,
        )
        .order_by(OutboundRow.id.desc())
        .limit(1)
    )
