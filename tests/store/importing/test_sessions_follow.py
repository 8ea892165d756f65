"""Sessions that are planned already, when an import changes their group."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.store.importing.conftest import MONDAY
from wellbeing_bot.service.activities.sessions import plan_sessions
from wellbeing_bot.service.importing import Source, Summary, import_documents
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import Group, Network, Person, Place, Session_
from wellbeing_bot.store.states import PlaceState, SessionState

WALK = (
    "network: {slug: a, name: A}\ngroups: [{key: walk, name: Walk, schedule: %s, start: '%s', minutes: 60}]"
)
FIRST = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


def load(session: Session, schedule: str = "FREQ=WEEKLY;BYDAY=TH", start: str = "10:00") -> Summary:
    return import_documents(session, [Source("n.yaml", (WALK % (schedule, start)).encode())], MONDAY)


@pytest.fixture
def walk(session: Session, deployment: Deployment) -> Group:
    """A group with eight weeks of sessions; Jean is booked on the first."""
    load(session)
    network, group = session.scalars(select(Network)).one(), session.scalars(select(Group)).one()
    plan_sessions(Work(session, MONDAY, deployment, network), group)
    jean = Person(network_id=network.id, first_name="Jean", created_at=MONDAY)
    session.add(jean)
    session.flush()
    first = coming(session)[0]
    session.add(
        Place(
            network_id=network.id,
            session_id=first.id,
            person_id=jean.id,
            state=PlaceState.BOOKED,
            queued_at=MONDAY,
        )
    )
    session.flush()
    return group


def coming(session: Session) -> list[Session_]:
    return list(session.scalars(select(Session_).order_by(Session_.starts_at)))


def test_a_new_hour_is_taken_over_where_nobody_is_booked(session: Session, walk: Group) -> None:
    summary = load(session, start="11:30")

    first, *others = coming(session)
    assert first.starts_at == FIRST
    assert {one.starts_at.time() for one in others} == {time(11, 30)}
    assert {one.ends_at.time() for one in others} == {time(12, 30)}
    assert any("1 planned session(s) with people" in note for note in summary.notes)


def test_a_new_day_takes_the_old_ones_off_and_back_again(session: Session, walk: Group) -> None:
    load(session, "FREQ=WEEKLY;BYDAY=FR")
    assert [one.state for one in coming(session)][:3] == [
        SessionState.PLANNED,  # Jean is booked
        SessionState.CALLED_OFF,
        SessionState.CALLED_OFF,
    ]

    load(session)
    assert {one.state for one in coming(session)} == {SessionState.PLANNED}


def test_sessions_moved_by_hand_and_unchanged_groups_are_left_alone(session: Session, walk: Group) -> None:
    moved = coming(session)[1]
    moved.starts_at, moved.moves = moved.starts_at.replace(hour=15), 1
    session.flush()

    load(session, start="11:30")

    assert moved.starts_at.hour == 15
    assert not load(session, start="11:30").notes[2:]
