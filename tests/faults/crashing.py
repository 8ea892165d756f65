"""A live service in processes of its own, killed at random moments and started again."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import socket
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess

import httpx
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.channels.stubs import TwilioStub
from wellbeing_bot.config import Settings
from wellbeing_bot.messages import Address, DeliveryState
from wellbeing_bot.service.people import address_row, link_address, new_person
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import (
    Group,
    InboundRow,
    Line,
    Network,
    OutboundRow,
    Place,
    Reminder,
    Session_,
)
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.states import InboundState, PlaceState, ReminderState, Role

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    ["wellbeing_bot.app", "wellbeing_bot.web.app", "uvicorn", "tests.faults.crashing"]
)


def serve(settings: Settings, port: int) -> None:
    """What a child process does: the whole live service."""
    import uvicorn

    from wellbeing_bot.app import build_live
    from wellbeing_bot.web.app import create_app

    uvicorn.run(
        create_app(build_live(settings)), host="127.0.0.1", port=port, log_config=None, access_log=False
    )


@dataclass
class Crashing:
    """Traffic in, due work out, and processes that die."""

    settings: Settings
    twilio: TwilioStub
    processes: int = 1
    seed: int = 1
    acknowledged: set[str] = field(default_factory=set)  # numbers whose one text was answered 200
    sent_in: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.ports = [_free_port() for _ in range(self.processes)]
        self._children: list[BaseProcess] = []
        self._stop = threading.Event()

    def start(self) -> None:
        """Start every process and wait until each answers."""
        self._children = [
            PROCESSES.Process(target=serve, args=(self.settings, port), daemon=True) for port in self.ports
        ]
        for child in self._children:
            child.start()
        try:
            for port in self.ports:
                _wait_for(port)
        except AssertionError:
            self.kill()  # what does not start must not stay either
            raise

    def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is said."""
        for child in self._children:
            if child.pid is not None:
                os.kill(child.pid, signal.SIGKILL)
            child.join()

    def traffic(self, over: threading.Event) -> None:
        """People text, each once, as fast as they are answered, until it is over."""
        threads = [threading.Thread(target=self._texts, args=(over,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _texts(self, over: threading.Event) -> None:
        hook = f"{self.settings.public_base_url}/webhooks/twilio/message"
        while not over.is_set():
            number = self._number()
            port = self.random.choice(self.ports)
            fields = self.twilio.text_comes_in(number, "hello there I would like some company please")
            try:
                answer = self.twilio.sign_and_post(
                    hook, fields, to=f"http://127.0.0.1:{port}/webhooks/twilio/message"
                )
            except httpx.HTTPError:
                continue  # not acknowledged: the provider would try again; nothing is promised
            if answer.status_code == 200:
                self.acknowledged.add(number)

    def _number(self) -> str:
        self.sent_in += 1
        return f"+4477009{self.sent_in + 10000:05d}"

    def round(self) -> None:
        """Start, let people text until one is acknowledged, and die at a random moment after that."""
        self.start()
        over = threading.Event()
        texting = threading.Thread(target=self.traffic, args=(over,))
        before = len(self.acknowledged)
        texting.start()
        patience = time.monotonic() + 20
        while len(self.acknowledged) == before and time.monotonic() < patience:
            time.sleep(0.005)
        time.sleep(self.random.uniform(0.0, 0.4))
        self.kill()
        over.set()
        texting.join()

    def settle(self, seconds: float = 60.0) -> None:
        """Start once more, undisturbed, until nothing is left to do."""
        self.start()
        database = Database(self.settings.database_url)
        end = time.monotonic() + seconds
        while _left_to_do(database) and time.monotonic() < end:
            time.sleep(0.2)
        database.close()
        self.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, seconds: float = 300.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health", timeout=30).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.02)
    raise AssertionError("the service did not start")


def _left_to_do(database: Database) -> int:
    with database.reading() as session:
        recorded = session.scalar(
            select(func.count()).select_from(InboundRow).where(InboundRow.state == InboundState.RECORDED)
        )
        waiting = session.scalar(
            select(func.count())
            .select_from(OutboundRow)
            .where(
                OutboundRow.state.in_([DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNKNOWN]),
                OutboundRow.error_code.is_distinct_from("unknown_for_good"),
            )
        )
        due = session.scalar(
            select(func.count())
            .select_from(Reminder)
            .where(
                Reminder.state.in_([ReminderState.DUE, ReminderState.HANDED_OVER]),
                Reminder.kind == "day_before",
            )
        )
    return int(recorded or 0) + int(waiting or 0) + int(due or 0)


def plan_due_work(settings: Settings, number: str, people: int, spread: timedelta) -> list[str]:
    """People whose day-before reminder falls due within ``spread`` from now. Returns their numbers."""
    database = Database(settings.database_url)

    def job(session: Session) -> list[str]:
        network = session.scalars(select(Network)).one()
        network.settings = {**network.settings, "quiet_from": "00:00", "quiet_until": "00:00"}
        session.scalars(select(Line).where(Line.channel == "sms")).one().value = number
        now = datetime.now(UTC)
        group = session.scalars(select(Group).where(Group.key == "harbour-walk")).one()
        meeting = Session_(
            network_id=network.id,
            group_id=group.id,
            occurs_on=(now + timedelta(days=1)).date(),
            starts_at=now + timedelta(days=1),
            ends_at=now + timedelta(days=1, hours=1),
        )
        session.add(meeting)
        session.flush()
        work = Work(session, now, Deployment(None, len, str), network)  # type: ignore[arg-type]
        numbers = []
        for index in range(people):
            written = f"+44770080{index:04d}"
            person = new_person(work, Role.PATIENT, first_name="Jean")
            link_address(work, person, address_row(work, Address("sms", written), line=number))
            place = Place(
                network_id=network.id,
                session_id=meeting.id,
                person_id=person.id,
                state=PlaceState.BOOKED,
                queued_at=now,
            )
            session.add(place)
            session.flush()
            session.add(
                Reminder(
                    network_id=network.id,
                    kind="day_before",
                    occurrence=f"day_before:{place.id}:0",
                    person_id=person.id,
                    place_id=place.id,
                    session_id=meeting.id,
                    payload={},
                    due_at=now + spread * index / people,
                    expires_at=now + timedelta(hours=20),
                )
            )
            numbers.append(written)
        return numbers

    numbers = database.run(job)
    database.close()
    return numbers
