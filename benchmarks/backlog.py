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
from wellbeing_bot.service.sending import Sender
from wellbeing_bot.store import AddressRow, Network, OutboundRow

MESSAGES = 2_000
LATENCY = 0.05


def _queue(session: Session, now: datetime) -> None:
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
            for i in range(MESSAGES)
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


def measure() -> list[Row]:
    """The rows of this part."""
    with tempfile.TemporaryDirectory() as folder, TwilioStub() as twilio, TelegramStub() as telegram:
        twilio.latency = LATENCY
        app = build_live(prepare(Path(folder), twilio, telegram))
        sender = Sender(app.database, app.channels, app.deployment)
        now = datetime.now(UTC)
        app.database.run(lambda session: _queue(session, now))

        async def send() -> float:
            began = time.perf_counter()
            await sender.send_due(now + timedelta(seconds=1))
            rate = MESSAGES / (time.perf_counter() - began)
            await app.close()
            return rate

        rate = asyncio.run(send())
    return [
        Row(
            f"sending a backlog of {MESSAGES:,} to a stub with {LATENCY * 1000:.0f} ms latency, limits off",
            f"{rate:,.0f} a second",
        )
    ]
