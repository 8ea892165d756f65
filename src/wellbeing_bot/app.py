"""The composition root: settings in, a wired service out. The only file that knows everyone."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.channels import gsm7, sms, telegram
from wellbeing_bot.channels.base import Channel, SendError
from wellbeing_bot.channels.breaker import Breaker
from wellbeing_bot.channels.ratelimit import Bucket
from wellbeing_bot.channels.simulator import SimulatorChannel
from wellbeing_bot.channels.sms import TwilioChannel
from wellbeing_bot.channels.telegram import TelegramChannel
from wellbeing_bot.channels.telegram_bots import TelegramBots
from wellbeing_bot.channels.twilio_accounts import TwilioAccounts
from wellbeing_bot.clock import Clock, DemoClock, FileClock, SystemClock, Ticker
from wellbeing_bot.config import Settings
from wellbeing_bot.conversation import Scripts, load
from wellbeing_bot.messages import ChannelName
from wellbeing_bot.service import restoring
from wellbeing_bot.service.actions import SPECS
from wellbeing_bot.service.activities.planning import plan_network
from wellbeing_bot.service.questionnaires.library import Library
from wellbeing_bot.service.reconciling import reconcile
from wellbeing_bot.service.road import Road
from wellbeing_bot.service.rules import RULES
from wellbeing_bot.service.sending.sending import Sender
from wellbeing_bot.service.sending.unreported import ask_for_reports
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import Network
from wellbeing_bot.store.bell import Bell
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.migrate import migrate
from wellbeing_bot.understanding.answers import prepare
from wellbeing_bot.understanding.phrases import compile_all
from wellbeing_bot.understanding.understand import understand

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
RECONCILE_SECONDS = 300.0


@dataclass
class App:
    """The service, wired."""

    settings: Settings
    database: Database
    deployment: Deployment
    road: Road
    sender: Sender
    clock: Clock
    channels: Mapping[ChannelName, Channel]
    demo: bool = False
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    bell: Bell | None = None  # where several processes may run

    @property
    def telegram_bots(self) -> tuple[int, ...]:
        """The numbers in the bots' tokens, which are also the names of their lines."""
        return tuple(int(token.partition(":")[0]) for token in self.settings.bot_tokens)

    def warm(self) -> None:
        """Build what is built once, so that the first text is not the one that waits for it."""
        prepare()
        understand("hello, can I join the walk on Thursday?", (), now=self.clock.now())

    def warm_through(self) -> None:
        """What is left of warming: some seconds of work that texts need not wait for."""
        compile_all()
        gc.collect()
        gc.freeze()  # the vocabulary stays for good; looking through it again and again held up texts

    def wake(self) -> None:
        """Something was queued: send it now rather than at the next tick."""
        self.awake.set()
        if self.bell is not None:
            self.bell.ring()

    async def send_when_woken(self) -> None:
        """Send as soon as something was queued, for as long as the process runs."""
        while True:
            await self.awake.wait()
            self.awake.clear()
            try:
                await self.sender.send_due(self.clock.now(), self.clock.now)
            except Exception as error:  # the database may be out of reach; the next look may fare better
                log.error("the outbox could not be emptied", extra={"error": type(error).__name__})

    async def answer_callback(self, line: str, callback_query_id: str) -> None:
        """Tell Telegram that a button was taken, so that it stops showing a clock. Failing is harmless."""
        channel = self.channels.get("telegram")
        if isinstance(channel, TelegramBots):
            await channel.answer_callback(line, callback_query_id)

    async def tick(self) -> None:
        """Look once whether something is due, and have sent what may leave.

        Sending is not waited for: a backlog that takes hours must not keep what is due from being seen.
        """
        await asyncio.to_thread(self.road.tick, self.clock.now())
        self.awake.set()  # every process ticks: nobody else needs to be told

    async def set_telegram_webhook(self) -> None:
        """Tell Telegram where updates go. When it cannot be told now, what it was told before still holds."""
        channel = self.channels.get("telegram")
        if not isinstance(channel, TelegramBots) or self.settings.telegram_mode != "webhook":
            return
        secret = self.settings.telegram_webhook_secret.get_secret_value()
        for number, bot in channel.bots.items():
            path = "/webhooks/telegram" if number == self.telegram_bots[0] else f"/webhooks/telegram/{number}"
            try:
                await bot.set_webhook(f"{self.settings.public_base_url}{path}", secret)
            except SendError as error:
                log.warning(
                    "Telegram could not be told of the webhook", extra={"error": type(error).__name__}
                )

    async def poll_telegram(self, take: Callable[[int, dict[str, Any]], Awaitable[object]]) -> None:
        """Fetch Telegram's updates for a service with no public address, until cancelled."""
        channel = self.channels.get("telegram")
        if isinstance(channel, TelegramBots):
            await channel.poll(take)

    async def reconcile(self) -> None:
        """Fetch messages and delivery reports that the provider could not bring us."""
        now = self.clock.now()
        missed = await reconcile(self.road, self.channels, now)
        learned = await ask_for_reports(self.database, self.channels, self.deployment, now)
        if missed or learned:
            self.wake()

    def notice_restore(self) -> None:
        """A database that was put back from a backup says so; from now on it is gone on from with care."""
        now = self.clock.now()
        if self.database.run(lambda session: restoring.notice(session, now)):
            log.warning("going on from a backup: messages are looked up before they are sent")

    def plan_networks(self) -> None:
        """Make sure that every network's days ahead are planned; the plan renews itself from then on."""

        def job(session: Session) -> None:
            for network in session.scalars(select(Network)):
                plan_network(Work(session, self.clock.now(), self.deployment, network))

        self.database.run(job)

    async def close(self) -> None:
        with contextlib.suppress(Exception):
            await self.sender.close()
        for channel in self.channels.values():
            with contextlib.suppress(Exception):
                await channel.close()
        self.database.close()


def conversations_folder(settings: Settings) -> Path | Traversable:
    """The deployer's own folder, else the one that ships with the package, else the checkout's."""
    if settings.conversations_dir is not None:
        return settings.conversations_dir
    shipped = files("wellbeing_bot") / "_conversations"
    if shipped.is_dir():
        return shipped
    return Path(__file__).parents[2] / "conversations"


def load_scripts(settings: Settings) -> Scripts:
    """The conversations, checked.

    Raises:
        ScriptErrors: with everything that is wrong in them.
    """
    return load(conversations_folder(settings), SPECS, RULES)


def build_deployment(settings: Settings, *, demo: bool) -> Deployment:
    scripts = load_scripts(settings)
    return Deployment(
        scripts=scripts,
        parts=lambda text: gsm7.parts(text).parts,
        simplify=gsm7.simplify,
        public_base_url=settings.public_base_url,
        secret_key=settings.secret_key.get_secret_value(),
        demo=demo,
        instruments=Library.load(settings.questionnaires_dir),
        languages={language: scripts.localised(language, even_off=True) for language in scripts.languages},
    )


def build_demo(settings: Settings, start: datetime | None = None) -> App:
    """The whole service with simulated phones and a clock that can be moved."""
    database = Database(settings.database_url)
    migrate(database.writer)
    channels: dict[ChannelName, Channel] = {
        "sms": SimulatorChannel("sms"),
        "telegram": SimulatorChannel("telegram"),
    }
    deployment = build_deployment(settings, demo=True)
    clock = DemoClock(start or datetime.now(UTC).replace(second=0, microsecond=0))
    return App(
        settings=settings,
        database=database,
        deployment=deployment,
        road=Road(database, deployment),
        sender=Sender(database, channels, deployment),
        clock=clock,
        channels=channels,
        demo=True,
    )


def build_live(settings: Settings) -> App:
    """The service with the channels that are set."""
    database = Database(settings.database_url)
    deployment = build_deployment(settings, demo=False)
    channels = _live_channels(settings)
    now = datetime.fromtimestamp(0, UTC)
    limits: dict[ChannelName, Bucket] = {
        "sms": Bucket.full(settings.sms_per_second, 10, now),
        "telegram": Bucket.full(settings.telegram_per_second, 30, now),
    }
    return App(
        settings=settings,
        database=database,
        deployment=deployment,
        road=Road(database, deployment),
        sender=Sender(
            database, channels, deployment, limits=limits, breakers={name: Breaker() for name in channels}
        ),
        clock=FileClock(settings.fake_clock_file) if settings.fake_clock_file else SystemClock(),
        channels=channels,
        bell=None if database.is_sqlite else Bell(database.url),
    )


def _twilio(settings: Settings) -> Channel:
    """The first account, and any that networks have of their own."""

    def account(sid: str, token: str, sender: str) -> TwilioChannel:
        return TwilioChannel(
            sid,
            token,
            sender,
            status_callback_url=f"{settings.public_base_url}/webhooks/twilio/status",
            api_base_url=settings.twilio_api_base_url or sms.API_BASE_URL,
            services=settings.services_by_line,
        )

    first = account(
        settings.twilio_account_sid,
        settings.twilio_auth_token.get_secret_value(),
        settings.twilio_messaging_service_sid or settings.twilio_from_number,
    )
    by_line: dict[str, TwilioChannel] = {}
    for more in settings.more_accounts:
        by_line |= dict.fromkeys(more.lines, account(more.sid, more.token, more.lines[0]))
    return TwilioAccounts(first, by_line) if by_line else first


def _live_channels(settings: Settings) -> dict[ChannelName, Channel]:
    channels: dict[ChannelName, Channel] = {}
    if settings.has_twilio:
        channels["sms"] = _twilio(settings)
    if settings.has_telegram:
        where = settings.telegram_api_base_url or telegram.API_BASE_URL
        channels["telegram"] = TelegramBots(
            [TelegramChannel(token, api_base_url=where) for token in settings.bot_tokens]
        )
    return channels


def start_ticking(app: App) -> Ticker:
    """Begin to look at what is due, what may leave, and what was missed."""
    ticker = Ticker()
    ticker.every(TICK_SECONDS, "due", app.tick)
    ticker.every(RECONCILE_SECONDS, "reconcile", app.reconcile)
    ticker.start()
    return ticker
