"""What a job has asked is not asked again, of a row just made nothing is: the answers are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, create_engine, event, update
from sqlalchemy.orm import Session

from wellbeing_bot.store import AddressRow, Network, Reminder
from wellbeing_bot.store.quick import Query, QuickSession, made_now
from wellbeing_bot.store.quick import given as parameter
from wellbeing_bot.store.states import ReminderState
from wellbeing_bot.store.types import Base

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
DUE_OF = Query(
    Reminder,
    lambda query: query.where(
        Reminder.address_id == parameter("address"), Reminder.state == ReminderState.DUE
    ).order_by(Reminder.id),
    of=("address", AddressRow),
)

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["address", "reminder", "done", "moves", "done in so many words", "savepoint", "next job"]
        ),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=16,
)


def _engine() -> Engine:
    engine = create_engine("sqlite://")

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # as the service has it: savepoints are ours to set

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add(Network(slug="seabank", name="Seabank"))
        session.add(AddressRow(network_id=1, channel="sms", value="+447700900999"))
        session.flush()
        session.add(_reminder(1, "from before"))
    return engine


def _reminder(address: int, occurrence: str) -> Reminder:
    return Reminder(network_id=1, kind="plan", occurrence=occurrence, due_at=NOW, address_id=address)


def _answers(kind: Callable[..., Session], steps: list[tuple[str, int, int]]) -> list[list[int]]:
    """What is due for each address after each step, each asked twice."""
    with _engine().connect() as connection, kind(connection) as session:
        addresses = [1]
        reminders = [1]
        said: list[list[int]] = []
        for number, (step, one, other) in enumerate(steps):
            address = addresses[one % len(addresses)]
            reminder = reminders[other % len(reminders)]
            if step == "address":
                row = AddressRow(network_id=1, channel="sms", value=f"+4477009000{number:02d}")
                session.add(row)
                session.flush()
                addresses.append(row.id)
            elif step == "reminder":
                made = _reminder(address, str(number))
                session.add(made)
                session.flush()
                reminders.append(made.id)
            elif step == "done":
                session.get_one(Reminder, reminder).state = ReminderState.DONE
            elif step == "moves":
                session.get_one(Reminder, reminder).address_id = address
            elif step == "done in so many words":
                words = update(Reminder).where(Reminder.id == reminder).values(state=ReminderState.DONE)
                session.execute(words)
            elif step == "savepoint":
                session.flush()
                with session.begin_nested() as inner:
                    session.add(_reminder(address, f"{number}, undone"))
                    session.flush()
                    inner.rollback()
            else:
                session.flush()
                session.expunge_all()
            for _ in range(2):
                said += [[row.id for row in DUE_OF.all(session, address=each)] for each in addresses]
        return said


@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_what_a_job_is_told_is_what_the_database_would_say(steps: list[tuple[str, int, int]]) -> None:
    assert _answers(QuickSession, steps) == _answers(Session, steps)


@pytest.fixture
def asked() -> Iterator[tuple[QuickSession, list[str]]]:
    """A session, and every SELECT of reminders it puts to the database."""
    engine = _engine()
    selects: list[str] = []
    with engine.connect() as connection, QuickSession(connection) as session:
        driver: Any = connection.connection.dbapi_connection
        driver.set_trace_callback(
            lambda sql: selects.append(sql) if sql.startswith("SELECT reminder") else None
        )
        yield session, selects


def test_a_question_put_twice_is_looked_up_once(asked: tuple[QuickSession, list[str]]) -> None:
    session, selects = asked
    assert DUE_OF.all(session, address=1) == DUE_OF.all(session, address=1)
    assert len(selects) == 1
    session.add(_reminder(1, "one more"))
    assert len(DUE_OF.all(session, address=1)) == 2
    assert len(selects) == 2


def test_of_an_address_just_made_nothing_is_looked_up(asked: tuple[QuickSession, list[str]]) -> None:
    session, selects = asked
    row = AddressRow(network_id=1, channel="sms", value="+447700900001")
    session.add(row)
    session.flush()
    assert made_now(session, AddressRow, row.id)
    assert not made_now(session, AddressRow, 1)
    assert DUE_OF.all(session, address=row.id) == []
    assert selects == []
