"""One service with its phones, for tests that drive it a text, a tick or a desk action at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.town import BOT, LINE, NUMBERS, START, build_town
from wellbeing_bot.app import App, build_demo
from wellbeing_bot.clock import DemoClock
from wellbeing_bot.messages import Address, DeliveryState, Inbound, InboundKind
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    Group,
    Network,
    OutboundRow,
    Task,
)

Found = TypeVar("Found")

SILENT = {DeliveryState.QUEUED, DeliveryState.DROPPED}


class Story:
    """One service with its phones, driven a line at a time."""

    def __init__(self, folder: Path, start: datetime = START, *, app: App | None = None) -> None:
        self.folder = folder
        self.app = app or build_town(folder, start=start)
        self._texts = 0
        self._seen_tasks = 0
        self._told: set[int] = set()
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
                    .where(OutboundRow.state.not_in(SILENT), OutboundRow.id.not_in(self._told))
                    .order_by(OutboundRow.sent_at, OutboundRow.id)
                )
            )
            session.expunge_all()
        self._told.update(row.id for row in rows)
        return rows

    def new_tasks(self) -> list[Task]:
        """Tasks raised since the last look."""
        with self.app.database.reading() as session:
            rows = list(session.scalars(select(Task).where(Task.id > self._seen_tasks).order_by(Task.id)))
            session.expunge_all()
        self._seen_tasks = max([self._seen_tasks, *(row.id for row in rows)])
        return rows

    def read(self, look: Callable[[Work], Found]) -> Found:
        """What a look at the record finds, as things stand at this moment."""
        with self.app.database.reading() as session:
            return look(self._work(session))

    def write(self, job: Callable[[Work], object]) -> None:
        """Put something on record that no text and no desk action of this story did."""

        def run(session: Session) -> None:
            job(self._work(session))
            session.flush()

        self.app.database.run(run)

    def _work(self, session: Session) -> Work:
        network = session.scalars(select(Network)).one()
        return Work(session, self.now, self.app.deployment, network)

    def phone(self, address_id: int) -> str:
        """Whose phone an address is, by the names of the town."""
        with self.app.database.reading() as session:
            written = str(session.get_one(AddressRow, address_id))
        return next((name for name, number in NUMBERS.items() if number == written), written)
