"""Sending a backlog to a provider that takes its time."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks.report import Row
from tests.channels.stubs import TelegramStub, TwilioStub
from tests.live import prepare
from wellbeing_bot.app import build_live
from wellbeing_bot.channels.base import Channel, Sent
from wellbeing_bot.channels.simulator import SimulatorChannel
from wellbeing_bot.messages import ChannelName, Outbound
from wellbeing_bot.service.sending.sending import Sender
from wellbeing_bot.store import AddressRow, Network, OutboundRow

MESSAGES = 10_000
OVER_HTTP = 1_000
LATENCY = 0.05


def _queue(session: Session, now: datetime, messages: int) -> None:
    network = session.scalars(select(Network.id)).one()
    session.execute(
        insert(AddressRow),
        [
            {
                "network_id": network,
                "channel": "sms",
                "value": f"+4477008{i:05d}",
                "line": "",
                "unsafe": False,
            }
            for i in range(messages)
        ],
    )
    addresses = session.scalars(select(AddressRow.id).where(AddressRow.value.like("+4477008%"))).all()
    session.execute(
        insert(OutboundRow),
        [
            {
                "network_id": network,
                "address_id": key,
                "kind": "reply",
                "key": "notices.menu.say",
                "text": "A message of the usual length, to see how fast a backlog leaves.",
                "buttons": [],
                "created_at": now,
                "due_at": now,
                "state": "queued",
            }
            for key in addresses
        ],
    )


class SlowProvider(SimulatorChannel):
    """A provider that answers every message after a while, and costs nothing itself."""

    async def send(self, message: Outbound) -> Sent:
        await asyncio.sleep(LATENCY)
        return await super().send(message)


def measure() -> list[Row]:
    """The rows of this part."""
    work = f"sending a backlog to a provider with {LATENCY * 1000:.0f} ms latency, limits off: "
    return [
        Row(
            f"{work}{MESSAGES:,} messages, a stub of no cost",
            f"{_rate(MESSAGES, over_http=False):,.0f} a second",
            bar="1,000 a second",
        ),
        Row(
            f"{work}{OVER_HTTP:,} messages, Twilio's own library and HTTP to a stub in the same process",
            f"{_rate(OVER_HTTP, over_http=True):,.0f} a second",
        ),
    ]


def _rate(messages: int, *, over_http: bool) -> float:
    with tempfile.TemporaryDirectory() as folder, TwilioStub() as twilio, TelegramStub() as telegram:
        twilio.latency = LATENCY
        app = build_live(prepare(Path(folder), twilio, telegram))
        slow: dict[ChannelName, Channel] = {"sms": SlowProvider("sms")}
        channels = app.channels if over_http else slow
        sender = Sender(app.database, channels, app.deployment)
        now = datetime.now(UTC)
        app.database.run(lambda session: _queue(session, now, messages))

        async def send() -> float:
            began = time.perf_counter()
            sent = await sender.send_due(now + timedelta(seconds=1))
            rate = sent / (time.perf_counter() - began)
            await app.close()
            return rate

        return asyncio.run(send())
