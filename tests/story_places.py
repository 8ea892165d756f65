"""Verbs of a transcript about services, clinics, loans, interests and goals. The harness itself is ``story``.

given Jean "Net Larder"                 (the services she was given so far, in any order; none: none at all)
time Jean 2026-11-25T09:30              (the time she has at a clinic, on local clocks)
no_time Jean
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.story_people import named
from wellbeing_bot.service.clinics.times import booking_of, is_clinic, place_time
from wellbeing_bot.service.directory import giving
from wellbeing_bot.service.places import coming_places
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import DirectoryService, Network

if TYPE_CHECKING:
    from tests.story import Story


def _read(story: Story, look: Callable[[Work], object]) -> object:
    with story.app.database.reading() as session:
        network = session.scalars(select(Network)).one()
        return look(Work(session, story.now, story.app.deployment, network))


def _given(story: Story, name: str, *services: str) -> None:
    def look(work: Work) -> set[str]:
        return {row.service.name for row in giving.given_to(work, named(work, name))}

    have = _read(story, look)
    assert have == set(services), f"given were {have}"


def _times(work: Work, name: str) -> list[str]:
    mine = [place for place in coming_places(work, named(work, name)) if is_clinic(place.session.group)]
    booked = [place_time(work, place) for place in mine if booking_of(work, place)]
    return [at.astimezone(work.zone).strftime("%Y-%m-%dT%H:%M") for at in booked]


def _time(story: Story, name: str, *expected: str) -> None:
    have = _read(story, lambda work: _times(work, name))
    assert have == list(expected), f"the times are {have}"


def value(session: Session, name: str, written: str) -> int | None:
    """What a word of a desk action stands for: ``service=Marsh`` is the service whose name begins so."""
    if name == "service" and not written.isdigit():
        query = select(DirectoryService.id).where(DirectoryService.name.startswith(written))
        return session.scalars(query).one()
    return None


ACTS: Mapping[str, Callable[..., None]] = {}
CHECKS: Mapping[str, Callable[..., None]] = {"given": _given, "time": _time, "no_time": _time}
