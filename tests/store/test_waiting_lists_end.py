"""Whoever waited until a session began: no place any more, and who is told of it, and how."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests import story_lifts, story_people
from tests.story import Story
from wellbeing_bot.store import CallToMake, Group, Person, Place, Reminder, Session_
from wellbeing_bot.store.states import PlaceState, ReminderState

LUNCH = date(2026, 11, 25)
BEGINS = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    one = Story(tmp_path)
    yield one
    one.close()


def _session(story: Story, day: date = LUNCH) -> int:
    with story.app.database.reading() as session:
        return session.scalars(
            select(Session_.id).join(Group).where(Group.key == "lunch", Session_.occurs_on == day)
        ).one()


def _person(story: Story, name: str) -> int:
    with story.app.database.reading() as session:
        return session.scalars(select(Person.id).where(Person.first_name == name)).one()


def _do(story: Story, *deeds: str) -> None:
    acts = {**story_lifts.ACTS, **story_people.ACTS}
    for deed in deeds:
        verb, *rest = shlex.split(deed)
        acts[verb](story, *rest)


def _book(story: Story, *names: str, day: date = LUNCH) -> None:
    for name in names:
        story.desk("book", person=_person(story, name), session=_session(story, day))


def _state(story: Story, name: str) -> PlaceState:
    with story.app.database.reading() as session:
        return session.scalars(
            select(Place.state).where(
                Place.person_id == _person(story, name), Place.session_id == _session(story)
            )
        ).one()


def _told(story: Story, name: str) -> list[str]:
    at = [row for row in story.new_messages() if "no_seat" in row.key or "no_place" in row.key]
    return [row.key for row in at if row.person_id == _person(story, name)]


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (("known Jean",), (), ["no_seat.offer.say"]),
        (("known Jean",), ("desk book next",), ["notices.no_place_came_free.say"]),
        (("known Jean",), ("desk hold",), ["notices.no_place_came_free.say"]),
        (("known Jean",), ("stop",), []),
        (("person Jean phone=no landline=01632960005",), (), []),
        (("known Jean", "member Jean lunch"), (), []),
    ],
    ids=["asked", "down for the next already", "with a human", "said STOP", "rung", "comes every week"],
)
def test_who_is_told_that_no_place_came_free(
    story: Story, first: tuple[str, ...], then: tuple[str, ...], told: list[str]
) -> None:
    _book(story, "Sam", "Bea")
    _do(story, *first)
    _book(story, "Jean")
    assert _state(story, "Jean") is PlaceState.WAITLISTED
    for deed in then:
        if deed == "desk book next":
            _book(story, "Jean", day=date(2026, 12, 2))
        elif deed == "desk hold":
            story.desk("hold", person=_person(story, "Jean"))
        else:
            story.text("Jean", "STOP")
    story.new_messages()
    story.until(BEGINS)
    assert _state(story, "Jean") is PlaceState.NO_SEAT
    assert _told(story, "Jean") == told
    story.until(datetime(2026, 11, 27, 12, 0, tzinfo=UTC))
    assert _told(story, "Jean") == [], "once is enough"


def test_somebody_without_a_mobile_is_rung(story: Story) -> None:
    _book(story, "Sam", "Bea")
    _do(story, "person Jean phone=no landline=01632960005")
    _book(story, "Jean")
    story.until(BEGINS)
    with story.app.database.reading() as session:
        said = session.scalars(
            select(CallToMake.say).where(CallToMake.person_id == _person(story, "Jean"))
        ).all()
    assert any("no place came free" in text for text in said)


def test_a_service_that_was_down_for_a_day_tells_nobody_late(story: Story) -> None:
    _book(story, "Sam", "Bea")
    _do(story, "known Jean")
    _book(story, "Jean")
    story.new_messages()
    clock = story.app.clock
    clock.move_to(datetime(2026, 11, 26, 12, 0, tzinfo=UTC))  # type: ignore[attr-defined]
    story.settle()
    assert _state(story, "Jean") is PlaceState.NO_SEAT
    assert _told(story, "Jean") == []


def test_a_list_that_nothing_is_due_about_ends_with_the_daily_plan(story: Story) -> None:
    """Lists from before there was such a reminder, and those made many at a time."""
    _book(story, "Sam", "Bea")
    _do(story, "known Jean")
    _book(story, "Jean")

    def forget(session: object) -> None:
        for row in session.scalars(select(Reminder).where(Reminder.kind == "close_list")):  # type: ignore[attr-defined]
            row.state = ReminderState.WITHDRAWN

    story.app.database.run(forget)
    story.until(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    assert _state(story, "Jean") is PlaceState.NO_SEAT
