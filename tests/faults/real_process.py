"""``wellbeing-bot serve`` as a process of its own, whose clock is a file that the test writes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.channels.stubs import TwilioStub
from tests.channels.stubs.settings import settings_with
from tests.faults.crashing import _free_port, _wait_for
from wellbeing_bot.app import build_live
from wellbeing_bot.config import Settings
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.store import InboundRow, OutboundRow, Reminder
from wellbeing_bot.store.states import InboundState, ReminderState

COMMAND = (sys.executable, "-c", "from wellbeing_bot.cli import main; main()", "serve")


class RealProcess:
    """A running service and the time it believes it is."""

    def __init__(self, folder: Path, url: str, twilio: TwilioStub, start: datetime) -> None:
        self.twilio = twilio
        self.now = start
        self.port = _free_port()
        self._file = folder / "now"
        self.settings = _settings(url, twilio, self._file)
        self._folder = folder
        self._set(start)
        self._reader = build_live(self.settings)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {
            "DATABASE_URL": self.settings.database_url,
            "SECRET_KEY": self.settings.secret_key.get_secret_value(),
            "PUBLIC_BASE_URL": self.settings.public_base_url,
            "TWILIO_ACCOUNT_SID": self.settings.twilio_account_sid,
            "TWILIO_AUTH_TOKEN": self.settings.twilio_auth_token.get_secret_value(),
            "TWILIO_FROM_NUMBER": self.settings.twilio_from_number,
            "TWILIO_API_BASE_URL": self.settings.twilio_api_base_url,
            "SMS_PER_SECOND": "1000",
            "FAKE_CLOCK_FILE": str(self._file),
            "PORT": str(self.port),
        }
        self._process = subprocess.Popen(COMMAND, env={**os.environ, **environment}, cwd=self._folder)
        _wait_for(self.port, seconds=90)

    def stop(self) -> None:
        """SIGKILL: nothing is finished, nothing is said."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def close(self) -> None:
        self.stop()
        self._reader.database.close()

    def set_clock(self, moment: datetime) -> None:
        """The machine's clock shows this now, earlier or later, and all that is due then has been done."""
        self._set(moment)
        self._wait_until_nothing_is_due()

    def until(self, moment: datetime) -> None:
        """Time passes as it does; everything due on the way happens at its own time."""
        while (due := self._reader.road.next_due()) is not None and due <= moment:
            self.set_clock(max(due, self.now))
        self.set_clock(moment)

    def reading(self) -> AbstractContextManager[Session]:
        """A look at its database."""
        return self._reader.database.reading()

    def text(self, number: str, body: str) -> int:
        """Somebody texts; returns the webhook's status code."""
        fields = self.twilio.text_comes_in(number, body)
        hook = f"{self.settings.public_base_url}/webhooks/twilio/message"
        to = f"http://127.0.0.1:{self.port}/webhooks/twilio/message"
        return self.twilio.sign_and_post(hook, fields, to=to).status_code

    def _set(self, moment: datetime) -> None:
        self.now = self.twilio.now = moment
        new = self._file.with_suffix(".new")
        new.write_text(moment.isoformat(), "utf-8")
        new.replace(self._file)  # never half written

    def _under_way(self) -> bool:
        """Whether something was taken up and is not done."""
        with self.reading() as session:
            return any(
                session.scalar(select(row.id).where(state).limit(1)) is not None
                for row, state in (
                    (Reminder, Reminder.state == ReminderState.HANDED_OVER),
                    (InboundRow, InboundRow.state == InboundState.RECORDED),
                    (OutboundRow, OutboundRow.state == DeliveryState.SENDING),
                )
            )

    def _wait_until_nothing_is_due(self, seconds: float = 60.0) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            due = self._reader.road.next_due()
            if (due is None or due > self.now) and not self._under_way():
                return
            time.sleep(0.02)
        raise AssertionError("something stays due")


def _settings(url: str, twilio: TwilioStub, file: Path) -> Settings:
    return settings_with(
        url,
        twilio,
        fake_clock_file=file,
    )


@contextmanager
def real_process(folder: Path, url: str, twilio: TwilioStub, start: datetime) -> Iterator[RealProcess]:
    """The service on this database, running."""
    process = RealProcess(folder, url, twilio, start)
    try:
        process.start()
        yield process
    finally:
        process.close()
