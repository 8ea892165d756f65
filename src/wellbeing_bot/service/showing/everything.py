"""All that is on record of one person, for somebody who asks to see it (UK GDPR, article 15)."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.network_export import LEFT_OUT, SECRETS
from wellbeing_bot.store import Base, Person, PersonAddress

HANGS_ON: Mapping[str, tuple[str, str]] = {
    "answer": ("asking_id", "asking"),
    "meeting": ("place_id", "place"),
    "slot_booking": ("place_id", "place"),
    "task_note": ("task_id", "task"),
    "monitor_loan_ask": ("loan_id", "monitor_loan"),
    "driver_ask": ("ride_id", "ride"),
}
"""Tables that name nobody themselves: by which column, and on what."""

BY_PHONE = ("address", "agreement", "inbound", "outbound", "conversation", "task", "hold")
"""Tables whose rows may name a phone alone."""

INSIDE = frozenset({"reminder", "account", "possible_match"})
"""When the service looks again, sign-ins of staff, and guesses: about its workings, not about them."""


@dataclass(frozen=True)
class Part:
    """The rows of one table, each as its columns that say something."""

    table: str
    rows: tuple[Mapping[str, Any], ...]


def everything(session: Session, person: Person) -> list[Part]:
    """Every row that is about them, with those of records merged into theirs."""
    merged = session.scalars(select(Person.id).where(Person.merged_into_id == person.id))
    ids = {person.id, *merged}
    phones = _phones(session, ids)
    kept: dict[str, set[int]] = {}
    parts = []
    for table in Base.metadata.sorted_tables:
        about = _about(table, ids, phones, kept)
        if about is None or table.name in SECRETS | INSIDE:
            continue
        rows = session.execute(select(table).where(about).order_by(*table.primary_key)).mappings().all()
        if "id" in table.columns:
            kept[table.name] = {row["id"] for row in rows}
        shown = tuple(dict(_shown(table, row)) for row in rows)
        if shown:
            parts.append(Part(table.name, shown))
    return sorted(parts, key=lambda part: (part.table != "person", part.table))


def _about(
    table: Table, ids: Collection[int], phones: Collection[int], kept: Mapping[str, set[int]]
) -> ColumnElement[bool] | None:
    if table.name == "person":
        return table.columns["id"].in_(ids)
    if table.name == "address":
        return table.columns["id"].in_(phones)
    if table.name in HANGS_ON:
        column, on = HANGS_ON[table.name]
        theirs = table.columns[column].in_(kept.get(on, set()))
        return or_(theirs, *_people(table, ids))
    fits = _people(table, ids)
    if table.name in BY_PHONE and "address_id" in table.columns and "person_id" in table.columns:
        unnamed = and_(table.columns["person_id"].is_(None), table.columns["address_id"].in_(phones))
        fits.append(unnamed)
    return or_(*fits) if fits else None


def _people(table: Table, ids: Collection[int]) -> list[ColumnElement[bool]]:
    return [
        column.in_(ids)
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    ]


def _phones(session: Session, ids: Collection[int]) -> set[int]:
    """Phones that nobody else is reached at: of a shared one, nobody can say whose a text was."""
    theirs = set(session.scalars(select(PersonAddress.address_id).where(PersonAddress.person_id.in_(ids))))
    others = session.scalars(
        select(PersonAddress.address_id).where(
            PersonAddress.address_id.in_(theirs), PersonAddress.person_id.not_in(ids)
        )
    )
    return theirs - set(others)


def _shown(table: Table, row: Mapping[Any, Any]) -> Iterator[tuple[str, Any]]:
    """What says something: nothing empty, no secret."""
    for column in table.columns:
        value = row[column.name]
        if column.name in LEFT_OUT.get(table.name, ()) or value in (None, "", [], {}):
            continue
        yield column.name, _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime | time) else value
