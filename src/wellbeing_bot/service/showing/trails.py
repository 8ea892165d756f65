"""Who looked at or changed what: the audit by colleague, person, kind and day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Text, and_, cast, or_, select
from sqlalchemy.orm import Session

from wellbeing_bot.store import Audit, Person

ON_A_PAGE = 100
ERASED = "erase"
LISTS = (
    "worklist",
    "caseload",
    "searched",
    "register",
    "manifest",
    "calls",
    "champions",
    "group",
    "review",
    "monitors",
    "looked",
)
"""Looks that show several people at once; ``details["people"]`` says whom."""

FILES = ("export", "everything", "audit_file")
SIGNING_IN = ("signed_in", "account_locked")


@dataclass(frozen=True)
class Wanted:
    """What part of the trail. Days are local; ``before`` is the last row that was shown."""

    by: str = ""
    person: int | None = None
    kind: str = ""  # looked, changed, files, signing_in; empty is all of it
    first: date | None = None
    last: date | None = None
    before: int | None = None


def trail(
    session: Session, network_id: int, zone: ZoneInfo, wanted: Wanted, most: int = ON_A_PAGE
) -> tuple[list[Audit], bool]:
    """The newest of it first, and whether there is more."""
    query = select(Audit).where(Audit.network_id == network_id)
    if wanted.by:
        query = query.where(Audit.by == wanted.by)
    if wanted.person is not None:
        query = query.where(_about(wanted.person))
    if wanted.kind == "looked":
        query = query.where(Audit.what.in_(["task", *LISTS]))
    elif wanted.kind == "files":
        query = query.where(Audit.what.in_(FILES))
    elif wanted.kind == "signing_in":
        query = query.where(or_(Audit.what.in_(SIGNING_IN), Audit.what.like("account%")))
    elif wanted.kind == "changed":
        query = query.where(Audit.what.not_in(["task", *LISTS, *FILES, *SIGNING_IN]))
    if wanted.first is not None:
        query = query.where(Audit.at >= datetime.combine(wanted.first, time(), zone))
    if wanted.last is not None:
        query = query.where(Audit.at < datetime.combine(wanted.last + timedelta(days=1), time(), zone))
    if wanted.before is not None:
        query = query.where(Audit.id < wanted.before)
    rows = list(session.scalars(query.order_by(Audit.id.desc()).limit(most + 1)))
    return rows[:most], len(rows) > most


def _about(person: int) -> ColumnElement[bool]:
    """Rows about one person, and lists that showed them among others."""
    written = cast(Audit.details, Text)
    listed = or_(*(written.like(f"%{before}{person}{after}%") for before in "[ " for after in "],"))
    return or_(Audit.person_id == person, and_(Audit.person_id.is_(None), Audit.what.in_(LISTS), listed))


def names(session: Session, rows: Iterable[Audit]) -> Mapping[int, Person]:
    """The people that rows are about, by number."""
    keys = {row.person_id for row in rows if row.person_id is not None}
    return {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(keys)))}


def erasures(session: Session, network_id: int, person: int | None = None) -> list[tuple[Person, str]]:
    """Who was erased, the latest first, and by whom. Nothing of who they were is left to show."""
    query = select(Person).where(Person.network_id == network_id, Person.erased_at.is_not(None))
    if person is not None:
        query = query.where(Person.id == person)
    people = list(session.scalars(query.order_by(Person.erased_at.desc(), Person.id).limit(500)))
    done = session.execute(
        select(Audit.person_id, Audit.by).where(
            Audit.what == ERASED, Audit.person_id.in_({one.id for one in people})
        )
    )
    by = {row.person_id: row.by for row in done}
    return [(one, by.get(one.id) or by.get(one.merged_into_id or 0, "")) for one in people]
