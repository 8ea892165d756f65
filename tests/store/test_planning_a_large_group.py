"""The week's nudges of a group of thousands: each member once, in steps, whatever stops in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from tests.town import START, build_town
from wellbeing_bot.app import App
from wellbeing_bot.service.activities.planning import plan_network
from wellbeing_bot.service.activities.planning_members import CHUNK
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Membership, Network, Person, Place, Reminder, Session_
from wellbeing_bot.store.states import PlaceState, ReminderState, SessionState

MANY = 2 * CHUNK + 203


@pytest.fixture
def town(tmp_path: Path) -> Iterator[App]:
    app = build_town(tmp_path)
    yield app
    app.database.close()


def _join(session: Session, key: str, people: int) -> Session_:
    """People who have just become members, of a group whose next session is not planned yet."""
    group = session.scalars(select(Group).where(Group.key == key)).one()
    first = (session.scalar(select(func.max(Person.id))) or 0) + 1
    keys = range(first, first + people)
    session.execute(
        insert(Person),
        [
            {"id": key, "network_id": group.network_id, "first_name": "May", "created_at": START}
            for key in keys
        ],
    )
    session.execute(
        insert(Membership),
        [
            {"network_id": group.network_id, "group_id": group.id, "person_id": key, "since": START}
            for key in keys
        ],
    )
    coming = session.scalars(
        select(Session_)
        .where(
            Session_.group_id == group.id,
            Session_.state == SessionState.PLANNED,
            Session_.starts_at > START + timedelta(days=1),
        )
        .order_by(Session_.starts_at)
    ).first()
    assert coming is not None
    for other in session.scalars(select(Session_).where(Session_.planned_at.is_(None))):
        other.planned_at = START
    coming.planned_at = None
    return coming


def _plan(app: App) -> None:
    def job(session: Session) -> None:
        network = session.scalars(select(Network)).one()
        plan_network(Work(session, app.clock.now(), app.deployment, network))

    app.database.run(job)


def _places(app: App, session_id: int) -> Counter[str]:
    with app.database.reading() as session:
        rows = session.execute(
            select(Place.state, func.count()).where(Place.session_id == session_id).group_by(Place.state)
        )
        return Counter({state.value: count for state, count in rows})


def _reminders(app: App, session_id: int) -> Counter[str]:
    with app.database.reading() as session:
        rows = session.execute(
            select(Reminder.kind, func.count())
            .where(Reminder.session_id == session_id, Reminder.state == ReminderState.DUE)
            .group_by(Reminder.kind)
        )
        return Counter({str(kind): int(count) for kind, count in rows})


def test_every_member_has_one_place_and_one_nudge_and_planning_again_adds_nothing(town: App) -> None:
    key = town.database.run(lambda session: _join(session, "harbour-walk", MANY).id)
    _plan(town)
    town.road.tick(START)
    assert _places(town, key)["booked"] == MANY
    planned = _reminders(town, key)
    assert planned["day_before"] == planned["settle_place"] == planned["ask_patient"] == MANY

    def forget(session: Session) -> None:
        session.get_one(Session_, key).planned_at = None

    town.database.run(forget)
    _plan(town)
    town.road.tick(START)
    assert _places(town, key)["booked"] == MANY
    assert _reminders(town, key) == planned


def test_a_plan_that_was_interrupted_goes_on_where_it_was(town: App) -> None:
    key = town.database.run(lambda session: _join(session, "harbour-walk", MANY).id)
    _plan(town)
    assert _places(town, key)["booked"] == CHUNK, (
        "one turn plans one step, and leaves the rest for later turns"
    )
    town.road.tick(START)
    assert _places(town, key)["booked"] == MANY


def test_of_a_session_with_two_seats_the_longest_members_have_them_and_the_others_wait(town: App) -> None:
    key = town.database.run(lambda session: _join(session, "lunch", 5).id)
    _plan(town)
    assert _places(town, key) == Counter(booked=2, waitlisted=3)
    with town.database.reading() as session:
        seated = session.scalars(
            select(Place.person_id).where(Place.session_id == key, Place.state == PlaceState.BOOKED)
        )
        members = session.scalars(select(Membership.person_id).order_by(Membership.id).limit(2))
        assert set(seated) == set(members)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, 1),
        ({"erased_at": START}, 0),
        ({"paused_until": (START + timedelta(days=60)).date()}, 0),
        ({"paused_until": START.date()}, 1),
        (
            {
                "paused_from": (START + timedelta(days=30)).date(),
                "paused_until": (START + timedelta(days=60)).date(),
            },
            1,
        ),
    ],
    ids=["a member", "somebody erased", "somebody away", "somebody back", "somebody away later"],
)
def test_only_who_wants_to_come_is_planned(town: App, change: dict[str, object], expected: int) -> None:
    def one(session: Session) -> int:
        coming = _join(session, "harbour-walk", 1)
        person = session.scalars(select(Person).order_by(Person.id.desc())).first()
        for name, value in change.items():
            setattr(person, name, value)
        return coming.id

    key = town.database.run(one)
    _plan(town)
    assert sum(_places(town, key).values()) == expected


def test_whoever_came_before_is_not_asked_as_a_newcomer(town: App) -> None:
    def one(session: Session) -> int:
        coming = _join(session, "harbour-walk", 1)
        person = session.scalars(select(Person.id).order_by(Person.id.desc())).first()
        before = session.scalars(
            select(Session_).where(Session_.group_id == coming.group_id, Session_.id != coming.id)
        ).first()
        assert before is not None
        session.add(
            Place(
                network_id=coming.network_id,
                session_id=before.id,
                person_id=person,
                state=PlaceState.ATTENDED,
                queued_at=START,
            )
        )
        return coming.id

    key = town.database.run(one)
    _plan(town)
    planned = _reminders(town, key)
    assert planned["day_before"] == 1
    assert planned["morning"] == planned["ask_patient"] == 0
