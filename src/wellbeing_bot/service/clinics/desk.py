"""What staff do about a clinic: give somebody a time, or another one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellbeing_bot.service.clinics import booking, waiting
from wellbeing_bot.service.clinics.times import is_clinic, place_time
from wellbeing_bot.service.desk.base import GROUP, PERSON, Argument, DeskAction, DeskError, find, moment
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Person


def book_time(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Give somebody a time at a clinic, in place of the one they have."""
    person = find(work, Person, args["person"], "person")
    group = _clinic(work, args)
    have = booking.booked(work, person, group)
    place = booking.book(work, person, group, moment(work, args["at"]), instead_of=have)
    if place is None:
        raise DeskError("that is no free time of the clinic in the next two weeks; choose another")
    at = place_time(work, place).astimezone(work.zone)
    return {"place": place.id, "person": person.id, "at": at.strftime("%Y-%m-%dT%H:%M")}


def wait_for_time(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Put somebody on a clinic's waiting list; they are offered the next time that comes free."""
    person = find(work, Person, args["person"], "person")
    row = waiting.wait(work, person, _clinic(work, args))
    return {"waits": row.id, "person": person.id}


def _clinic(work: Work, args: Mapping[str, Any]) -> Group:
    group = find(work, Group, args["group"], "group")
    if not is_clinic(group):
        raise DeskError("that group sees everybody at once; book a place on a session instead")
    return group


ACTIONS: Mapping[str, DeskAction] = {
    "book_time": DeskAction(
        "Give somebody a time at a clinic.",
        {"person": PERSON, "group": GROUP, "at": Argument("moment", "when")},
        book_time,
    ),
    "wait_for_time": DeskAction(
        "Put somebody on a clinic's waiting list.", {"person": PERSON, "group": GROUP}, wait_for_time
    ),
}
