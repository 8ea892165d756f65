"""Five hundred invented people over half a year, asked by the real service; what each said is kept here.

``Said`` is the test's own ledger. It is filled as people answer and shares no code with the service, so that
figures can be worked out from it in another way.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.town import BOT, LINE
from wellbeing_bot.app import App, build_demo
from wellbeing_bot.config import read_settings
from wellbeing_bot.conversation import Heard
from wellbeing_bot.messages import Address, Inbound, InboundKind
from wellbeing_bot.service.people import address_row, link_address, new_person
from wellbeing_bot.service.questionnaires import turns
from wellbeing_bot.service.questionnaires.looking import plan
from wellbeing_bot.service.questionnaires.rounds import SCRIPT
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Asking, ConversationRow, Group, Line, Membership, Network, Person, Referral
from wellbeing_bot.store.states import ConversationState, ReferralState, Role
from wellbeing_bot.understanding.meaning import Answered, Skipped

START = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
DAYS = 184
JOINING_DAYS = 50
GROUPS = ("Harbour Walk", "Lunch Club", "Singing", "Allotment", "Chess")
CONCERNS: tuple[tuple[str, ...], ...] = (
    ("loneliness", "money"),
    ("money",),
    ("housing", "money"),
    (),
    ("housing",),
    ("weight",),
)
ONS4 = ("satisfied", "worthwhile", "happy", "anxious")
UCLA = ("companionship", "left_out", "isolated", "lonely")
UCLA_WORDS = {1: "Hardly ever or never", 2: "Some of the time", 3: "Often"}
LONELY_WORDS = {1: "Often or always", 2: "Some of the time", 3: "Occasionally", 4: "Hardly ever", 5: "Never"}

Given = dict[str, int | None]


@dataclass
class Said:
    """One person, and what they said at each point. An item that is not there was never reached."""

    began: date
    groups: frozenset[str]
    concerns: frozenset[str]
    entry: Given = field(default_factory=dict)
    week_12: Given = field(default_factory=dict)
    asked_again: bool = False


class Cohort:
    """The service with its people. ``run`` lives through the half year."""

    def __init__(self, folder: Path, people: int, texting: int, seed: int = 7) -> None:
        settings = read_settings(
            database_url=f"sqlite:///{folder / 'cohort.db'}", secret_key="for tests only " * 4, _env_file=None
        )
        self.app: App = build_demo(settings, START)
        self.random = random.Random(seed)
        self.people, self.texting = people, texting
        self.said: dict[int, Said] = {}
        self.now = START
        self._texts = 0
        self._seen = 0
        self.app.database.run(self._found)

    def _found(self, session: Session) -> None:
        network = Network(slug="seabank", name="Seabank PCN", settings={})
        session.add(network)
        session.flush()
        session.add(Line(network_id=network.id, channel="sms", value=LINE))
        session.add(Line(network_id=network.id, channel="telegram", value=BOT))
        for name in GROUPS:
            session.add(Group(network_id=network.id, key=name.lower().replace(" ", "-"), name=name))

    def run(self) -> None:
        """Live through it, a day at a time."""
        for day in range(DAYS):
            self.now = START + timedelta(days=day)
            self.app.database.run(lambda session, day=day: self._arrivals(session, day))  # type: ignore[misc]
            self.now = self.now.replace(hour=11)
            while self.app.road.tick(self.now):
                pass
            self._answers()

    def _work(self, session: Session) -> Work:
        network = session.scalars(select(Network)).one()
        return Work(session, self.now, self.app.deployment, network)

    def _arrivals(self, session: Session, day: int) -> None:
        work = self._work(session)
        first, last = (self.people * d // JOINING_DAYS for d in (day, day + 1))
        groups = {group.name: group for group in session.scalars(select(Group))}
        for number in range(first, min(last, self.people)):
            self._arrives(work, number, groups)
        session.flush()
        plan(work)

    def _arrives(self, work: Work, number: int, groups: Mapping[str, Group]) -> None:
        person = new_person(work, Role.PATIENT, first_name=f"P{number}")
        address = address_row(work, Address("sms", f"+4477009{number:05d}"), line=LINE)
        link_address(work, person, address)
        concerns = self.random.choice(CONCERNS)
        names = self.random.sample(GROUPS, self.random.choice((0, 1, 1, 2)))
        for name in names:
            work.session.add(
                Membership(
                    network_id=work.network.id,
                    group_id=groups[name].id,
                    person_id=person.id,
                    since=work.now,
                )
            )
        work.session.add(
            Referral(
                network_id=work.network.id,
                person_id=person.id,
                state=ReferralState.ACTIVE,
                concerns=list(concerns),
                opened_at=work.now,
                first_contact_at=work.now,
            )
        )
        self.said[person.id] = Said(work.local_now.date(), frozenset(names), frozenset(concerns))

    def _answers(self) -> None:
        """Everybody who was asked today answers now, in their own way."""
        directly: list[tuple[int, Given]] = []
        for row_id, person_id, point, items in self._new_rounds():
            said = self.said[person_id]
            said.asked_again = said.asked_again or point == "week_12"
            given = self._will_say(items, said, point)
            if person_id <= self.texting:
                self._by_text(person_id, given)
            else:
                directly.append((row_id, given))
            (said.entry if point == "entry" else said.week_12).update(given)
        if directly:
            self.app.database.run(lambda session: self._directly(session, directly))

    def _new_rounds(self) -> Iterator[tuple[int, int, str, list[str]]]:
        with self.app.database.reading() as session:
            rows = list(
                session.execute(
                    select(ConversationRow.id, Asking.person_id, Asking.point, Asking.instrument)
                    .join(Asking, Asking.conversation_id == ConversationRow.id)
                    .where(
                        ConversationRow.script == SCRIPT,
                        ConversationRow.status == ConversationState.OPEN,
                        ConversationRow.id > self._seen,
                    )
                    .order_by(ConversationRow.id, Asking.id)
                )
            )
        rounds: dict[int, tuple[int, int, str, list[str]]] = {}
        for row_id, person_id, point, instrument in rows:
            found = rounds.setdefault(row_id, (row_id, person_id, point, []))
            found[3].extend(ONS4 if instrument == "ons4" else UCLA)
            self._seen = max(self._seen, row_id)
        yield from rounds.values()

    def _will_say(self, items: list[str], said: Said, point: str) -> Given:
        """Some say nothing, some stop half-way, some miss one out; most answer, a little better later."""
        mood = self.random.random()
        if mood < 0.12:
            return {}
        stops = self.random.randrange(1, len(items)) if mood < 0.2 else len(items)
        return {item: self._value(item, said, point) for item in items[:stops]}

    def _value(self, item: str, said: Said, point: str) -> int | None:
        if self.random.random() < 0.04:
            return None
        before = said.entry.get(item)
        if item in ONS4:
            usual = self.random.randrange(3, 9)
            drift = self.random.choice((-1, 0, 0, 1, 1, 2)) * (-1 if item == "anxious" else 1)
            return usual if point == "entry" or before is None else max(1, min(9, before + drift))
        return self.random.randrange(1, 6 if item == "lonely" else 4)

    def _by_text(self, person_id: int, given: Given) -> None:
        with self.app.database.reading() as session:
            number = int(session.get_one(Person, person_id).first_name[1:])
        for item, value in given.items():
            self._texts += 1
            self.app.road.receive(
                Inbound(
                    provider_id=f"cohort:{self._texts}",
                    kind=InboundKind.TEXT,
                    sender=Address("sms", f"+4477009{number:05d}"),
                    line=LINE,
                    text="skip" if value is None else _words(item, value),
                    received_at=self.now,
                )
            )

    def _directly(self, session: Session, rounds: list[tuple[int, Given]]) -> None:
        """The answers of a day in one transaction, each as its own turn."""
        work = self._work(session)
        for row_id, given in rounds:
            row = session.get_one(ConversationRow, row_id)
            for item, value in given.items():
                stored = _words(item, value) if item in UCLA and value is not None else value
                turns.take(work, row, Heard(Skipped() if stored is None else Answered(stored)))


def _words(item: str, value: int) -> str:
    if item == "lonely":
        return LONELY_WORDS[value]
    return UCLA_WORDS[value] if item in UCLA else str(value)
