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
and what ``story_people``, ``story_lifts``, ``story_places``, ``story_questionnaires`` and ``story_workers``
add.
"""

from __future__ import annotations

import asyncio
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import story_lifts, story_people, story_places, story_questionnaires, story_workers
from tests.town import BOT, LINE, NUMBERS, START, build_town
from wellbeing_bot.app import App, build_demo
from wellbeing_bot.clock import DemoClock
from wellbeing_bot.messages import Address, DeliveryState, Inbound, InboundKind
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
SILENT = {DeliveryState.QUEUED, DeliveryState.DROPPED}


class Story:
    """One service with its phones, driven a line at a time."""

    def __init__(self, folder: Path, start: datetime = START, *, app: App | None = None) -> None:
        self.folder = folder
        self.app = app or build_town(folder, start=start)
        self._texts = 0
        self._seen_out = 0
        self._seen_tasks = 0
        self._loop = asyncio.new_event_loop()

    @property
    def now(self) -> datetime:
        return self.app.clock.now()

    def close(self) -> None:
        self._loop.run_until_complete(self.app.close())
        self._loop.close()

    def begin_texts_at(self, number: int) -> None:
        """Number the texts from there: a database that goes on from another story knows the first ones."""
        self._texts = number

    def restart(self) -> None:
        """The process dies and another takes over; only the database is left."""
        now = self.now
        self._loop.run_until_complete(self.app.close())
        self.app = build_demo(self.app.settings, now)

    def text(self, who: str, text: str, **more: object) -> None:
        """Somebody texts, and everything that follows at once has happened."""
        self._texts += 1
        sender = Address.parse(NUMBERS.get(who, who))
        inbound = Inbound(
            provider_id=str(more.pop("provider_id", f"story:{self._texts}")),
            kind=more.pop("kind", InboundKind.TEXT),  # type: ignore[arg-type]
            sender=sender,
            line=str(more.pop("line", LINE if sender.channel == "sms" else BOT)),
            text=text,
            received_at=self.now,
            **more,  # type: ignore[arg-type]
        )
        self.app.road.receive(inbound)
        self.settle()

    def settle(self) -> None:
        """Hand over and send all that is due at this moment."""
        for _ in range(20):
            taken = self.app.road.tick(self.now)
            sent = self._loop.run_until_complete(self.app.sender.send_due(self.now))
            if not taken and not sent:
                return
        raise AssertionError("things fall due without end")

    def until(self, moment: datetime) -> None:
        """Move the clock; everything due on the way happens at its own time."""
        clock = self.app.clock
        assert isinstance(clock, DemoClock)
        while True:
            due = self.app.road.next_due()
            if due is None or due > moment:
                break
            clock.move_to(max(due, self.now))
            self.settle()
        clock.move_to(moment)
        self.settle()

    def desk(self, action: str, actor: str = "Coral", **args: object) -> dict[str, object]:
        """A member of staff does something."""
        with self.app.database.reading() as session:
            network_id = session.scalars(select(Group.network_id)).first()
        assert network_id is not None
        result = self.app.road.perform(network_id, action, actor, dict(args), self.now)
        self.settle()
        return result

    def new_messages(self) -> list[OutboundRow]:
        """What went out since the last look."""
        with self.app.database.reading() as session:
            rows = list(
                session.scalars(
                    select(OutboundRow)
                    .where(OutboundRow.state.not_in(SILENT), OutboundRow.id.not_in(self._told()))
                    .order_by(OutboundRow.sent_at, OutboundRow.id)
                )
            )
            session.expunge_all()
        self._told_ids.update(row.id for row in rows)
        return rows

    _told_ids: set[int]

    def _told(self) -> set[int]:
        if not hasattr(self, "_told_ids"):
            self._told_ids = set()
        return self._told_ids

    def new_tasks(self) -> list[Task]:
        """Tasks raised since the last look."""
        with self.app.database.reading() as session:
            rows = list(session.scalars(select(Task).where(Task.id > self._seen_tasks).order_by(Task.id)))
            session.expunge_all()
        self._seen_tasks = max([self._seen_tasks, *(row.id for row in rows)])
        return rows

    def phone(self, address_id: int) -> str:
        """Whose phone an address is, by the names of the town."""
        with self.app.database.reading() as session:
            written = str(session.get_one(AddressRow, address_id))
        return next((name for name, number in NUMBERS.items() if number == written), written)


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
        elif verb in story_lifts.ACTS:
            self._act(lambda: story_lifts.ACTS[verb](self.story, *shlex.split(rest)))
        elif verb in story_lifts.CHECKS:
            story_lifts.CHECKS[verb](self.story, *shlex.split(rest))
        elif verb in story_people.ACTS:
            self._act(lambda: story_people.ACTS[verb](self.story, *shlex.split(rest)))
        elif verb in story_people.CHECKS:
            story_people.CHECKS[verb](self.story, *shlex.split(rest))
        elif verb in story_questionnaires.ACTS:
            self._act(lambda: story_questionnaires.ACTS[verb](self.story, *shlex.split(rest)))
        elif verb in story_questionnaires.CHECKS:
            story_questionnaires.CHECKS[verb](self.story, *shlex.split(rest))
        elif verb in story_workers.ACTS:
            self._act(lambda: story_workers.ACTS[verb](self.story, *shlex.split(rest)))
        elif verb in story_workers.CHECKS:
            story_workers.CHECKS[verb](self.story, *shlex.split(rest))
        elif verb in story_places.ACTS:
            self._act(lambda: story_places.ACTS[verb](self.story, *shlex.split(rest)))
        elif verb in story_places.CHECKS:
            story_places.CHECKS[verb](self.story, *shlex.split(rest))
        else:
            raise AssertionError("a line of no known kind")

    def _act(self, deed) -> None:  # type: ignore[no-untyped-def]
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
            ours = story_lifts.value(session, name, value)
            ours = story_workers.value(session, name, value) if ours is None else ours
            if ours is None:
                ours = story_places.value(session, name, value)
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
