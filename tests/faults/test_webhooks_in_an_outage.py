"""While a provider is in trouble texts are taken in as quickly as ever; afterwards all is answered, in order.

Over real HTTP, with the service in processes of its own and the machine's own clock: a webhook waits for our
database and for nothing else, because sending happens beside it and never inside it.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.channels.stubs import Fault, TwilioStub, hang, reset, server_error
from tests.faults.crashing import Crashing
from tests.faults.figures import note, percentile
from tests.faults.test_sigkill import settings_for
from tests.town import build_town
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.store import AddressRow, Line, Network, OutboundRow
from wellbeing_bot.store.database import Database

FULL = "WEBHOOK_OUTAGE_SECONDS" in os.environ
SECONDS = float(os.environ.get("WEBHOOK_OUTAGE_SECONDS", "4"))
"""How long the provider is out; ``make faults`` asks for a minute of each kind of trouble."""

A_SECOND = 10
PHONES = 40
PROMISED = 0.5
"""Seconds that 95 of 100 webhooks stay under."""

MOST = PROMISED if FULL else 5.0
"""What is asserted. The suite runs beside others on machines of every kind; a webhook that waited for the
provider would take fifteen seconds at least, and fail here too."""

TROUBLE = {
    "hangs": hang(),
    "fails with 500": server_error(500),
    "asks us to wait with 429": TwilioStub.too_many(retry_after=5),
    "resets connections": reset(),
}
SAID = ("hello", "what is on this week", "is there a walk", "thank you", "who are you", "what can you do")


@contextmanager
def service(folder: Path, url: str, processes: int) -> Iterator[Crashing]:
    """The service in processes of its own, day and night, whatever the hour is now."""
    with TwilioStub() as twilio:
        town = build_town(folder, url=url)

        def open_all_hours(session: Session) -> None:
            network = session.scalars(select(Network)).one()
            network.settings = {**network.settings, "quiet_from": "00:00", "quiet_until": "00:00"}
            session.scalars(select(Line).where(Line.channel == "sms")).one().value = twilio.number

        town.database.run(open_all_hours)
        url = town.settings.database_url
        asyncio.run(town.close())
        running = Crashing(settings_for(url, twilio), twilio, processes=processes)
        running.start()
        try:
            yield running
        finally:
            running.kill()


def texts_come_in(running: Crashing, seconds: float) -> list[float]:
    """People text, ten a second. Returns how long each webhook took, in seconds."""
    hook = f"{running.settings.public_base_url}/webhooks/twilio/message"
    began = time.monotonic()

    def one(number: int) -> float:
        time.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
        phone = f"+4477009{10000 + number % PHONES:05d}"
        fields = running.twilio.text_comes_in(phone, SAID[number // PHONES % len(SAID)])
        headers = {"X-Twilio-Signature": running.twilio.sign(hook, fields)}
        port = running.ports[number % len(running.ports)]
        before = time.perf_counter()
        answer = web.post(f"http://127.0.0.1:{port}/webhooks/twilio/message", data=fields, headers=headers)
        took = time.perf_counter() - before
        assert answer.status_code == 200
        return took

    with httpx.Client(timeout=60) as web, ThreadPoolExecutor(16) as threads:
        return list(threads.map(one, range(int(seconds * A_SECOND))))


def wait_until_all_has_left(database: Database, seconds: float) -> None:
    waiting = OutboundRow.state.in_([DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNKNOWN])
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with database.reading() as session:
            if session.scalar(select(OutboundRow.id).where(waiting).limit(1)) is None:
                return
        time.sleep(0.2)
    raise AssertionError("the backlog has not left")


def as_it_was_said(database: Database) -> dict[str, list[str]]:
    """What each phone is to have been sent, in the order in which it was said."""
    said: dict[str, list[str]] = {}
    with database.reading() as session:
        rows = session.execute(
            select(AddressRow.value, OutboundRow.text)
            .join(AddressRow, AddressRow.id == OutboundRow.address_id)
            .where(OutboundRow.state != DeliveryState.DROPPED)
            .order_by(OutboundRow.id)
        )
        for number, text in rows:
            said.setdefault(number, []).append(text)
    return said


def outage(running: Crashing, words: str, fault: Fault) -> None:
    twilio = running.twilio
    texts_come_in(running, 2)
    twilio.fail_always(fault)
    twilio.fail_always(fault, on="list")
    took = texts_come_in(running, SECONDS)
    note(
        f"while Twilio {words}, {len(running.ports)} process(es): a webhook takes "
        f"{1000 * percentile(took, 50):.0f} ms at p50, {1000 * percentile(took, 95):.0f} ms at p95"
    )
    assert percentile(took, 95) < MOST
    if FULL:
        twilio.recover()
        all_is_sent_once_and_in_order(running)


def all_is_sent_once_and_in_order(running: Crashing) -> None:
    database = Database(running.settings.database_url)
    try:
        wait_until_all_has_left(database, seconds=120 + 5 * SECONDS)
        said = as_it_was_said(database)
    finally:
        database.close()
    assert {number: running.twilio.texts_to(number) for number in said} == said


@pytest.mark.parametrize("words", TROUBLE if FULL else ["hangs"])
def test_texts_are_taken_in_quickly_while_the_provider_is_in_trouble(tmp_path: Path, words: str) -> None:
    with service(tmp_path, "", 1) as running:
        outage(running, words, TROUBLE[words])


if FULL:

    @pytest.mark.postgres
    @pytest.mark.parametrize("words", TROUBLE)
    def test_two_processes_on_postgresql_take_them_in_quickly_too(
        tmp_path: Path, postgres_url: str, words: str
    ) -> None:
        with service(tmp_path, postgres_url, 2) as running:
            outage(running, words, TROUBLE[words])
