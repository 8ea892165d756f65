"""A town in which anything may happen: people text, staff click, time passes, processes die."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from tests.faults import invariants
from tests.faults.traces import number_words, traces
from tests.story import Story
from tests.town import NUMBERS, build_town
from wellbeing_bot.clock import DemoClock
from wellbeing_bot.messages import Address
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.hearing.open_questions import waiting_question
from wellbeing_bot.service.settings import read_network_settings
from wellbeing_bot.service.talking import open_conversations
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    Group,
    Network,
    OutboundRow,
    Person,
    PersonAddress,
    Place,
    Session_,
    Task,
)
from wellbeing_bot.store.states import PlaceState, SessionState, TaskState
from wellbeing_bot.understanding.meaning import AnswerKind, Question

NAMES = (
    *("Agnes", "Bernard", "Cecily", "Desmond", "Edwina", "Fergus", "Gwendolen", "Horace", "Imelda"),
    *("Jethro", "Kezia", "Lionel", "Maureen", "Norbert", "Osbert", "Phyllida", "Quentin", "Rowena"),
    *("Silas", "Thelma", "Ursula", "Vernon", "Winifred", "Xanthe", "Yolanda", "Zebedee"),
)
CHAMPIONS = ("Sam", "Bea", "Dot")
STRANGE = "zqxj"
"""A word nobody uses, with a number behind it: what somebody wrote can be looked for."""


@dataclass
class Phone:
    """A phone, the name its owner gives, and the word that marks what they write."""

    written: str
    name: str
    word: str
    erased: bool = False


class Town:
    """The service with its phones, what was done to it, and the promises to look at after each step."""

    def __init__(self, url: str = "") -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="anything")
        folder = Path(self._folder.name)
        self.story = Story(folder, app=build_town(folder, url=url))
        self.phones = [Phone(NUMBERS[name], name, f"{STRANGE}{name.lower()}") for name in CHAMPIONS]
        self.off: dict[int, int] = {}
        self.gone: set[str] = set()
        self._sent: set[int] = set()
        self._people = 0

    def close(self) -> None:
        self.story.close()
        self._folder.cleanup()

    # People

    def newcomer(self) -> Phone:
        """Somebody nobody has heard of."""
        self._people += 1
        number = f"sms:+447700900{500 + self._people}"
        phone = Phone(number, NAMES[self._people % len(NAMES)], f"{STRANGE}{self._people}")
        self.phones.append(phone)
        return phone

    def says(self, phone: Phone, text: str) -> None:
        """A text comes in."""
        if phone.erased:
            self._comes_back(phone, text)
        else:
            self.story.text(phone.written, text)

    def _comes_back(self, phone: Phone, text: str) -> None:
        """Somebody who was erased texts again: that is a stranger's phone, and silent until START."""
        self.gone.difference_update({*number_words(phone.written), phone.word})
        self._people += 1
        phone.name, phone.erased = NAMES[self._people % len(NAMES)], False
        if text == "STOP":
            text = "hello"
        self.story.text(phone.written, text)
        with self.story.app.database.reading() as session:
            row = session.scalars(select(AddressRow).where(AddressRow.value == phone.written[4:])).one()
            assert (row.opted_out_at is None) == (text == "START"), "a forgotten phone stays silent"

    def answers(self, phone: Phone, variant: int) -> None:
        """They answer whatever question is open, in one way or another."""
        asked = None if phone.erased else self._question(phone)
        self.says(phone, _reply(phone, asked, variant) if asked else "hello, I'd like some company")

    def _question(self, phone: Phone) -> Question | None:
        app = self.story.app
        with app.database.reading() as session:
            network = session.scalars(select(Network)).one()
            address = session.scalar(select(AddressRow).where(AddressRow.value == phone.written[4:]))
            if address is None:
                return None
            work = Work(session, self.story.now, app.deployment, network)
            asked = (waiting_question(work, row, None) for row in open_conversations(work, address))
            return next((one for one in asked if one is not None), None)

    # Staff

    def staff(self, action: str, **args: Any) -> None:
        """Somebody clicks. What the desk refuses changes nothing."""
        try:
            self.story.desk(action, **args)
        except DeskError:
            self.story.settle()

    def erases(self, phone: Phone) -> None:
        """Somebody asks to be forgotten, with every record there is of them."""
        known = self.person(phone) is not None and not phone.erased
        while known and (person := self.person(phone)) is not None:
            try:
                self.story.desk("erase", person=person, sure=True)
            except DeskError as refused:
                assert "urgent" in str(refused)  # noqa: PT017 - only an open alarm may stand in the way
                return
        if known:
            phone.erased = True
            self.gone |= {phone.name, phone.word, *number_words(phone.written)}

    def calls_off(self, which: int) -> None:
        session = self.session(which)
        if session is None:
            return
        with self.story.app.database.reading() as reading:
            newest = reading.scalar(select(func.max(OutboundRow.id))) or 0
        self.staff("call_off_session", session=session, why="flood")
        self.off.setdefault(session, newest)

    def person(self, phone: Phone) -> int | None:
        with self.story.app.database.reading() as session:
            return session.scalar(
                select(PersonAddress.person_id)
                .join(AddressRow, AddressRow.id == PersonAddress.address_id)
                .join(Person, Person.id == PersonAddress.person_id)
                .where(AddressRow.value == Address.parse(phone.written).value, Person.erased_at.is_(None))
                .order_by(PersonAddress.id)
                .limit(1)
            )

    def session(self, which: int) -> int | None:
        """One of the sessions to come."""
        with self.story.app.database.reading() as session:
            keys = session.scalars(
                select(Session_.id)
                .where(
                    Session_.state == SessionState.PLANNED,
                    Session_.starts_at > self.story.now,
                    Session_.starts_at < self.story.now + timedelta(days=12),
                )
                .order_by(Session_.starts_at, Session_.id)
            ).all()
        return keys[which % len(keys)] if keys else None

    def place(self, which: int) -> int | None:
        with self.story.app.database.reading() as session:
            keys = session.scalars(
                select(Place.id)
                .join(Person, Person.id == Place.person_id)
                .where(
                    Place.state.in_([PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.OFFERED]),
                    Person.erased_at.is_(None),
                )
                .order_by(Place.id.desc())
            ).all()
        return keys[which % len(keys)] if keys else None

    def group(self, which: int) -> int:
        with self.story.app.database.reading() as session:
            keys = session.scalars(select(Group.id).where(Group.running).order_by(Group.id)).all()
        return keys[which % len(keys)]

    def open_tasks(self) -> list[int]:
        with self.story.app.database.reading() as session:
            return list(session.scalars(select(Task.id).where(Task.state != TaskState.DONE)))

    @property
    def today(self) -> date:
        return self.story.now.astimezone(invariants.LONDON).date()

    # Time

    def later(self, span: timedelta) -> None:
        """Time passes, and what falls due happens at its own time."""
        self.story.until(self.story.now + span)

    def clock_steps(self, span: timedelta) -> None:
        """The machine's clock is put right, or wrong."""
        clock = self.story.app.clock
        assert isinstance(clock, DemoClock)
        clock.move_to(clock.now() + span)
        self.story.settle()

    # Promises

    def promises_hold(self) -> None:
        """Every invariant, now."""
        database = self.story.app.database
        with database.reading() as session:
            settings = read_network_settings(session.scalars(select(Network.settings)).one())
            rows = session.scalars(select(OutboundRow).where(OutboundRow.state.in_(invariants.SENT)))
            fresh = [row for row in rows if row.id not in self._sent]
            self._sent.update(row.id for row in fresh)
            invariants.every_turn_was_taken(session)
            invariants.nobody_is_texted_at_night(session, fresh, (settings.quiet_from, settings.quiet_until))
            invariants.stop_is_final(session, fresh)
            invariants.one_thing_is_told_once(session)
            invariants.nothing_about_what_is_off(session, self.off)
            invariants.everything_is_legal(session, self.story.now)
            invariants.nothing_is_under_way_for_the_erased(session)
        left = traces(database, self.gone)
        assert not left, f"left of somebody who was erased: {left}"


def _reply(phone: Phone, asked: Question, variant: int) -> str:
    """An answer of the kind a question waits for; every seventh is something else."""
    if variant % 7 == 6:
        return f"not sure {phone.word}"
    match asked.kind:
        case AnswerKind.YES_NO:
            return ("yes please", "no thank you", "yes", "yes that's right")[variant % 4]
        case AnswerKind.NAME:
            return phone.name
        case AnswerKind.POSTCODE:
            return "CT5 1AA"
        case AnswerKind.CHOICE | AnswerKind.LIKERT:
            return asked.options[variant % len(asked.options)] if asked.options else "1"
        case AnswerKind.SCALE_0_10:
            return str(variant % 11)
        case AnswerKind.DATE:
            return "in two weeks"
        case AnswerKind.TIME:
            return "10am"
        case AnswerKind.PARTY_SIZE:
            return "just me"
        case AnswerKind.ACCESS_NEEDS:
            return "I use a stick"
        case AnswerKind.PHONE:
            return phone.written[4:]
        case _:
            return f"{phone.word} would be nice"
