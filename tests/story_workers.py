"""Verbs of a transcript that are about link workers. The harness itself is ``story``.

refer Mary why="lonely" source=gp referrer="Dr Mensah"        (entered with her agreement, her own phone)
cannot_refer Mary agreed=false "have not agreed"              (refused; the words of the error hold these)
nobody Mary                                                   (no record of that name)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from tests.town import NUMBERS
from wellbeing_bot.service.desk import DeskError
from wellbeing_bot.store import Person

if TYPE_CHECKING:
    from tests.story import Story


def _asked(name: str, *pairs: str) -> dict[str, Any]:
    given: dict[str, Any] = {
        "name": name,
        "mobile": NUMBERS[name].removeprefix("sms:"),
        "why": "lonely",
        "source": "gp",
        "referrer": "Dr Mensah",
        "agreed": True,
        "over_16": True,
    }
    for field, _, value in (pair.partition("=") for pair in pairs):
        given[field] = value == "true" if value in {"true", "false"} else value
    return given


def _refer(story: Story, name: str, *pairs: str) -> None:
    story.desk("refer", **_asked(name, *pairs))


def _cannot_refer(story: Story, name: str, *words: str) -> None:
    *pairs, why = words
    with pytest.raises(DeskError, match=re.escape(why)):
        story.desk("refer", **_asked(name, *pairs))


def _nobody(story: Story, name: str) -> None:
    with story.app.database.reading() as session:
        found = session.scalars(select(Person.id).where(Person.first_name == name)).all()
    assert not found, f"there is {found}"


ACTS: Mapping[str, Callable[..., None]] = {"refer": _refer, "cannot_refer": _cannot_refer}

CHECKS: Mapping[str, Callable[..., None]] = {"nobody": _nobody}
