"""What staff do about a session and the places on it: call off, move, book, withdraw, keep the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellbeing_bot.service.activities import calling_off
from wellbeing_bot.service.desk.base import (
    PERSON,
    PLACE,
    SESSION,
    Argument,
    DeskAction,
    DeskError,
    find,
    moment,
)
from wellbeing_bot.service.places import afterwards, signing_up
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Person, Place, Session_
from wellbeing_bot.store.states import SessionState


def call_off_session(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Call a session off; everybody concerned is told once."""
    session = find(work, Session_, args["session"], "session")
    told = calling_off.call_off(work, session, args.get("why") or "")
    return {"session": session.id, "told": told}


def move_session(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Move a session in time or place; everybody concerned is told once."""
    session = find(work, Session_, args["session"], "session")
    starts = moment(work, args["to"]) if args.get("to") else None
    if starts is not None and starts <= work.now:
        raise DeskError("that time is past; choose one that is to come")
    told = calling_off.move(work, session, starts, args.get("meeting_point") or "")
    return {"session": session.id, "told": told}


def book(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Book a place for somebody."""
    person = find(work, Person, args["person"], "person")
    session = find(work, Session_, args["session"], "session")
    if session.state is not SessionState.PLANNED or session.starts_at <= work.now:
        raise DeskError("that session is off or has begun; choose one that is to come")
    place = signing_up.sign_up(work, person, session, source="staff")
    return {"place": place.id, "state": place.state.value, "person": person.id}


def withdraw(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Give up somebody's place; all that hangs on it follows."""
    place = find(work, Place, args["place"], "place")
    signing_up.withdraw(work, place, why="staff")
    return {"place": place.id, "state": place.state.value, "person": place.person_id}


def attendance(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """The register: came or did not."""
    place = find(work, Place, args["place"], "place")
    afterwards.register_says(work, place, came=args["came"])
    return {"place": place.id, "state": place.state.value, "person": place.person_id}


ACTIONS: Mapping[str, DeskAction] = {
    "call_off_session": DeskAction(
        "Call a session off; everybody is told once.",
        {"session": SESSION, "why": Argument("text", "why, shown to nobody outside", needed=False)},
        call_off_session,
    ),
    "move_session": DeskAction(
        "Move a session in time or place; everybody is told once.",
        {
            "session": SESSION,
            "to": Argument("moment", "the new start", needed=False),
            "meeting_point": Argument("text", "the new meeting point", needed=False),
        },
        move_session,
    ),
    "book": DeskAction("Book a place for a person.", {"person": PERSON, "session": SESSION}, book),
    "withdraw": DeskAction("Give up a person's place.", {"place": PLACE}, withdraw),
    "attendance": DeskAction(
        "The register: came or did not.",
        {"place": PLACE, "came": Argument("yes_no", "whether they came")},
        attendance,
    ),
}
