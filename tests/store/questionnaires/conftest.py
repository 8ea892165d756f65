"""A town in which Jean has been taken on by Lena, and questionnaires are asked as the standard plans say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.story import Story
from tests.story_questionnaires import ACTS
from wellbeing_bot.store import Answer, Asking, OutboundRow, Person


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    found = Story(tmp_path)
    ACTS["questionnaires"](found, "standard")
    ACTS["patient"](found, "Jean")
    yield found
    found.close()


def person_id(story: Story, name: str = "Jean") -> int:
    with story.app.database.reading() as session:
        return session.scalars(select(Person.id).where(Person.first_name == name)).one()


def answers_of(story: Story, instrument: str, point: str, name: str = "Jean") -> dict[str, int | None]:
    """What is on record: item -> number, None for skipped."""
    with story.app.database.reading() as session:
        rows = session.scalars(
            select(Answer)
            .join(Asking, Asking.id == Answer.asking_id)
            .join(Person, Person.id == Asking.person_id)
            .where(
                Person.first_name == name,
                Asking.instrument == instrument,
                Asking.point == point,
            )
        )
        return {row.item: row.number for row in rows}


def texts_to(story: Story, name: str) -> list[OutboundRow]:
    """What went out to a phone since the last look."""
    return [row for row in story.new_messages() if story.phone(row.address_id) == name]
