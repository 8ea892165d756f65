"""Verbs of a transcript that are about link workers. The harness: ``story_runner``.

refer Mary why="lonely" source=gp referrer="Dr Mensah"        (entered with her agreement, her own phone)
cannot_refer Mary agreed=false "have not agreed"              (refused; the words of the error hold these)
nobody Mary                                                   (no record of that name)
appointment Jean booked 2026-11-26T14:00                      (her newest: its state, and the time agreed)
speaks cy                                                     (the network switches a draft on)
satisfied Jean 9 "so kind"                                    (asked: the number or none, and words of hers)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.story import Story
from tests.town import NUMBERS
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.store import Appointment, Person, Satisfaction


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
    for field, _, written in (pair.partition("=") for pair in pairs):
        given[field] = written == "true" if written in {"true", "false"} else written
    return given


def _refer(story: Story, name: str, *pairs: str) -> None:
    with story.app.database.reading() as session:
        given: dict[str, Any] = {
            field: value(session, field, str(one)) or one for field, one in _asked(name, *pairs).items()
        }
    story.desk("refer", **given)


def _speaks(story: Story, *tags: str) -> None:
    story.desk("change_settings", languages=["en", *tags])


def _cannot_refer(story: Story, name: str, *words: str) -> None:
    *pairs, why = words
    with pytest.raises(DeskError, match=re.escape(why)):
        story.desk("refer", **_asked(name, *pairs))


def _nobody(story: Story, name: str) -> None:
    with story.app.database.reading() as session:
        found = session.scalars(select(Person.id).where(Person.first_name == name)).all()
    assert not found, f"there is {found}"


def appointment_of(session: Session, name: str) -> Appointment:
    """Somebody's newest appointment."""
    query = select(Appointment).join(Person, Person.id == Appointment.person_id)
    rows = session.scalars(query.where(Person.first_name == name).order_by(Appointment.id.desc()))
    found = rows.first()
    assert found is not None, "there is no appointment"
    return found


def _appointment(story: Story, name: str, state: str, at: str = "") -> None:
    with story.app.database.reading() as session:
        found = appointment_of(session, name)
        have = found.state.value
        moment = found.starts_at.astimezone(ZoneInfo("Europe/London")) if found.starts_at else None
    assert have == state, f"it is {have}"
    assert not at or (moment is not None and moment.strftime("%Y-%m-%dT%H:%M") == at), f"it is at {moment}"


def _satisfied(story: Story, name: str, score: str, words: str = "") -> None:
    with story.app.database.reading() as session:
        query = select(Satisfaction).join(Person, Person.id == Satisfaction.person_id)
        found = session.scalars(query.where(Person.first_name == name)).one()
        have = (str(found.score).lower(), found.words)
    assert have[0] == score, f"it is {have}"
    assert words in have[1], f"it is {have}"


def value(session: Session, name: str, written: str) -> object | None:
    """What an argument of a desk action stands for; None when it is not one of ours."""
    if name in {"appointment", "instead_of"} and not written.isdigit() and written not in {"true", "false"}:
        return appointment_of(session, written).id
    if name == "times":
        return written.split(",")
    if name == "link_worker" and not written.isdigit():
        return session.scalars(select(Person.id).where(Person.first_name == written)).one()
    return None


ACTS: Mapping[str, Callable[..., None]] = {
    "refer": _refer,
    "cannot_refer": _cannot_refer,
    "speaks": _speaks,
}

CHECKS: Mapping[str, Callable[..., None]] = {
    "nobody": _nobody,
    "appointment": _appointment,
    "satisfied": _satisfied,
}
