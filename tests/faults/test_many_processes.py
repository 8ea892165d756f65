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
from tests.faults.figures import note
from tests.faults.test_sigkill import settings_for
from tests.town import build_town
from wellbeing_bot.app import App
from wellbeing_bot.channels.base import Channel
from wellbeing_bot.channels.ratelimit import Bucket, reserve
from wellbeing_bot.channels.sms import TwilioChannel
from wellbeing_bot.config import Settings
from wellbeing_bot.messages import ChannelName, DeliveryState
from wellbeing_bot.service.reconciling import reconcile
from wellbeing_bot.service.road import Road
from wellbeing_bot.service.sending.pacing import take_turn
from wellbeing_bot.service.sending.sending import Sender
from wellbeing_bot.store import AddressRow, InboundRow, Line, Network, OutboundRow, Pace
from wellbeing_bot.store.bell import Bell
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.states import InboundState

MANY = int(os.environ.get("MANY_PROCESSES", "3"))
ROWS = int(os.environ.get("MANY_ROWS", "240"))
"""The suite's bounded form; ``make faults`` asks for 8 processes and 10,000 rows."""

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


BURST = 10
NIGHT = datetime(2026, 11, 24, 3, tzinfo=UTC)


def send_all(settings: Settings) -> None:
    """What each process does: send until nothing is left that may leave."""
    from wellbeing_bot.app import build_live

    async def send() -> None:
        app = build_live(settings)
        while _left(app.database, NOW):
            if not await app.sender.send_due(NOW):
                await asyncio.sleep(0.05)
        await app.close()

    asyncio.run(send())


def _left(database: Database, now: datetime) -> int:
    with database.reading() as session:
        waiting = OutboundRow.state.in_([DeliveryState.QUEUED, DeliveryState.SENDING])
        due = select(func.count()).select_from(OutboundRow).where(waiting, OutboundRow.due_at <= now)
        return session.scalar(due) or 0


def _queue(session: Session, rows: int = ROWS, kind: str = "reply", now: datetime = NOW) -> None:
    """One message to each of as many phones."""
    network = session.scalars(select(Network.id)).one()
    phones = [
        {"network_id": network, "channel": "sms", "value": f"+4479{key:08d}", "line": "", "unsafe": False}
        for key in range(rows)
    ]
    addresses = session.scalars(insert(AddressRow).returning(AddressRow.id), phones).all()
    message = {
        "network_id": network,
        "channel": "sms",
        "kind": kind,
        "key": "notices.menu.say",
        "text": "Hello.",
        "buttons": [],
    }
    times = {"created_at": now, "due_at": now, "state": DeliveryState.QUEUED, "buttons": []}
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
            child.join(timeout=3600)
        assert [child.exitcode for child in children] == [0] * MANY
        sent = Counter(message.to for message in twilio.messages)
        assert len(sent) == ROWS
        assert set(sent.values()) == {1}
        note(f"{MANY} processes: {len(twilio.messages)} sends for {ROWS} messages")


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


def instances_send(town: App, twilio: TwilioStub, now: datetime, per_second: float = 100_000) -> None:
    """Three services, each with a database pool and a pace of its own, send all that may leave."""
    settings = settings_for(town.database.url, twilio)

    async def one() -> None:
        database = Database(settings.database_url)
        token = settings.twilio_auth_token.get_secret_value()
        channel = TwilioChannel(
            twilio.account_sid, token, twilio.number, api_base_url=settings.twilio_api_base_url
        )
        limits: dict[ChannelName, Bucket] = {
            "sms": Bucket.full(per_second, BURST, datetime.fromtimestamp(0, UTC))
        }
        sender = Sender(database, {"sms": channel}, town.deployment, limits=limits)
        while await asyncio.to_thread(_left, database, now):
            if not await sender.send_due(now):
                await asyncio.sleep(0.05)
        await channel.close()
        database.close()

    async def all_of_them() -> None:
        await asyncio.gather(one(), one(), one())

    asyncio.run(all_of_them())


@pytest.mark.postgres
def test_three_instances_send_no_faster_than_one_may(tmp_path: Path, postgres_url: str) -> None:
    """A hundred after the first ten, at twenty a second: 5 s. Each at a pace of its own would take 1.5 s."""
    with TwilioStub() as twilio:
        town = build_town(tmp_path, url=postgres_url)
        town.database.run(lambda session: _queue(session, rows=100 + BURST))
        instances_send(town, twilio, NOW, per_second=20)
        asyncio.run(town.close())
        assert len(twilio.messages) == 100 + BURST
        times = sorted(call.at for call in twilio.calls)
        assert times[-1] - times[0] > 3.5


@pytest.mark.postgres
def test_three_instances_keep_the_quiet_hours_and_the_networks_cap(tmp_path: Path, postgres_url: str) -> None:
    with TwilioStub() as twilio:
        town = build_town(tmp_path, url=postgres_url)

        def job(session: Session) -> None:
            network = session.scalars(select(Network)).one()
            network.settings = {**network.settings, "cap_per_network_a_day": 50}
            _queue(session, rows=120, kind="begun", now=NIGHT)

        town.database.run(job)
        instances_send(town, twilio, NIGHT)
        assert twilio.messages == [], "at night nobody is texted, whichever of them looks"
        instances_send(town, twilio, NOW)
        assert len(twilio.messages) == 50, "no part more than the cap, over all of them together"
        with town.database.reading() as session:
            put_off = session.scalars(select(OutboundRow.due_at).where(OutboundRow.state == "queued")).all()
        assert len(put_off) == 70
        assert min(put_off) > NOW + timedelta(hours=12)
        asyncio.run(town.close())


@pytest.mark.postgres
def test_what_another_process_has_just_written_is_found_at_the_second_look(postgres_url: str) -> None:
    one, other = Database(postgres_url), Database(postgres_url)
    looks = []

    def look(session: Session) -> None:
        looks.append(session.get(Pace, "sms"))
        if looks[-1] is None:
            other.run(lambda session: session.add(Pace(channel="sms")))
            session.add(Pace(channel="sms"))
            session.flush()

    one.run(look)
    assert len(looks) == 2
    assert looks[-1] is not None
    one.close()
    other.close()


@pytest.mark.postgres
def test_three_instances_that_fetch_the_same_missed_texts_take_each_in_once(
    tmp_path: Path, postgres_url: str
) -> None:
    with TwilioStub() as twilio:
        town = build_town(tmp_path, url=postgres_url)

        def job(session: Session) -> None:
            session.scalars(select(Line).where(Line.channel == "sms")).one().value = twilio.number

        town.database.run(job)
        twilio.now = NOW
        missed = [twilio.text_comes_in(f"+4477009001{i:02d}", "hello")["MessageSid"] for i in range(15)]
        channels: dict[ChannelName, Channel] = {
            "sms": TwilioChannel(
                twilio.account_sid, twilio.auth_token, twilio.number, api_base_url=twilio.url
            )
        }
        databases = [Database(postgres_url) for _ in range(3)]

        async def all_of_them() -> list[int]:
            roads = [Road(database, town.deployment) for database in databases]
            later = NOW + timedelta(minutes=1)
            taken = await asyncio.gather(*(reconcile(road, channels, later) for road in roads))
            await channels["sms"].close()
            return taken

        taken = asyncio.run(all_of_them())
        with town.database.reading() as session:
            rows = session.execute(select(InboundRow.provider_id, InboundRow.state)).all()
            answers = Counter(session.scalars(select(OutboundRow.address_id)))
        for database in (*databases, town.database):
            database.close()
        assert sum(taken) == len(missed)
        assert sorted(rows) == sorted((f"twilio:{sid}", InboundState.HANDLED) for sid in missed)
        assert list(answers.values()) == [1] * len(missed)


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
