"""However much waits, finding what matters costs the same, counted in the database's own steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from tests.faults.outbox import Outbox, live_outbox
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service.handing_over import AT_ONCE, hand_over
from wellbeing_bot.service.sending.claiming import Room, claim
from wellbeing_bot.store import AddressRow, InboundRow, Network, OutboundRow, Reminder
from wellbeing_bot.store.states import OutboundKind, ReminderState

FEW, MANY = 300, 3000
STEPS = 20
"""How many steps of SQLite's machine make one count."""

A_FEW_MORE = 10
"""Counts: a deeper tree has a level more to go down."""


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with live_outbox(tmp_path) as outbox:
        yield outbox


def effort(outbox: Outbox, job: Callable[[Session], object]) -> int:
    """How much the database has to do for this, which is then undone."""
    counted = 0

    def one() -> int:
        nonlocal counted
        counted += 1
        return 0

    with outbox.app.database.writer.connect() as connection, connection.begin() as transaction:
        driver: Any = connection.connection.dbapi_connection
        with Session(connection) as session:
            driver.set_progress_handler(one, STEPS)
            job(session)
            driver.set_progress_handler(None, 0)
        transaction.rollback()
    return counted


def reminders_wait(outbox: Outbox, first: int, last: int) -> None:
    """A message that the service begins, to each of so many phones."""

    def job(session: Session) -> None:
        network = session.scalars(select(Network.id)).one()
        phone = {"network_id": network, "channel": "sms", "line": "", "unsafe": False}
        phones = [{**phone, "value": f"+4477008{i:05d}"} for i in range(first, last)]
        keys = session.scalars(insert(AddressRow).returning(AddressRow.id), phones).all()
        words = {"kind": OutboundKind.BEGUN, "key": "test.words", "text": "Hello", "buttons": []}
        times = {"created_at": outbox.now, "due_at": outbox.now, "state": DeliveryState.QUEUED}
        common = {"network_id": network, "channel": "sms", **words, **times}
        session.execute(insert(OutboundRow), [{**common, "address_id": key} for key in keys])

    outbox.app.database.run(job)


def fall_due(outbox: Outbox, first: int, last: int, kind: str = "day_before") -> None:
    def job(session: Session) -> None:
        network = session.scalars(select(Network.id)).one()
        common = {"network_id": network, "kind": kind, "payload": {}, "due_at": outbox.now}
        rows = [
            {**common, "occurrence": f"{kind}:{i}", "state": ReminderState.DUE} for i in range(first, last)
        ]
        session.execute(insert(Reminder), rows)

    outbox.app.database.run(job)


def test_a_look_at_telegram_walks_no_texts(outbox: Outbox) -> None:
    outbox.say("telegram:7700103", "An answer")
    rooms = {"sms": Room(0, 0), "telegram": Room(10, 5)}

    def look(session: Session) -> None:
        claimed = claim(session, outbox.now, rooms, outbox.app.deployment)  # type: ignore[arg-type]
        assert [message.outbound.to.value for message in claimed] == ["7700103"]

    reminders_wait(outbox, 0, FEW)
    few = effort(outbox, look)
    reminders_wait(outbox, FEW, MANY)
    assert effort(outbox, look) <= few + A_FEW_MORE


def test_an_alert_nobody_answered_is_found_at_once_however_much_is_due(outbox: Outbox) -> None:
    def look(session: Session) -> None:
        assert len(hand_over(session, outbox.now)) == AT_ONCE

    fall_due(outbox, 0, FEW)
    few = effort(outbox, look)
    fall_due(outbox, FEW, MANY)
    assert effort(outbox, look) <= few + A_FEW_MORE


def test_an_alert_goes_before_reminders_that_were_due_sooner(outbox: Outbox) -> None:
    fall_due(outbox, 0, FEW)
    outbox.clock.move_to(outbox.now + timedelta(minutes=1))
    fall_due(outbox, 0, 1, kind="escalate")

    def job(session: Session) -> tuple[int, int]:
        alert = session.scalars(select(Reminder.id).where(Reminder.kind == "escalate")).one()
        first, *_ = hand_over(session, outbox.now)
        return alert, int(session.get_one(InboundRow, first).payload["reminder"])

    alert, first = outbox.app.database.run(job)
    assert alert == first


def test_what_an_earlier_release_queued_leaves_too(outbox: Outbox) -> None:
    outbox.say("sms:+447700900101", "Hello")
    outbox.say("telegram:7700103", "Hello")
    outbox.app.database.run(lambda session: session.execute(update(OutboundRow).values(channel="")))
    outbox.look()
    assert outbox.twilio.texts_to("+447700900101") == ["Hello"]
    assert outbox.telegram.texts_to(7700103) == ["Hello"]
