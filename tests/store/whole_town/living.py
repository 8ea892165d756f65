"""Four months of the town: people text, answer, stay silent; staff do their days; everything due fires."""

from __future__ import annotations

import asyncio
import heapq
import logging
import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from tests.store.whole_town import other_days, promises, sayings, staff_days
from tests.store.whole_town.forgotten import forgotten_today
from tests.store.whole_town.townsfolk import HOME, LINES, Resident, Town, settle
from tests.town import fresh_sqlite
from wellbeing_bot.app import build_demo
from wellbeing_bot.channels.simulator import SimulatorChannel
from wellbeing_bot.clock import DemoClock
from wellbeing_bot.config import read_settings
from wellbeing_bot.messages import Address, Inbound, InboundKind
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.importing.setup import apply_setup
from wellbeing_bot.store import AddressRow, OutboundRow, PersonAddress
from wellbeing_bot.store.states import OutboundKind

LONDON = staff_days.LONDON
WINTER = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
DAYS = 121  # the end of March: past Christmas, Easter and the clock change
SPRING = datetime(2027, 3, 15, 8, 0, tzinfo=UTC)
"""Where a shorter life begins: two weeks before the clocks go forward, with Easter among them."""


class _Faults(logging.Handler):
    """Turns that failed, with where."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(logging.Formatter("%(message)s").format(record))


class Life:
    """The service with its town. ``live`` goes through the months; what broke is in ``broken``."""

    def __init__(self, folder: Path, seed: int, people: int, texts_each: int, days: int = DAYS) -> None:
        self.chance = random.Random(seed)
        self.town: Town = settle(self.chance, people)
        self.days, self.start = days, WINTER if days > 60 else SPRING
        settings = read_settings(
            database_url=f"sqlite:///{fresh_sqlite(folder)}", secret_key="for tests only " * 4, _env_file=None
        )
        self.app = build_demo(settings, self.start)
        self.ledger = promises.Ledger()
        self.broken: list[str] = []
        self.did: Counter[str] = Counter()
        self.words: Counter[str] = Counter()
        self._todo: list[tuple[datetime, int, Callable[[], None]]] = []
        self._planned = 0
        self._left: dict[str, int] = dict.fromkeys(self.town.phones, texts_each)
        self._loop = asyncio.new_event_loop()
        self._faults = _Faults()
        self._networks = self._begin()  # their numbers, by short name

    def _begin(self) -> dict[str, int]:
        made = self.app.database.run(
            lambda session: apply_setup(session, self.town.documents, self.start, self.app.deployment)
        )
        for address, behaviour in made.behaviours.items():
            channel = self.app.channels[address.channel]
            assert isinstance(channel, SimulatorChannel)
            channel.behave(address, behaviour)  # type: ignore[arg-type]
        return made.networks

    @property
    def now(self) -> datetime:
        return self.app.clock.now()

    def live(self) -> None:
        """From the first day to the last, and three quiet weeks after."""
        logging.getLogger("wellbeing_bot").addHandler(self._faults)
        try:
            self._plan()
            end = self.start + timedelta(days=self.days)
            while self._todo and self._todo[0][0] < end:
                moment, _, deed = heapq.heappop(self._todo)
                self._until(moment)
                deed()
                self._settle()
            self._until(end)
        finally:
            logging.getLogger("wellbeing_bot").removeHandler(self._faults)
            self.broken += [f"a turn failed: {fault}" for fault in self._faults.found]
        with self.app.database.reading() as session:
            self.broken += list(promises.broken_at_the_end(session, self.now))

    def close(self) -> None:
        self._loop.run_until_complete(self.app.close())
        self._loop.close()

    def _plan(self) -> None:
        for phone, readers in self.town.phones.items():
            for who in readers:
                self._plan_own_texts(phone, who)
        for day in range(self.days):
            at = datetime.combine((self.start + timedelta(days=day)).date(), time(10, 5), tzinfo=LONDON)
            if at.weekday() < 5:
                self._later(at.astimezone(UTC), self._working_day)
            self._later(at.astimezone(UTC) + timedelta(hours=9), self._look_at_the_day)

    def _plan_own_texts(self, phone: str, who: Resident) -> None:
        if who.part in {"staff", "council", "referred"}:
            return
        first = self.start + timedelta(days=self.chance.randrange(max(1, self.days // 2)))
        if who.part == "newcomer":
            text = sayings.first_text(who, self.chance)
            self._later(self._hour(first, who), lambda: self._text(phone, text, who.network))
        for _ in range(who.own_texts):
            day = self.start + timedelta(days=self.chance.randrange(self.days))
            day = max(day, first + timedelta(days=2)) if who.part == "newcomer" else day
            said = sayings.own_text(self.chance)
            self._later(self._hour(day, who), partial(self._text, phone, said, who.network))

    def _hour(self, day: datetime, who: Resident) -> datetime:
        hours = self.chance.randrange(24) if who.late else self.chance.randrange(8, 21)
        at = datetime.combine(day.date(), time(hours, self.chance.randrange(60)), tzinfo=LONDON)
        return at.astimezone(UTC)

    def _later(self, moment: datetime, deed: Callable[[], None]) -> None:
        self._planned += 1
        heapq.heappush(self._todo, (max(moment, self.now), self._planned, deed))

    def _until(self, moment: datetime) -> None:
        clock = self.app.clock
        assert isinstance(clock, DemoClock)
        while True:
            due = self.app.road.next_due()
            if due is None or due > moment:
                break
            clock.move_to(max(due, self.now))
            self._settle()
        clock.move_to(max(moment, self.now))

    def _settle(self) -> None:
        for _ in range(30):
            due = self.app.road.next_due()
            if due is None or due > self.now:
                return
            self.did["ticks"] += 1
            self.app.road.tick(self.now)
            self._loop.run_until_complete(self.app.sender.send_due(self.now))
            self._look_at_what_went_out()
        raise AssertionError("things fall due without end")

    def _look_at_what_went_out(self) -> None:
        ids: list[int] = []
        for channel in self.app.channels.values():
            assert isinstance(channel, SimulatorChannel)
            ids += [message.id for message in channel.given]
            channel.given.clear()
        if not ids:
            return
        with self.app.database.reading() as session:
            self.broken += promises.broken(session, self.ledger, ids, self.now)
            rows = [session.get_one(OutboundRow, key) for key in ids]
            for row in rows:
                self.did["texts out"] += 1
                address = session.get_one(AddressRow, row.address_id)
                self.words[row.key] += 1
                if row.sent_at is None:
                    continue
                if row.kind is OutboundKind.ALERT:
                    self._somebody_goes(row.text, row.network_id)
                self._may_answer(str(address), self._slug(row.network_id), row.key, row.text, row.kind)
        assert len(self.broken) < 40, "\n".join(self.broken)

    def _slug(self, network_id: int | None) -> str:
        return next((slug for slug, key in self._networks.items() if key == network_id), HOME)

    def _somebody_goes(self, alert: str, network_id: int | None) -> None:
        """Whoever is on duty says that they have it; now and then only the next one does."""
        task = re.search(r"\btask (\d+)", alert, re.IGNORECASE)
        if task is not None and self.chance.random() < 0.8:
            minutes = timedelta(minutes=self.chance.choice((2, 6, 12)))
            args = {"task": int(task[1])}
            self._later(self.now + minutes, lambda: self._desk(self._slug(network_id), "acknowledge", args))

    def _may_answer(self, phone: str, slug: str, key: str, text: str, kind: OutboundKind) -> None:
        readers = [one for one in self.town.phones.get(phone, ()) if one.network == slug]
        if not readers or self._left.get(phone, 0) <= 0:
            return
        who = next((one for one in readers if text.startswith(f"For {one.name}:")), readers[0])
        if who.part in {"staff", "council"} or not sayings.asks(key, text):
            return
        if self.chance.random() >= who.answers:
            return
        said = sayings.answer(key, text, who, self.chance)
        wait = timedelta(minutes=self.chance.choice((1, 2, 5, 20, 90, 400)))
        if kind is OutboundKind.REPLY:
            wait = timedelta(minutes=self.chance.choice((1, 1, 2, 5, 30)))
        at = self.now + wait
        if not who.late and not time(8) <= at.astimezone(LONDON).time() < time(21):
            at = self._hour(at + timedelta(days=1), who)
        self._later(at, lambda: self._text(phone, said, slug))

    def _text(self, phone: str, text: str, slug: str = HOME) -> None:
        if self._left[phone] <= 0:
            return
        self._left[phone] -= 1
        self.did["texts in"] += 1
        sender = Address.parse(phone)
        inbound = Inbound(
            provider_id=f"town:{self.did['texts in']}",
            kind=InboundKind.TEXT,
            sender=sender,
            line=LINES[slug][sender.channel],
            text=text,
            received_at=self.now,
        )
        self.ledger.texted(f"{phone} {self._networks[slug]}", text, self.now)
        self.app.road.receive(inbound)
        if text.strip().lower() == "stop" and self.chance.random() < 0.5:
            self._later(self.now + timedelta(days=9), lambda: self._text(phone, "START", slug))
        with self.app.database.reading() as session:
            address = session.scalar(
                select(AddressRow.id).where(
                    AddressRow.value == sender.value, AddressRow.network_id == self._networks[slug]
                )
            )
        if address is not None:
            self.ledger.heard_from(address)

    def _working_day(self) -> None:
        for slug, network_id in self._networks.items():
            with self.app.database.reading() as session:
                deeds = staff_days.deeds_of_the_day(session, network_id, self.now, self.chance)
                deeds += other_days.deeds_of_the_day(session, network_id, self.town, self.now, self.chance)
            for action, args in deeds:
                self._desk(slug, action, args)
                self._settle()

    def _desk(self, slug: str, action: str, args: dict[str, Any]) -> None:
        phones = self._phones_to_forget(args) if action == "erase" else []
        try:
            self.app.road.perform(self._networks[slug], action, "Sunita Rao", args, self.now)
        except DeskError:
            self.did[f"desk refused {action}"] += 1
            return
        self.did[f"desk {action}"] += 1
        self.ledger.forgotten.update(phones)

    def _phones_to_forget(self, args: dict[str, Any]) -> list[str]:
        """The phones that are nobody else's: nothing may be begun with them afterwards."""
        with self.app.database.reading() as session:
            rows = session.scalars(
                select(AddressRow)
                .join(PersonAddress, PersonAddress.address_id == AddressRow.id)
                .where(PersonAddress.ended_at.is_(None))
                .group_by(AddressRow.id)
                .having(func.min(PersonAddress.person_id) == args["person"])
                .having(func.max(PersonAddress.person_id) == args["person"])
            )
            return [promises.thread(row) for row in rows]

    def _look_at_the_day(self) -> None:
        with self.app.database.reading() as session:
            self.broken += promises.broken_today(session, self.now)
            self.broken += forgotten_today(session, self.ledger, self.now)
