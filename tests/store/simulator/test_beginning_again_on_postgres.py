"""The demo can be emptied on PostgreSQL as on SQLite, and counts from one again."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from tests.store.simulator.small_bay import SMALL_BAY
from wellbeing_bot.app import build_demo
from wellbeing_bot.config import read_settings
from wellbeing_bot.store import Person
from wellbeing_bot.web.simulator import fill


@pytest.mark.postgres
def test_a_second_story_has_the_same_numbers_as_the_first(postgres_url: str) -> None:
    app = build_demo(read_settings(_env_file=None, database_url=postgres_url))
    found: list[list[tuple[int, str | None]]] = []
    for _ in range(2):
        fill(app, SMALL_BAY)
        with app.database.reading() as session:
            rows = session.execute(select(Person.id, Person.key).order_by(Person.id)).all()
        found.append([(row.id, row.key) for row in rows])
    asyncio.run(app.close())
    assert found[0] == found[1]
    assert found[0][0] == (1, "amir")
