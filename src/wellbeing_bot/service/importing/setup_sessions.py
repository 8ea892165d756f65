"""The sessions of a set-up: those of the document, those of the groups' schedules, and which one is meant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from wellbeing_bot.service.activities.sessions import add_session, occurrences, plan_sessions
from wellbeing_bot.service.importing.on_record import plain
from wellbeing_bot.service.importing.setup_documents import SessionSetup
from wellbeing_bot.service.importing.setup_place_documents import PlaceSetup
from wellbeing_bot.service.words import day_words, schedule_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Session_, Venue
from wellbeing_bot.store.states import SessionState

BACK = timedelta(days=400)
"""How far back ``on: last`` looks for a day on a group's schedule."""


class NoSession(LookupError):
    """No session is meant by that. ``wrong`` says why, ``write`` what to write instead."""

    def __init__(self, wrong: str, write: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.write = write


class Sessions:
    """Every session there is after set-up."""

    def __init__(self, work: Work, groups: Mapping[str, Group], venues: Mapping[str, Venue]) -> None:
        self.work = work
        self.groups = groups
        self.venues = venues
        self.by_key: dict[str, Session_] = {}
        for group in groups.values():
            plan_sessions(work, group)

    def add(self, written: SessionSetup) -> None:
        """A session of the document; one that the schedule has made already is changed to what is written."""
        group = self.groups[written.group]
        session = self._on(group, written.on)
        wall = time.fromisoformat(written.start) if written.start else None
        if session is None:
            session = add_session(self.work, group, written.on, wall)
        elif wall is not None:
            length = session.ends_at - session.starts_at
            session.starts_at = datetime.combine(written.on, wall, tzinfo=self.work.zone)
            session.ends_at = session.starts_at + length
        if written.minutes is not None:
            session.ends_at = session.starts_at + timedelta(minutes=written.minutes)
        if written.capacity is not None:
            session.capacity = written.capacity
        if written.venue is not None:
            session.venue_id = self.venues[plain(written.venue)].id
        if written.meeting_point is not None:
            session.meeting_point = written.meeting_point
        if written.state is not None:
            session.state = written.state
        session.why_off = written.why_off
        self.work.session.flush()
        if written.key is not None:
            self.by_key[written.key] = session

    def find(self, place: PlaceSetup) -> Session_:
        """The session a place is on.

        Raises:
            NoSession: the group does not meet then, or not that often.
        """
        if place.session is not None:
            return self.by_key[place.session]
        group = self.groups[place.group or ""]
        if place.on.date is not None:
            return self._on(group, place.on.date) or self._past_or_wrong(group, place.on.date)
        if place.on.count >= 0:
            return self._coming(group, place.on.count)
        return self._past(group, -place.on.count)

    def _on(self, group: Group, day: date) -> Session_ | None:
        return self.work.session.scalar(
            select(Session_).where(Session_.group_id == group.id, Session_.occurs_on == day)
        )

    def _coming(self, group: Group, number: int) -> Session_:
        coming = list(
            self.work.session.scalars(
                select(Session_)
                .where(
                    Session_.group_id == group.id,
                    Session_.state == SessionState.PLANNED,
                    Session_.starts_at > self.work.now,
                )
                .order_by(Session_.starts_at)
            )
        )
        if number >= len(coming):
            wrong = f"{group.key} has {len(coming)} sessions to come"
            raise NoSession(wrong, "Write a date, or add the session under sessions:")
        return coming[number]

    def _past(self, group: Group, number: int) -> Session_:
        today = self.work.local_now.date()
        known = {
            row.occurs_on: row
            for row in self.work.session.scalars(select(Session_).where(Session_.group_id == group.id))
        }
        days = {*self._days(group, today - BACK, today), *known}
        begun = sorted((day for day in days if self._begun(group, day, known.get(day))), reverse=True)
        if number > len(begun):
            wrong = f"{group.key} has met {len(begun)} times before the start"
            raise NoSession(wrong, "Write a date, or add the session under sessions:")
        day = begun[number - 1]
        return known.get(day) or add_session(self.work, group, day)

    def _begun(self, group: Group, day: date, session: Session_ | None) -> bool:
        if session is not None:
            return session.starts_at <= self.work.now
        wall = time.fromisoformat(group.start_time)
        return datetime.combine(day, wall, tzinfo=self.work.zone) <= self.work.now

    def _past_or_wrong(self, group: Group, day: date) -> Session_:
        if day in self._days(group, day, day):
            return add_session(self.work, group, day)
        meets = schedule_words(group.rrule, time.fromisoformat(group.start_time)) or "single sessions only"
        wrong = f"{group.key} does not meet on {day_words(day)} ({meets})"
        raise NoSession(wrong, "Write a day it meets, or add the session under sessions:")

    def _days(self, group: Group, first: date, last: date) -> list[date]:
        if not group.rrule:
            return []
        begins = group.first_date or min(first, self.work.local_now.date())
        return list(occurrences(group.rrule, begins, first, last))
