"""Verbs of a transcript about services, clinics, loans, interests and goals. The harness: ``story_runner``.

given Jean "Net Larder"                 (the services she was given so far, in any order; none: none at all)
time Jean 2026-11-25T09:30              (the time she has at a clinic, on local clocks)
no_time Jean
loan Jean lent                          (how her monitor stands)
goal Jean did_it 8                      (her newest goal: how it stands, and the number she gave)
refuses launch_group group=singing "no date"    (the desk says no, in such words)
looks singing told=Jean later=Ned       (whom a launch would tell, and how)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.story import Story
from tests.story_people import named
from wellbeing_bot.service import goals
from wellbeing_bot.service.clinics.times import booking_of, is_clinic, place_time
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.directory import giving
from wellbeing_bot.service.places.booking import coming_places
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import DirectoryService, Group, Loan


def _given(story: Story, name: str, *services: str) -> None:
    def look(work: Work) -> set[str]:
        return {row.service.name for row in giving.given_to(work, named(work, name))}

    have = story.read(look)
    assert have == set(services), f"given were {have}"


def _times(work: Work, name: str) -> list[str]:
    mine = [place for place in coming_places(work, named(work, name)) if is_clinic(place.session.group)]
    booked = [place_time(work, place) for place in mine if booking_of(work, place)]
    return [at.astimezone(work.zone).strftime("%Y-%m-%dT%H:%M") for at in booked]


def _time(story: Story, name: str, *expected: str) -> None:
    have = story.read(lambda work: _times(work, name))
    assert have == list(expected), f"the times are {have}"


def _goal(story: Story, name: str, state: str, score: str = "None") -> None:
    def look(work: Work) -> tuple[str, str]:
        newest = goals.goals_of(work, named(work, name))[0]
        return newest.state.value, str(newest.score)

    have = story.read(look)
    assert have == (state, score), f"the goal is {have}"


def _loan(story: Story, name: str, state: str) -> None:
    def look(work: Work) -> str:
        mine = select(Loan).where(Loan.person_id == named(work, name).id).order_by(Loan.id.desc())
        return work.session.scalars(mine.limit(1)).one().state.value

    have = story.read(look)
    assert have == state, f"the loan is {have}"


def _refuses(story: Story, action: str, *words: str) -> None:
    *pairs, why = words
    with story.app.database.reading() as session:
        args: dict[str, Any] = {
            name: value(session, name, written) or (int(written) if written.isdigit() else written)
            for name, _, written in (pair.partition("=") for pair in pairs)
        }
    with pytest.raises(DeskError, match=why):
        story.desk(action, **args)


def _ids(story: Story, names: list[str]) -> list[int]:
    found = story.read(lambda work: [named(work, name).id for name in names])
    return found


def _looks(story: Story, key: str, *expected: str) -> None:
    with story.app.database.reading() as session:
        group = value(session, "group", key)
    found = story.desk("launch_group", group=group, look=True)
    wanted = {how: names.split(",") for how, _, names in (one.partition("=") for one in expected)}
    every = [name for names in wanted.values() for name in names]
    ids = dict(zip(every, _ids(story, every), strict=True))
    have = {how: people for how, people in found.items() if isinstance(people, list)}
    assert have == {how: [ids[name] for name in names] for how, names in wanted.items()}, f"it looks {have}"


def value(session: Session, name: str, written: str) -> int | None:
    """What a word of a desk action stands for: ``service=Marsh`` is the service whose name begins so."""
    if name == "service" and not written.isdigit():
        query = select(DirectoryService.id).where(DirectoryService.name.startswith(written))
        return session.scalars(query).one()
    if name == "group" and not written.isdigit():
        return session.scalars(select(Group.id).where(Group.key == written)).one()
    return None


ACTS: Mapping[str, Callable[..., None]] = {"refuses": _refuses, "looks": _looks}
CHECKS: Mapping[str, Callable[..., None]] = {
    "given": _given,
    "time": _time,
    "no_time": _time,
    "loan": _loan,
    "goal": _goal,
}
