"""A name or a number of somebody who is forgotten, where it stands in rows about other people.

"Jean would like to be met" in a text to a champion becomes "Somebody would like to be met". A first name
that another person has as well is taken out only where the row has to do with the one who is forgotten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, cast, func, or_, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.erasing.blanking import words_of
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Base, ConversationRow, Meeting, Person, Place, Ride
from wellbeing_bot.understanding.vocabulary import vocabulary

SOMEBODY = "somebody"
A_NUMBER = "(a number)"
AN_ADDRESS = "(an address)"

NOT_ABOUT_PEOPLE = frozenset(
    {"account", "activity_group", "api_token", "line", "network", "practice", "sign_in", "venue", "address"}
)
"""Tables that describe the service itself: what looks like a name there is a place or a colleague."""

ALSO = {"conversation": ("state",), "inbound": ("payload",), "reminder": ("payload",)}
"""Columns that are codes of ours and still may quote a name."""

_SHORTEST_PLACE = 6


@dataclass(frozen=True)
class Known:
    """By what somebody might be named, and where a name shared with others still means them."""

    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # nobody else here has them
    shared_names: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # where they are fetched from
    sessions: frozenset[int] = field(default_factory=frozenset)
    conversations: frozenset[int] = field(default_factory=frozenset)


def known_of(work: Work, everyone: Sequence[Person], addresses: Sequence[AddressRow]) -> Known:
    """What to look for, gathered while it is still on record."""
    ids = [person.id for person in everyone]
    whole = {person.full_name for person in everyone if " " in person.full_name}
    single = {name for one in everyone for name in (one.first_name, one.last_name) if len(name) > 1}
    others = {name for name in single if _somebody_else(work, ids, name)}
    numbers = [row.value for row in addresses] + [one.landline for one in everyone if one.landline]
    rides = work.session.scalars(select(Ride.pick_up).where(Ride.person_id.in_(ids)))
    places = list(work.session.scalars(select(Place.id).where(Place.person_id.in_(ids))))
    meetings = select(Meeting.id).where(Meeting.place_id.in_(places))
    return Known(
        tuple(numbers),
        tuple(sorted({*whole, *(single - others)}, key=len, reverse=True)),
        tuple(sorted(others)),
        tuple({place for place in rides if len(place) >= _SHORTEST_PLACE}),
        frozenset(work.session.scalars(select(Place.session_id).where(Place.id.in_(places)))),
        frozenset(
            work.session.scalars(select(ConversationRow.id).where(ConversationRow.meeting_id.in_(meetings)))
        ),
    )


def _somebody_else(work: Work, ids: Collection[int], name: str) -> bool:
    query = select(Person.id).where(
        Person.network_id == work.network.id,
        Person.id.not_in(ids),
        Person.erased_at.is_(None),
        or_(func.lower(Person.first_name) == name.lower(), func.lower(Person.last_name) == name.lower()),
    )
    return work.session.scalar(query.limit(1)) is not None


def leave_out(work: Work, known: Known) -> None:
    """Go through every table of the network and take them out."""
    patterns = [*_number_patterns(known), *_name_patterns(known.names)]
    near = _name_patterns(known.shared_names)
    for table in Base.metadata.sorted_tables:
        ours = of_network(table, work.network.id)
        if ours is None or table.name in NOT_ABOUT_PEOPLE:
            continue
        _in_table(work.session, table, patterns, ours)
        close_by = _near(table, known)
        if close_by is not None:
            _in_table(work.session, table, near, ours & close_by)
    work.session.expire_all()


def of_network(table: Table, network_id: int) -> ColumnElement[bool] | None:
    """The rows of this network, which a row names itself or through the row it belongs to."""
    if "network_id" in table.columns:
        return table.columns["network_id"] == network_id
    for key in table.foreign_keys:
        owner = key.column.table
        if "network_id" in owner.columns:
            mine = select(key.column).where(owner.columns["network_id"] == network_id)
            return key.parent.in_(mine)
    return None


@dataclass(frozen=True)
class _Pattern:
    hint: str  # what a row must contain to be looked at
    expression: re.Pattern[str]
    instead: str


def _number_patterns(known: Known) -> Iterator[_Pattern]:
    for number in known.numbers:
        digits = re.sub(r"\D", "", number)
        national = digits.removeprefix("44") if number.startswith("+44") else digits.removeprefix("0")
        spaced = r"[ ()-]*".join(national)
        yield _Pattern(digits[-3:], re.compile(rf"(?<!\d)(?:(?:\+|00)?44[ ()-]*)?0?{spaced}(?!\d)"), A_NUMBER)
    for place in known.places:
        yield _Pattern(place, re.compile(re.escape(place), re.IGNORECASE), AN_ADDRESS)


def _name_patterns(names: Sequence[str]) -> list[_Pattern]:
    return [_Pattern(name, _named(name), SOMEBODY) for name in names]


def _named(name: str) -> re.Pattern[str]:
    """The name as a word of its own. One that is also a common word counts only where it is written large."""
    if name.lower() in vocabulary("people", "en")["names_that_are_words"]:
        return re.compile(rf"\b{re.escape(name)}\b(?! (?:I|you|we|they|it|there|be)\b)")
    return re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)


def _near(table: Table, known: Known) -> ColumnElement[bool] | None:
    tests = []
    if "session_id" in table.columns:
        tests.append(table.columns["session_id"].in_(known.sessions))
    key = table.columns["id"] if table.name == "conversation" else table.columns.get("conversation_id")
    if key is not None:
        tests.append(key.in_(known.conversations))
    return or_(*tests) if tests else None


def _in_table(
    session: Session, table: Table, patterns: Sequence[_Pattern], where: ColumnElement[bool]
) -> None:
    also = [table.columns[name] for name in ALSO.get(table.name, ())]
    columns = [*words_of(table), *also]
    if not columns or not patterns or "id" not in table.columns:
        return
    hints = {hint for pattern in patterns for hint in (pattern.hint, json.dumps(pattern.hint)[1:-1])}
    holds = or_(
        *(
            func.lower(cast(column, Text)).contains(hint.lower(), autoescape=True)
            for column in columns
            for hint in sorted(hints)
        )
    )
    for key, *values in session.execute(select(table.columns["id"], *columns).where(holds, where)).all():
        changed = {
            column.name: new
            for column, old in zip(columns, values, strict=True)
            if (new := without(old, patterns)) != old
        }
        if changed:
            session.execute(table.update().where(table.columns["id"] == key).values(changed))


def without(value: Any, patterns: Sequence[_Pattern]) -> Any:
    """A text, or a list or an object of texts, with every mention replaced."""
    if isinstance(value, str):
        for pattern in patterns:
            value = _replaced(value, pattern)
        return value
    if isinstance(value, list):
        return [without(one, patterns) for one in value]
    if isinstance(value, dict):
        return {name: without(one, patterns) for name, one in value.items()}
    return value


def _replaced(text: str, pattern: _Pattern) -> str:
    def instead(found: re.Match[str]) -> str:
        before = text[: found.start()].rstrip()
        begins = not before or before[-1] in ".!?\n"
        return pattern.instead.capitalize() if begins else pattern.instead

    return pattern.expression.sub(instead, text)
