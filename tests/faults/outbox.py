"""A live outbox whose providers are stubs over real HTTP and whose clock is ours."""

from __future__ import annotations

import asyncio
import functools
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.channels.stubs import TelegramStub, TwilioStub
from tests.live import live_settings, prepare
from tests.town import START
from wellbeing_bot.app import App, build_deployment
from wellbeing_bot.channels.base import Channel
from wellbeing_bot.channels.breaker import Breaker
from wellbeing_bot.channels.http import HttpPool
from wellbeing_bot.channels.sms import TwilioChannel
from wellbeing_bot.channels.telegram import TelegramChannel
from wellbeing_bot.clock import DemoClock
from wellbeing_bot.config import Settings
from wellbeing_bot.conversation import Say
from wellbeing_bot.messages import Address, ChannelName
from wellbeing_bot.service.people import address_row
from wellbeing_bot.service.road import Road
from wellbeing_bot.service.sending.outbox import put
from wellbeing_bot.service.sending.sending import Sender
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import Network, OutboundRow, Task
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.states import OutboundKind

IMPATIENT = 0.6
"""Seconds until a stub that hangs counts as not answering; a busy machine must not look like one."""


@functools.cache
def _town() -> tuple[Path, Deployment]:
    """The town's database and the conversations: made once, used by every test."""
    folder = Path(tempfile.mkdtemp(prefix="outbox"))
    with TwilioStub() as twilio, TelegramStub() as telegram:
        settings = prepare(folder, twilio, telegram)
    database = Database(settings.database_url)
    with database.writer.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.close()
    return folder / "town.db", build_deployment(settings, demo=False)


class Outbox:
    """Messages are put in by hand; sending is the live service's own, with a shorter time-out."""

    def __init__(
        self, settings: Settings, twilio: TwilioStub, telegram: TelegramStub, start: datetime
    ) -> None:
        self.settings, self.twilio, self.telegram = settings, twilio, telegram
        self.loop = asyncio.new_event_loop()
        self.clock = DemoClock(start)
        self.app = self._build()

    def _build(self) -> App:
        settings, deployment = self.settings, _town()[1]
        self._pool = HttpPool(read=IMPATIENT)
        channels: dict[ChannelName, Channel] = {
            "sms": TwilioChannel(
                settings.twilio_account_sid,
                settings.twilio_auth_token.get_secret_value(),
                settings.twilio_from_number,
                status_callback_url=f"{settings.public_base_url}/webhooks/twilio/status",
                api_base_url=settings.twilio_api_base_url,
                pool=self._pool,
            ),
            "telegram": TelegramChannel(
                settings.telegram_bot_token.get_secret_value(),
                api_base_url=settings.telegram_api_base_url,
                pool=self._pool,
            ),
        }
        database = Database(settings.database_url)
        breakers: dict[ChannelName, Breaker] = {"sms": Breaker(), "telegram": Breaker()}
        return App(
            settings=settings,
            database=database,
            deployment=deployment,
            road=Road(database, deployment),
            sender=Sender(database, channels, deployment, breakers=breakers),
            clock=self.clock,
            channels=channels,
        )

    @property
    def now(self) -> datetime:
        return self.app.clock.now()

    def say(
        self, to: str, text: str, kind: OutboundKind = OutboundKind.REPLY, occurrence: str | None = None
    ) -> int | None:
        """Put one message in. Returns its id, or None where it has been told already."""

        def job(session: Session) -> int | None:
            network = session.scalars(select(Network)).one()
            work = Work(session, self.now, self.app.deployment, network)
            address = address_row(work, Address.parse(to))
            row = put(work, address, Say("test.words", text), kind=kind, occurrence=occurrence)
            return row.id if row else None

        return self.app.database.run(job)

    def expires(self, outbound_id: int | None, moment: datetime) -> None:
        """Let a message make sense until then only."""

        def job(session: Session) -> None:
            session.get_one(OutboundRow, outbound_id).expires_at = moment

        self.app.database.run(job)

    def allow(self, **caps: int) -> None:
        """Set the network's caps."""

        def job(session: Session) -> None:
            network = session.scalars(select(Network)).one()
            network.settings = {**network.settings, **caps}

        self.app.database.run(job)

    def look(self) -> int:
        """Send what may leave now."""
        self.twilio.now = self.now
        return self.loop.run_until_complete(self.app.sender.send_due(self.now, self.app.clock.now))

    def later(self, **how: float) -> None:
        """Let time go by, and look once."""
        self.clock.move_to(self.now + timedelta(**how))
        self.look()

    def through(self, span: timedelta, step: timedelta) -> None:
        """Let time go by, looking every step."""
        end = self.now + span
        while self.now < end:
            self.later(seconds=step.total_seconds())

    def row(self, outbound_id: int | None) -> OutboundRow:
        """A message as it stands on record."""
        assert outbound_id is not None
        with self.app.database.reading() as session:
            row = session.get_one(OutboundRow, outbound_id)
            session.expunge(row)
            return row

    def tasks(self, kind: str) -> list[Task]:
        """The tasks of a kind that are raised."""
        with self.app.database.reading() as session:
            rows = list(session.scalars(select(Task).where(Task.kind == kind)))
            session.expunge_all()
            return rows

    def die_and_start_again(self) -> None:
        """The process ends without a word; another takes over with nothing but the database."""
        self._stop()
        self.app = self._build()
        self.app.road.recover(self.now)

    def _stop(self) -> None:
        self.loop.run_until_complete(self.app.close())
        self.loop.run_until_complete(self._pool.close())

    def close(self) -> None:
        self._stop()
        self.loop.close()


@contextmanager
def live_outbox(folder: Path, start: datetime = START) -> Iterator[Outbox]:
    """Stubs and an outbox."""
    with TwilioStub() as twilio, TelegramStub() as telegram:
        shutil.copyfile(_town()[0], folder / "town.db")
        outbox = Outbox(live_settings(folder, twilio, telegram), twilio, telegram, start)
        try:
            yield outbox
        finally:
            outbox.close()
