"""Rows written without the unit of work are the rows that the ORM would have written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wellbeing_bot.store import AddressRow, Network, Person, PersonRole, Reminder
from wellbeing_bot.store.quick import Query, QuickSession
from wellbeing_bot.store.quick import given as parameter
from wellbeing_bot.store.states import ReminderState, Role
from wellbeing_bot.store.types import Base

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
DUE = Query(Reminder, lambda query: query.where(Reminder.state == ReminderState.DUE).order_by(Reminder.id))
BY_VALUE = Query(AddressRow, lambda query: query.where(AddressRow.value == parameter("value")))

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 5), st.dictionaries(st.text(max_size=3), st.integers())),
        st.tuples(st.just("done"), st.integers(0, 5), st.none()),
        st.tuples(st.just("later"), st.integers(0, 5), st.integers(1, 9)),
        st.tuples(st.just("look"), st.none(), st.none()),
    ),
    max_size=12,
)


def _run(kind: Callable[..., Session], steps: list[tuple[str, Any, Any]]) -> list[tuple[Any, ...]]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with engine.connect() as connection, kind(connection) as session:
        network = Network(slug="seabank", name="Seabank")
        session.add(network)
        session.flush()
        made: list[Reminder] = []
        for number, (step, which, value) in enumerate(steps):
            if step == "add":
                row = Reminder(
                    network_id=network.id, kind="plan", occurrence=f"{number}", due_at=NOW, payload=value
                )
                session.add(row)
                made.append(row)
            elif step == "look":
                assert DUE.all(session) == [row for row in made if row.state is ReminderState.DUE]
            elif made:
                row = made[which % len(made)]
                if step == "done":
                    row.state = ReminderState.DONE
                else:
                    row.due_at = NOW + timedelta(hours=value)
            if step == "add":
                session.flush()
        session.flush()
        session.expire_all()
        return [tuple(row) for row in session.execute(select(Reminder.__table__).order_by("id"))]


@settings(max_examples=25)
@given(steps=STEPS)
def test_whatever_is_added_and_changed_the_rows_are_the_same(steps: list[tuple[str, Any, Any]]) -> None:
    assert _run(QuickSession, steps) == _run(Session, steps)


@pytest.fixture
def session() -> Any:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with engine.connect() as connection, QuickSession(connection) as opened:
        opened.add(Network(slug="seabank", name="Seabank"))
        opened.flush()
        yield opened


def test_what_is_not_plain_goes_through_the_orm(session: QuickSession) -> None:
    person = Person(network_id=1, first_name="Jean", created_at=NOW)
    person.roles.append(PersonRole(role=Role.PATIENT))
    session.add(person)
    session.flush()
    session.expire_all()
    assert [role.role for role in person.roles] == [Role.PATIENT]
    session.delete(person.roles[0])
    session.flush()
    session.expire_all()
    assert person.roles == []


def test_a_row_that_may_not_be_there_twice_is_refused_in_the_orms_own_words(session: QuickSession) -> None:
    session.add(Network(slug="seabank", name="Another"))
    with pytest.raises(IntegrityError):
        session.flush()


def test_a_query_sees_what_has_not_been_written_yet_and_gives_the_same_object(session: QuickSession) -> None:
    row = AddressRow(network_id=1, channel="sms", value="+447700900001")
    session.add(row)
    assert BY_VALUE.first(session, value="+447700900001") is row
    assert BY_VALUE.first(session, value="+447700900002") is None


def test_a_query_whose_sql_would_change_from_call_to_call_is_refused(session: QuickSession) -> None:
    changing = Query(Person, lambda query: query.where(Person.first_name.in_(["Jean", "Tom"])))
    with pytest.raises(ValueError, match="or_"):
        changing.all(session)
    steady = Query(
        Person, lambda query: query.where(or_(Person.first_name == "Jean", Person.first_name == "Tom"))
    )
    assert steady.all(session) == []
