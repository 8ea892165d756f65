"""Whatever a provider delivers twice, late, at once or in another order, the same stands on record."""

from __future__ import annotations

import asyncio
import itertools
import os
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.live import live_service
from tests.town import LINE, build_town
from wellbeing_bot.app import App
from wellbeing_bot.channels.base import Sent
from wellbeing_bot.conversation import Say
from wellbeing_bot.messages import Address, ChannelName, DeliveryState, Inbound, InboundKind, StatusReport
from wellbeing_bot.service.people import address_row
from wellbeing_bot.service.sending.claiming import Claimed, Room, claim
from wellbeing_bot.service.sending.outbox import put
from wellbeing_bot.service.sending.outcomes import Outcomes
from wellbeing_bot.service.sending.reports import report
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    ConversationRow,
    InboundRow,
    Network,
    OutboundRow,
    Place,
    StatusRow,
    Task,
)
from wellbeing_bot.store.states import OutboundKind

EXAMPLES = int(os.environ.get("NOISE_EXAMPLES", "3"))

SAID = (
    ("I'd like to come on the harbour walk", "yes", "Jean", "CT5", "not sure", "company", "none"),
    ("hello id like some company", "yes", "Tom", "STOP", "START"),
    ("I want to kill myself", "please help"),
)
"""What three strangers text, each in their own order."""

_PHONES = itertools.count(1)
_MESSAGES = itertools.count(1)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[App, asyncio.AbstractEventLoop]]:
    """One town for all: each example has phones of its own."""
    url = ""
    if request.param == "postgresql":
        url = _postgres_database(request.getfixturevalue("postgres_server"))
    app = build_town(tmp_path_factory.mktemp("noise"), url=url)
    loop = asyncio.new_event_loop()
    yield app, loop
    loop.run_until_complete(app.close())
    loop.close()


def _postgres_database(server: str) -> str:
    import psycopg

    name = f"noise_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template_town')
    return server.replace("/postgres?", f"/{name}?")


def inbound(app: App, phone: str, text: str) -> Inbound:
    return Inbound(
        provider_id=f"twilio:SM{next(_MESSAGES):032x}",
        kind=InboundKind.TEXT,
        sender=Address("sms", phone),
        line=LINE,
        text=text,
        received_at=app.clock.now(),
    )


def deliver(app: App, loop: asyncio.AbstractEventLoop, batch: list[Inbound]) -> None:
    """All at once, and then everything that follows has happened."""

    async def together() -> None:
        await asyncio.gather(*(app.road.areceive(one) for one in batch))
        while await asyncio.to_thread(app.road.tick, app.clock.now()):
            pass
        await app.sender.send_due(app.clock.now())

    loop.run_until_complete(together())


def state_of(app: App, phone: str) -> dict[str, Any]:
    """All that stands on record about a phone, without numbers of rows."""
    with app.database.reading() as session:
        address = session.scalars(select(AddressRow).where(AddressRow.value == phone)).one()

        def rows(kind: Any) -> list[Any]:
            return list(session.scalars(select(kind).where(kind.address_id == address.id).order_by(kind.id)))

        out, conversations = rows(OutboundRow), rows(ConversationRow)
        people = {row.person_id for row in conversations if row.person_id}
        places = session.scalars(select(Place).where(Place.person_id.in_(people))).all()
        return {
            "in": [(row.text, row.state) for row in rows(InboundRow)],
            "out": [(row.key, row.state, row.kind) for row in out],
            "talk": [(row.script, row.status, row.outcome) for row in conversations],
            "tasks": sorted(row.kind for row in rows(Task)),
            "places": sorted(place.state for place in places),
            "silent": address.opted_out_at is not None,
        }


def phones() -> list[str]:
    return [f"+4477009{next(_PHONES):05d}" for _ in SAID]


@pytest.fixture(scope="module")
def as_it_should_be(town: tuple[App, asyncio.AbstractEventLoop]) -> list[dict[str, Any]]:
    """The same texts, once each and in order."""
    app, loop = town
    own = phones()
    for phone, texts in zip(own, SAID, strict=True):
        for text in texts:
            deliver(app, loop, [inbound(app, phone, text)])
    return [state_of(app, phone) for phone in own]


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(noise=st.randoms(use_true_random=False))
def test_repeats_at_once_and_in_any_order_change_nothing(
    town: tuple[App, asyncio.AbstractEventLoop], as_it_should_be: list[dict[str, Any]], noise: random.Random
) -> None:
    app, loop = town
    own = phones()
    said: list[Inbound] = []
    for step in itertools.count():
        new = [
            inbound(app, phone, texts[step])
            for phone, texts in zip(own, SAID, strict=True)
            if step < len(texts)
        ]
        if not new:
            break
        batch = [one for one in new for _ in range(noise.randint(1, 5))]
        batch += noise.choices(said, k=noise.randint(0, 4)) if said else []
        noise.shuffle(batch)
        deliver(app, loop, batch)
        said += new
    noise.shuffle(said)
    deliver(app, loop, said)
    assert [state_of(app, phone) for phone in own] == as_it_should_be


REPORTS = (
    ("sent", "delivered"),
    ("sent", "delivered", "read"),
    ("sent", "undelivered"),
    ("failed",),
)
"""What providers report about one message. The send's own commit may come anywhere among them."""

STATES = {
    "sent": DeliveryState.SENT,
    "delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "undelivered": DeliveryState.UNDELIVERED,
    "failed": DeliveryState.FAILED,
}


def sending(app: App) -> Claimed:
    """A message that a process has just handed to the provider."""
    phone = f"+4477008{next(_PHONES):05d}"

    def job(session: Session) -> None:
        network = session.scalars(select(Network)).one()
        work = Work(session, app.clock.now(), app.deployment, network)
        address = address_row(work, Address("sms", phone))
        put(work, address, Say("test.words", "Hello"), kind=OutboundKind.REPLY)

    app.database.run(job)
    rooms: dict[ChannelName, Room] = {"sms": Room(50, 5), "telegram": Room(50, 5)}
    claimed = app.database.run(lambda session: claim(session, app.clock.now(), rooms, app.deployment))
    return next(one for one in claimed if one.outbound.to.value == phone)


def happens(app: App, claimed: Claimed, what: str, code: str | None = None) -> None:
    """The send's own commit, or one report."""
    provider_id = f"twilio:out{claimed.outbound.id}"
    now = app.clock.now()
    if what == "commit":
        outcomes = Outcomes(app.deployment, random.Random(1))
        sent = Sent(provider_id, DeliveryState.SENT)
        app.database.run(lambda session: outcomes.sent(session, claimed, sent, now))
    else:
        status = StatusReport(provider_id, STATES[what], code)
        app.database.run(lambda session: report(session, status, now, app.deployment))


def end_of(app: App, claimed: Claimed) -> tuple[DeliveryState, int, int]:
    """The message's state, tasks that say it failed, and reports still waiting to be applied."""
    with app.database.reading() as session:
        row = session.get_one(OutboundRow, claimed.outbound.id)
        told = select(Task).where(Task.occurrence == f"message_failed:{row.id}")
        early = select(StatusRow).where(StatusRow.provider_id == row.provider_id)
        return row.state, len(session.scalars(told).all()), len(session.scalars(early).all())


@pytest.mark.parametrize("reports", REPORTS, ids=" ".join)
def test_reports_in_every_order_before_and_after_the_sends_own_commit_end_the_same(
    town: tuple[App, asyncio.AbstractEventLoop], reports: tuple[str, ...]
) -> None:
    app, _ = town
    failed = reports[-1] in {"undelivered", "failed"}
    for order in set(itertools.permutations(["commit", *reports])):
        claimed = sending(app)
        for what in (*order, *reports):  # and each of them once more
            happens(app, claimed, what, "30005" if failed and what == reports[-1] else None)
        assert end_of(app, claimed) == (STATES[reports[-1]], int(failed), 0), order


def test_a_report_and_the_sends_own_commit_at_the_same_moment_never_miss_each_other(
    town: tuple[App, asyncio.AbstractEventLoop],
) -> None:
    app, _ = town
    with ThreadPoolExecutor(4) as threads:
        for _ in range(int(os.environ.get("NOISE_RACES", "8"))):
            claimed = sending(app)
            events = ("commit", "delivered", "sent", "delivered")
            list(threads.map(lambda what, claimed=claimed: happens(app, claimed, what), events))
            assert end_of(app, claimed) == (DeliveryState.DELIVERED, 0, 0)


def test_five_webhooks_of_one_text_at_once_are_answered_once(tmp_path: Path) -> None:
    with live_service(tmp_path) as service, ThreadPoolExecutor(5) as threads:
        text = service.twilio.text_comes_in("+447700900101", "hello id like some company")
        update = service.telegram.text(7700103, "hello id like some company")
        secret = service.app.settings.telegram_webhook_secret.get_secret_value()
        hook = "https://bot.example.org/webhooks/twilio/message"

        def once(_: int) -> tuple[int, int]:
            by_sms = service.twilio.sign_and_post(hook, text, to=f"{service.url}/webhooks/twilio/message")
            by_bot = service.telegram.post(update, url=f"{service.url}/webhooks/telegram", secret=secret)
            return by_sms.status_code, by_bot.status_code

        assert list(threads.map(once, range(5))) == [(200, 200)] * 5
        service.twilio.wait_for_texts("+447700900101")
        service.telegram.wait_for_texts(7700103)
        assert len(service.twilio.texts_to("+447700900101")) == 1
        assert len(service.telegram.texts_to(7700103)) == 1
