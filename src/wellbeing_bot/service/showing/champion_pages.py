"""Champions as the desk shows them: pipeline, checks, load and how soon they answer."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from wellbeing_bot.service.showing.activity_pages import standing
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Champion, ChampionGroup, Group, Meeting, Person, Session_
from wellbeing_bot.store.states import ChampionState, MeetingState

LATELY = timedelta(days=90)


@dataclass(frozen=True)
class Line:
    """One champion."""

    champion: Champion
    person: Person
    groups: tuple[Group, ...]
    checks: tuple[tuple[str, str], ...]  # those that are not fine: what, and how it stands
    away: bool
    asked: int  # lately
    accepted: int
    met: int
    answer_hours: float | None  # the median, lately

    @property
    def load(self) -> str:
        """``3 of 5 asks accepted``."""
        return f"{self.accepted} of {self.asked} accepted" if self.asked else "not asked lately"


def champions(work: Work, only: int | None = None) -> list[Line]:
    """All champions by where they are in the pipeline, then by name; or the one."""
    query = (
        select(Champion, Person)
        .join(Person, Person.id == Champion.person_id)
        .where(Champion.network_id == work.network.id, Person.erased_at.is_(None))
        .order_by(Person.first_name, Person.last_name)
    )
    if only is not None:
        query = query.where(Champion.person_id == only)
    groups = _groups(work)
    meetings = _meetings(work)
    made = [
        _line(work, row, person, groups[person.id], meetings[person.id])
        for row, person in work.session.execute(query)
    ]
    order = list(ChampionState)
    return sorted(made, key=lambda line: order.index(line.champion.state))


def _groups(work: Work) -> defaultdict[int, list[Group]]:
    found: defaultdict[int, list[Group]] = defaultdict(list)
    for key, group in work.session.execute(
        select(ChampionGroup.person_id, Group)
        .join(Group, Group.id == ChampionGroup.group_id)
        .where(Group.network_id == work.network.id)
        .order_by(Group.name)
    ):
        found[key].append(group)
    return found


def _meetings(work: Work) -> defaultdict[int, list[Meeting]]:
    found: defaultdict[int, list[Meeting]] = defaultdict(list)
    for meeting in work.session.scalars(
        select(Meeting).where(Meeting.network_id == work.network.id, Meeting.asked_at >= work.now - LATELY)
    ):
        found[meeting.champion_id].append(meeting)
    return found


def _line(work: Work, row: Champion, person: Person, groups: list[Group], meetings: list[Meeting]) -> Line:
    today = work.local_now.date()
    checks = [
        (words, standing(until, today))
        for words, until in (
            ("DBS check", row.dbs_until),
            ("Badge", row.badge_until),
            ("Training", row.training_until),
        )
    ]
    hours = [
        (meeting.answered_at - meeting.asked_at).total_seconds() / 3600
        for meeting in meetings
        if meeting.answered_at is not None
    ]
    accepted = (MeetingState.ACCEPTED, MeetingState.MET, MeetingState.NOT_MET, MeetingState.UNKNOWN)
    return Line(
        row,
        person,
        tuple(groups),
        tuple((words, how) for words, how in checks if how and row.state is not ChampionState.LEFT),
        row.away_from is not None
        and row.away_from <= today
        and (row.away_until is None or today <= row.away_until),
        len(meetings),
        sum(meeting.state in accepted for meeting in meetings),
        sum(meeting.state is MeetingState.MET for meeting in meetings),
        round(statistics.median(hours), 1) if hours else None,
    )


def promised(work: Work, person: Person) -> list[Meeting]:
    """Whom a champion will meet, soonest first."""
    return list(
        work.session.scalars(
            select(Meeting)
            .join(Session_, Session_.id == Meeting.session_id)
            .where(
                Meeting.champion_id == person.id,
                Meeting.state.in_([MeetingState.ASKED, MeetingState.ACCEPTED]),
                Session_.ends_at > work.now,
            )
            .order_by(Session_.starts_at)
        )
    )
