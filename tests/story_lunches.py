"""Verbs of a transcript that are about lunches where several agencies come. The harness is ``story_runner``.

agencies lunch "Age UK" "Cancer care"
slot Jean "blood pressure check" booked
invited Jean coming
again Jean agreed
party Jean 2026-11-25 2                  (the place is for two)
diet Jean "no nuts"
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.story import Story
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Group,
    Invitation,
    MeetAgain,
    Person,
    Place,
    Session_,
    Slot,
    SlotBooking,
)


def _agencies(story: Story, key: str, *names: str) -> None:
    def enter(work: Work) -> None:
        work.session.scalars(select(Group).where(Group.key == key)).one().agencies = list(names)

    story.write(enter)


def _expect_slot(story: Story, name: str, what: str, state: str) -> None:
    with story.app.database.reading() as session:
        have = [
            booking.state.value
            for booking in session.scalars(
                select(SlotBooking)
                .join(Slot, Slot.id == SlotBooking.slot_id)
                .where(Slot.what == what)
                .order_by(SlotBooking.id.desc())
            )
            if booking.place.person.first_name == name
        ]
    assert have[:1] == ([] if state == "none" else [state]), f"the slots are {have}"


def _expect_invited(story: Story, name: str, state: str) -> None:
    with story.app.database.reading() as session:
        have = [
            one.state.value
            for one in session.scalars(select(Invitation).order_by(Invitation.id.desc()))
            if one.person.first_name == name
        ]
    assert have[:1] == [state], f"the invitations are {have}"


def _expect_again(story: Story, name: str, state: str) -> None:
    with story.app.database.reading() as session:
        have = [
            one.state.value
            for one in session.scalars(select(MeetAgain).order_by(MeetAgain.id.desc()))
            if one.wisher.first_name == name
        ]
    assert have[:1] == [state], f"the wishes are {have}"


def _expect_party(story: Story, name: str, day: str, people: str) -> None:
    with story.app.database.reading() as session:
        place = session.scalars(
            select(Place)
            .join(Person, Person.id == Place.person_id)
            .join(Session_, Session_.id == Place.session_id)
            .where(Person.first_name == name, Session_.occurs_on == date.fromisoformat(day))
        ).one()
        have = place.party
    assert have == int(people), f"the place is for {have}"


def _expect_diet(story: Story, name: str, diet: str) -> None:
    with story.app.database.reading() as session:
        have = session.scalars(select(Person.dietary_needs).where(Person.first_name == name)).one()
    assert have == diet, f"on record is {have!r}"


def value(session: Session, name: str, written: str) -> object | None:
    """What an argument of a desk action stands for; None when it is not one of ours."""
    if name == "slot" and not written.isdigit():
        return session.scalars(select(Slot.id).where(Slot.what == written).order_by(Slot.starts_at)).first()
    if name == "wish":
        rows = session.scalars(select(MeetAgain).order_by(MeetAgain.id.desc()))
        return next(row.id for row in rows if row.wisher.first_name == written)
    return None


ACTS: Mapping[str, Callable[..., Any]] = {"agencies": _agencies}
CHECKS: Mapping[str, Callable[..., Any]] = {
    "slot": _expect_slot,
    "invited": _expect_invited,
    "again": _expect_again,
    "party": _expect_party,
    "diet": _expect_diet,
}
