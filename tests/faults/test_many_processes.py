"""Equal processes on one PostgreSQL: each message leaves once, at one pace, and as soon as it is queued."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from tests.channels.stubs import TwilioStub
from tests.faults.crashing import PROCESSES
from tests.faults.test_sigkill import settings_for
from tests.town import build_town
from wellbeing_bot.channels.ratelimit import Bucket, reserve
from wellbeing_bot.config import Settings
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service.sending.pacing import take_turn
from wellbeing_bot.store import AddressRow, Network, OutboundRow
from wellbeing_bot.store.bell import Bell
from wellbeing_bot.store.database import Database

MANY = int(os.environ.get("MANY_PROCESSES", "3"))
ROWS = int(os.environ.get("MANY_ROWS", "240"))
"""The suite's bounded form; ``make faults`` asks for 8 processes and 10,000 rows."""

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def send_all(settings: Settings) -> None:
    """What each process does: send until nothing is left that may leave."""
    from wellbeing_bot.app import build_live

    async def send() -> None:
        app = build_live(settings)
        while _left(app.database):
            await app.sender.send_due(NOW)
        await app.close()

    asyncio.run(send())


def _left(database: Database) -> int:
    with database.reading() as session:
        waiting = OutboundRow.state.in_([DeliveryState.QUEUED, DeliveryState.SENDING])
        return session.scalar(select(func.count()).select_from(OutboundRow).where(waiting)) or 0


def _queue(session: Session) -> None:
    """One message to each of as many phones."""
    network = session.scalars(select(Network.id)).one()
    phones = [
        {"network_id": network, "channel": "sms", "value": f"+4479{key:08d}", "line": "", "unsafe": False}
        for key in range(ROWS)
    ]
    addresses = session.scalars(insert(AddressRow).returning(AddressRow.id), phones).all()
    message = {
        "network_id": network,
        "kind": "reply",
        "key": "notices.menu.say",
        "text": "Hello.",
        "buttons": [],
    }
    times = {"created_at": NOW, "due_at": NOW, "state": DeliveryState.QUEUED, "buttons": []}
    session.execute(insert(OutboundRow), [{**message, **times, "address_id": key} for key in addresses])


@pytest.mark.postgres
def test_processes_that_share_a_backlog_send_each_message_once(tmp_path: Path, postgres_url: str) -> None:
    with TwilioStub() as twilio:
        town = build_town(tmp_path, url=postgres_url)
        town.database.run(_queue)
        asyncio.run(town.close())
        settings = settings_for(postgres_url, twilio)
        children = [PROCESSES.Process(target=send_all, args=(settings,)) for _ in range(MANY)]
        for child in children:
            child.start()
        for child in children:
            child.join(timeout=600)
        assert [child.exitcode for child in children] == [0] * MANY
        sent = Counter(message.to for message in twilio.messages)
        assert len(sent) == ROWS
        assert set(sent.values()) == {1}


@pytest.mark.postgres
def test_processes_share_one_pace(postgres_url: str) -> None:
    databases = [Database(postgres_url) for _ in range(3)]
    bucket = Bucket.full(2.0, 4, NOW)
    waits = [
        databases[number % 3].run(lambda session: take_turn(session, "sms", bucket)) for number in range(10)
    ]
    for database in databases:
        database.close()
    assert waits[:4] == [timedelta(0)] * 4, "a burst leaves at once"
    assert waits[4:] == sorted(waits[4:])
    assert waits[9] > timedelta(seconds=1), "and then two a second, whichever process asks"


@given(
    per_second=st.floats(0.5, 50),
    burst=st.integers(1, 30),
    pauses=st.lists(st.floats(0, 3), min_size=1, max_size=60),
)
def test_whatever_the_pauses_no_more_leave_than_the_pace_allows(
    per_second: float, burst: int, pauses: list[float]
) -> None:
    now, full_again = NOW, None
    leaves = []
    for pause in pauses:
        now += timedelta(seconds=pause)
        full_again, wait = reserve(full_again, now, per_second, burst)
        leaves.append(now + wait)
    for first in range(len(leaves)):
        for last in range(first + burst, len(leaves)):
            least = (last - first - burst + 1) / per_second - 0.001
            assert (leaves[last] - leaves[first]).total_seconds() >= least


@pytest.mark.postgres
def test_a_ring_in_one_process_wakes_the_others(postgres_url: str) -> None:
    async def story() -> None:
        one, other, woken = Bell(postgres_url), Bell(postgres_url), asyncio.Event()
        tasks = [asyncio.create_task(one.run(lambda: None)), asyncio.create_task(other.run(woken.set))]
        await asyncio.wait_for(woken.wait(), 10)  # it listens now, and has looked once
        woken.clear()
        one.ring()
        await asyncio.wait_for(woken.wait(), 10)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(story())
