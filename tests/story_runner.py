"""Transcripts that read like a chat, run against the whole service.

A transcript is a text file: who texts what, what each phone gets (by the name of the words, not the words),
how time moves, and what is on record afterwards. Every message that goes out must be written down, in order.

    # a comment
    at 2026-11-23 09:00
    Jean: hello
    -> Jean hello.welcome
    later 2 days
    until 2026-11-26 09:00
    -> Jean notices.day_before "Oyster Hall"     (the text must contain this)
    task new_referral
    no task
    place Jean harbour-walk 2026-11-26 booked
    meeting Sam Jean accepted
    desk call_off_session session=harbour-walk@2026-11-26
    restart
and what ``story_people``, ``story_phones``, ``story_lifts``, ``story_lunches``, ``story_places``,
``story_questionnaires`` and ``story_workers`` add.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import (
    story_lifts,
    story_lunches,
    story_people,
    story_phones,
    story_places,
    story_questionnaires,
    story_workers,
)
from tests.story import Story
from tests.town import NUMBERS, START, build_town
from wellbeing_bot.clock import DemoClock
from wellbeing_bot.messages import Address
from wellbeing_bot.store import (
    AddressRow,
    Group,
    Meeting,
    OutboundRow,
    Person,
    PersonAddress,
    Place,
    Session_,
    Task,
)
from wellbeing_bot.store.states import OutboundKind

LONDON = ZoneInfo("Europe/London")

BOOKS = (
    story_lifts,
    story_lunches,
    story_people,
    story_phones,
    story_questionnaires,
    story_workers,
    story_places,
)
"""Where a verb that is not of the harness itself is looked up, in this order."""

_OUT = re.compile(r'^-> (?P<who>\S+) (?P<key>\S+)(?: "(?P<contains>.*)")?$')
_SAYS = re.compile(r"^(?P<who>[A-Z]\w+): (?P<text>.*)$")


def run_transcript(path: Path, folder: Path, start: datetime = START, url: str = "") -> None:
    """Run a transcript file; the first line that does not hold fails with its number."""
    story = Story(folder, start, app=build_town(folder, start=start, url=url))
    try:
        Runner(story, path).run()
    finally:
        story.close()


def _is(row: OutboundRow, key: str) -> bool:
    return row.key == key or row.key.startswith(f"{key}.")


def _at_once(rows: list[OutboundRow]) -> list[OutboundRow]:
    """The first, and what fell due at the same moment: on PostgreSQL such turns are taken side by side."""
    if not rows or rows[0].kind is OutboundKind.REPLY:
        return rows[:1]
    return [
        row for row in rows if row.created_at == rows[0].created_at and row.kind is not OutboundKind.REPLY
    ]


class Runner:
    """Reads a transcript line by line against a story."""

    def __init__(self, story: Story, path: Path) -> None:
        self.story = story
        self.path = path
        self._out: list[OutboundRow] = []
        self._tasks: list[Task] = []
        story.new_tasks()  # what a new network raises by itself is no part of the story

    def run(self) -> None:
        for number, line in self._lines():
            try:
                self._line(line)
            except AssertionError as error:
                raise AssertionError(f"{self.path.name}:{number}: {line}\n{error}") from None
        self._nothing_more()
        story_people.names_no_sensitive_group(self.story)

    def _lines(self) -> Iterator[tuple[int, str]]:
        for number, line in enumerate(self.path.read_text("utf-8").splitlines(), start=1):
            if line.strip() and not line.lstrip().startswith("#"):
                yield number, line.strip()

    def _line(self, line: str) -> None:
        out = _OUT.match(line)
        if out:
            self._expect_out(out["who"], out["key"], out["contains"])
            return
        says = _SAYS.match(line)
        verb, _, rest = line.partition(" ")
        if says:
            self._act(lambda: self.story.text(says["who"], says["text"].replace("\\n", "\n")))
        elif verb == "at":
            moment = datetime.fromisoformat(rest).replace(tzinfo=LONDON).astimezone(UTC)
            clock = self.story.app.clock
            assert isinstance(clock, DemoClock)
            clock.move_to(moment)
        elif verb == "until":
            moment = datetime.fromisoformat(rest).replace(tzinfo=LONDON).astimezone(UTC)
            self._act(lambda: self.story.until(moment))
        elif verb == "later":
            self._act(lambda: self.story.until(self.story.now + _span(rest)))
        elif verb == "restart":
            self.story.restart()
        elif verb == "desk":
            action, *pairs = shlex.split(rest)
            split = (pair.partition("=") for pair in pairs)
            args: dict[str, Any] = {name: self._value(name, value) for name, _, value in split}
            self._act(lambda: self.story.desk(action, **args))
        elif verb == "task":
            self._expect_task(rest)
        elif line == "no task":
            assert not self._tasks, f"there are tasks: {[task.kind for task in self._tasks]}"
        elif verb == "place":
            self._expect_place(*rest.split())
        elif verb == "meeting":
            self._expect_meeting(*rest.split())
        else:
            self._of_a_book(verb, shlex.split(rest))

    def _of_a_book(self, verb: str, words: list[str]) -> None:
        for book in BOOKS:
            if verb in book.ACTS:
                self._act(lambda: book.ACTS[verb](self.story, *words))  # noqa: B023 - done at once
                return
            if verb in book.CHECKS:
                book.CHECKS[verb](self.story, *words)
                return
        raise AssertionError("a line of no known kind")

    def _act(self, deed: Callable[[], object]) -> None:
        self._nothing_more()
        deed()
        self._out = self.story.new_messages()
        self._tasks = self.story.new_tasks()

    def _nothing_more(self) -> None:
        left = [f"-> {self.story.phone(row.address_id)} {row.key}: {row.text}" for row in self._out]
        assert not left, "also went out:\n" + "\n".join(left)

    def _expect_out(self, who: str, key: str, contains: str | None) -> None:
        theirs = [row for row in self._out if self.story.phone(row.address_id) == who]
        found = next((row for row in _at_once(theirs) if _is(row, key)), next(iter(theirs), None))
        every = "\n".join(f"-> {self.story.phone(row.address_id)} {row.key}: {row.text}" for row in self._out)
        assert found is not None, f"nothing for {who}; there is:\n{every}"
        assert _is(found, key), f"{found.key} went out instead: {found.text}"
        if contains:
            assert contains in found.text, f"the text is: {found.text}"
        self._out.remove(found)

    def _expect_task(self, kind: str) -> None:
        found = next((task for task in self._tasks if task.kind == kind), None)
        assert found is not None, f"the new tasks are {[task.kind for task in self._tasks]}"
        self._tasks.remove(found)

    def _expect_place(self, who: str, group: str, day: str, state: str) -> None:
        with self.story.app.database.reading() as session:
            place = session.scalar(
                select(Place)
                .join(Session_, Session_.id == Place.session_id)
                .join(Group, Group.id == Session_.group_id)
                .join(Person, Person.id == Place.person_id)
                .where(
                    Person.first_name == who,
                    Group.key == group,
                    Session_.occurs_on == date.fromisoformat(day),
                )
            )
            have = place.state.value if place else "none"
        assert have == state, f"the place is {have}"

    def _expect_meeting(self, champion: str, patient: str, state: str) -> None:
        with self.story.app.database.reading() as session:
            meetings = session.scalars(select(Meeting).order_by(Meeting.id.desc()))
            have = [
                meeting.state.value
                for meeting in meetings
                if meeting.champion.first_name == champion and meeting.place.person.first_name == patient
            ]
        assert have[:1] == [state], f"the meetings are {have}"

    @staticmethod
    def _person(session: Session, name: str) -> int:
        """By name, or by phone while the name is not known yet."""
        named = session.scalars(select(Person.id).where(Person.first_name == name)).one_or_none()
        if named is not None:
            return named
        address = Address.parse(NUMBERS[name])
        return session.scalars(
            select(PersonAddress.person_id)
            .join(AddressRow, AddressRow.id == PersonAddress.address_id)
            .where(AddressRow.channel == address.channel, AddressRow.value == address.value)
        ).one()

    def _value(self, name: str, value: str) -> object:
        with self.story.app.database.reading() as session:
            for book in (
                story_lifts,
                story_lunches,
                story_workers,
                story_places,
            ):
                ours = book.value(session, name, value)
                if ours is not None:
                    return ours
            if name == "session" and "@" in value:
                key, _, day = value.partition("@")
                return session.scalars(
                    select(Session_.id)
                    .join(Group, Group.id == Session_.group_id)
                    .where(Group.key == key, Session_.occurs_on == date.fromisoformat(day))
                ).one()
            if name in {"person", "same_as", "proxy"} and not value.isdigit():
                return self._person(session, value)
            if name == "place" and "@" in value:
                who, _, day = value.partition("@")
                return session.scalars(
                    select(Place.id)
                    .join(Person, Person.id == Place.person_id)
                    .join(Session_, Session_.id == Place.session_id)
                    .where(Person.first_name == who, Session_.occurs_on == date.fromisoformat(day))
                ).one()
            if name == "task" and not value.isdigit():
                return session.scalars(
                    select(Task.id).where(Task.kind == value).order_by(Task.id.desc())
                ).first()
        if name in {"answers", "scores", "needs", "area"}:
            return value.split(",")
        if value in {"true", "false"}:
            return value == "true"
        return int(value) if value.isdigit() else value


def _span(words: str) -> timedelta:
    count, unit = words.split()
    unit = unit if unit.endswith("s") else f"{unit}s"
    return timedelta(**{unit: float(count)})
