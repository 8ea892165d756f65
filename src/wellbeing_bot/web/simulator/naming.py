"""What an argument of a desk action names: a person by key, a session by group and date, and so on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.showing.values import MOST_ID
from wellbeing_bot.store import (
    Appointment,
    Asking,
    Duty,
    Group,
    Misunderstood,
    Person,
    Place,
    Practice,
    Ride,
    RideProvider,
    Session_,
    Slot,
    SlotBooking,
    Task,
    Venue,
)
from wellbeing_bot.store.states import SessionState
from wellbeing_bot.web.simulator.finding import one_person
from wellbeing_bot.web.simulator.problems import Refused

ROWS: Mapping[str, tuple[type[Any], str]] = {
    "person": (Person, "/people"),
    "into": (Person, "/people"),
    "link_worker": (Person, "/people"),
    "session": (Session_, "/sessions"),
    "group": (Group, "/groups"),
    "place": (Place, "/people/{who}"),
    "task": (Task, "/tasks?state=all"),
    "ride": (Ride, "/rides"),
    "provider": (RideProvider, "/providers"),
    "venue": (Venue, "/groups"),
    "practice": (Practice, "/people/{who}"),
    "slot": (Slot, "/sessions/{id}"),
    "booking": (SlotBooking, "/sessions/{id}"),
    "asking": (Asking, "/people/{who}"),
    "duty": (Duty, "/networks"),
    "appointment": (Appointment, "/people/{who}"),
    "instead_of": (Appointment, "/people/{who}"),
    "misunderstood": (Misunderstood, "/misunderstood"),
}
"""Arguments that name a row, and where its number is to be seen."""


def numbered(session: Session, name: str, value: Any, now: datetime) -> Any:
    """The number of what an argument names; anything else as it is.

    Raises:
        Refused: there is nothing of that name or number.
    """
    if name == "people" and isinstance(value, list):
        return [numbered(session, "person", one, now) for one in value]
    if name not in ROWS:
        return value
    kind, where = ROWS[name]
    if isinstance(value, str) and kind in _BY_NAME:
        return _BY_NAME[kind](session, value.strip(), now)
    if isinstance(value, int) and not isinstance(value, bool) and row_of(session, name, value) is None:
        raise Refused(404, f"there is no {name} {value}", f"GET {where} shows them")
    return value


def row_of(session: Session, name: str, value: Any) -> Any:
    """The row an argument names, if it names one by its number."""
    if name not in ROWS or not isinstance(value, int) or isinstance(value, bool) or abs(value) > MOST_ID:
        return None
    return session.get(ROWS[name][0], value)


def _person(session: Session, written: str, now: datetime) -> int:
    return one_person(session, written).id


def _session(session: Session, written: str, now: datetime) -> int:
    """``harbour-walk`` is its next session, ``harbour-walk 2026-11-26`` the one of that date."""
    key, _, day = written.partition(" ")
    query = select(Session_.id).join(Group, Group.id == Session_.group_id).where(Group.key == key)
    if day:
        try:
            query = query.where(Session_.occurs_on == date.fromisoformat(day))
        except ValueError:
            raise Refused(
                422, f"{day!r} is not a date", "write for example harbour-walk 2026-11-26"
            ) from None
    else:
        query = query.where(Session_.starts_at > now, Session_.state == SessionState.PLANNED)
    found = session.scalars(query.order_by(Session_.starts_at)).first()
    if found is None:
        raise Refused(404, f"there is no session {written!r}", "GET /sessions lists them")
    return found


def _group(session: Session, written: str, now: datetime) -> int:
    found = session.scalar(select(Group.id).where(Group.key == written).limit(1))
    return _of_name(session, Group, written) if found is None else found


def _of_name(session: Session, kind: type[Any], written: str) -> int:
    found = session.scalar(select(kind.id).where(func.lower(kind.name) == written.lower()).limit(1))
    if found is None:
        where = {Group: "/groups", RideProvider: "/providers"}.get(kind, "/people/{who}")
        raise Refused(404, f"there is no {kind.__name__.lower()} {written!r}", f"GET {where} shows them")
    return int(found)


_BY_NAME: Mapping[type[Any], Callable[[Session, str, datetime], int]] = {
    Person: _person,
    Session_: _session,
    Group: _group,
    RideProvider: lambda session, written, now: _of_name(session, RideProvider, written),
    Venue: lambda session, written, now: _of_name(session, Venue, written),
    Practice: lambda session, written, now: _of_name(session, Practice, written),
}
