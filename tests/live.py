"""The live service in a thread, talking to stub providers over real HTTP; only its clock is ours."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import uvicorn
from sqlalchemy.orm import Session

from tests.channels.stubs import TelegramStub, TwilioStub
from tests.channels.stubs.settings import settings_with
from tests.town import START, build_town
from wellbeing_bot.app import App, build_live
from wellbeing_bot.clock import DemoClock
from wellbeing_bot.config import Settings
from wellbeing_bot.store import Line
from wellbeing_bot.web.app import create_app


class LiveService:
    """A running service. Texts come in as signed webhooks and go out to the stubs."""

    def __init__(self, app: App, url: str, twilio: TwilioStub, telegram: TelegramStub) -> None:
        self.app = app
        self.url = url
        self.twilio = twilio
        self.telegram = telegram

    def text(self, number: str, body: str, **fields: str) -> int:
        """Somebody texts our Twilio number; returns the webhook's status code."""
        params = {**self.twilio.text_comes_in(number, body), **fields}
        hook = f"{self.app.settings.public_base_url}/webhooks/twilio/message"
        return self.twilio.sign_and_post(hook, params, to=f"{self.url}/webhooks/twilio/message").status_code

    def write(self, chat_id: int, text: str) -> int:
        """Somebody writes to our Telegram bot."""
        secret = self.app.settings.telegram_webhook_secret.get_secret_value()
        update = self.telegram.text(chat_id, text)
        return self.telegram.post(update, url=f"{self.url}/webhooks/telegram", secret=secret).status_code

    def until(self, moment: datetime) -> None:
        """Move the clock on; everything due on the way happens at its own time."""
        clock = self.app.clock
        assert isinstance(clock, DemoClock)
        while (due := self.app.road.next_due()) is not None and due <= moment:
            clock.move_to(max(due, clock.now()))
            self._wait_until_nothing_is_due()
        clock.move_to(moment)
        self._wait_until_nothing_is_due()

    def _wait_until_nothing_is_due(self, seconds: float = 15.0) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            due = self.app.road.next_due()
            if due is None or due > self.app.clock.now():
                return
            time.sleep(0.02)
        raise AssertionError("something stays due")


def live_settings(folder: Path, twilio: TwilioStub, telegram: TelegramStub) -> Settings:
    """Settings of a live deployment whose providers are the stubs."""
    return settings_with(
        f"sqlite:///{folder / 'town.db'}",
        twilio,
        telegram_bot_token=telegram.token,
        telegram_webhook_secret="a-secret-of-ours-0123456789abcdef",
        telegram_api_base_url=telegram.url,
        sms_per_second=1000,
        telegram_per_second=1000,
    )


def prepare(folder: Path, twilio: TwilioStub, telegram: TelegramStub, start: datetime = START) -> Settings:
    """A database with the town in it, whose lines are the stubs'."""
    town = build_town(folder, start=start)
    bot = telegram.token.partition(":")[0]

    def lines(session: Session) -> None:
        for line in session.query(Line):
            line.value = twilio.number if line.channel == "sms" else bot

    town.database.run(lines)
    asyncio.run(town.close())
    return live_settings(folder, twilio, telegram)


@contextmanager
def live_service(folder: Path, start: datetime = START) -> Iterator[LiveService]:
    """Stubs, a town and the service, all running."""
    with TwilioStub() as twilio, TelegramStub() as telegram:
        app = build_live(prepare(folder, twilio, telegram, start))
        app.clock = DemoClock(start)
        with served(app) as url:
            yield LiveService(app, url, twilio, telegram)


@contextmanager
def served(app: App) -> Iterator[str]:
    """An app behind uvicorn on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(create_app(app), host="127.0.0.1", port=port, log_config=None, access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=15)
