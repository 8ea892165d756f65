"""The same journal of texts, desk actions, time and restarts gives the same export on either database."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.faults.anything import Town
from tests.faults.test_anything_may_happen import FIRST_TEXTS, TEXTS
from wellbeing_bot.service.network_export import export
from wellbeing_bot.store import Network

EVENTS = int(os.environ.get("JOURNAL_EVENTS", "40"))
"""The suite's bounded form; ``make faults`` plays 300."""


def play(town: Town, seed: int, events: int) -> None:
    """Several people text, staff click, time passes and processes die: the same for the same seed."""
    dice = random.Random(seed)
    town.says(town.newcomer(), FIRST_TEXTS[0])
    for _ in range(events):
        _one_event(town, dice)


def _one_event(town: Town, dice: random.Random) -> None:
    phone = town.phones[dice.randrange(len(town.phones))]
    which, text, first = dice.randrange(30), dice.choice(TEXTS), dice.choice(FIRST_TEXTS)
    hours = dice.choice([1, 5, 9, 24, 60])
    deeds: list[Callable[[], object]] = [
        lambda: town.says(town.newcomer(), first),
        *[lambda: town.answers(phone, which)] * 6,
        *[lambda: town.says(phone, text)] * 3,
        lambda: town.later(timedelta(hours=hours)),
        lambda: _book(town, town.person(phone), which),
        lambda: _withdraw(town, which),
        lambda: town.calls_off(which) if which < 5 else None,
        lambda: town.erases(phone) if which < 10 else None,
        town.story.restart,
    ]
    dice.choice(deeds)()


def _book(town: Town, person: int | None, which: int) -> None:
    session = town.session(which)
    if person is not None and session is not None:
        town.staff("book", person=person, session=session)


def _withdraw(town: Town, which: int) -> None:
    place = town.place(which)
    if place is not None:
        town.staff("withdraw", place=place)


def exported(url: str, seed: int) -> list[str]:
    town = Town(url)
    try:
        play(town, seed, EVENTS)
        with town.story.app.database.reading() as session:
            return list(export(session, session.scalars(select(Network)).one()))
    finally:
        town.close()


@pytest.mark.slow
@pytest.mark.postgres
def test_the_same_journal_gives_the_same_export(postgres_url: str) -> None:
    on_sqlite, on_postgres = exported("", seed=7), exported(postgres_url, seed=7)
    for one, other in zip(on_sqlite, on_postgres, strict=False):
        assert json.loads(one) == json.loads(other)
    assert on_sqlite == on_postgres
    assert len(on_sqlite) > 100
