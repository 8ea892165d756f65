"""What a desk action would send, without sending it: it is done for real and then undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.activities.calling_off import concerned
from wellbeing_bot.service.desk.registry import known, perform
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import AddressRow, Network, OutboundRow, Person, Session_
from wellbeing_bot.store.database import Database


@dataclass(frozen=True)
class Told:
    """One message that would go."""

    person_id: int | None
    name: str
    text: str
    telegram: bool
    parts: int
    due_at: datetime


@dataclass(frozen=True)
class Untold:
    """Somebody it concerns who would get no message."""

    person_id: int
    name: str
    landline: str


@dataclass(frozen=True)
class Preview:
    """All that would go, and who would have to be rung."""

    told: tuple[Told, ...]
    untold: tuple[Untold, ...]

    @property
    def parts(self) -> int:
        """SMS parts in all."""
        return sum(one.parts for one in self.told if not one.telegram)


class _Undone(Exception):
    """Carries what was learned out of the transaction that it undoes."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview


def preview(
    database: Database,
    deployment: Deployment,
    network_id: int,
    action: str,
    actor: str,
    args: Mapping[str, Any],
    now: datetime,
) -> Preview:
    """What the action would send.

    Raises:
        DeskError: it cannot be done.
    """

    def job(session: Session) -> None:
        work = Work(session, now, deployment, session.get_one(Network, network_id), actor=actor)
        before = session.scalar(select(func.max(OutboundRow.id))) or 0
        meant = _meant(work, args)
        known(action, args)
        perform(work, action, args)
        raise _Undone(_found(work, before, meant))

    try:
        database.run(job)
    except _Undone as undone:
        return undone.preview
    raise AssertionError("a preview is always undone")


def _meant(work: Work, args: Mapping[str, Any]) -> list[Person]:
    session = work.session.get(Session_, args.get("session", 0))
    if session is None:
        return []
    places, meetings = concerned(work, session)
    people = [*(place.person for place in places), *(meeting.champion for meeting in meetings)]
    return list({person.id: person for person in people}.values())


def _found(work: Work, before: int, meant: list[Person]) -> Preview:
    rows = work.session.execute(
        select(OutboundRow, AddressRow, Person)
        .join(AddressRow, AddressRow.id == OutboundRow.address_id)
        .outerjoin(Person, Person.id == OutboundRow.person_id)
        .where(OutboundRow.id > before)
        .order_by(OutboundRow.id)
    ).all()
    told = tuple(
        Told(
            person.id if person else None,
            person.full_name if person else "",
            row.text,
            address.channel == "telegram",
            row.parts,
            row.due_at,
        )
        for row, address, person in rows
    )
    reached = {one.person_id for one in told}
    untold = tuple(
        Untold(person.id, person.full_name, person.landline or "")
        for person in meant
        if person.id not in reached
    )
    return Preview(told, untold)
