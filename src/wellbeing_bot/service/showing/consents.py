"""What somebody agreed to, who may stand in for them, and which humans have taken them up."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.showing.threads import person_of
from wellbeing_bot.service.showing.values import Record, local
from wellbeing_bot.store import AddressRow, Agreement, Hold, Person, PersonAddress, Proxy, Task


def agreements_of(session: Session, person: Person, zone: ZoneInfo) -> list[Record]:
    """Yes and no to being texted, each with the version of the words they saw."""
    found = session.execute(
        select(Agreement, AddressRow)
        .join(AddressRow, AddressRow.id == Agreement.address_id)
        .where(Agreement.person_id == person.id)
        .order_by(Agreement.id)
    )
    return [
        {
            "kind": row.kind,
            "given": row.given,
            "wording": row.wording,
            "address": str(address),
            "at": local(row.at, zone),
        }
        for row, address in found
    ]


def proxies_of(session: Session, person: Person, zone: ZoneInfo) -> list[Record]:
    """Who gets this person's messages, and whose messages this person gets."""
    found = session.scalars(
        select(Proxy).where(or_(Proxy.person_id == person.id, Proxy.proxy_id == person.id)).order_by(Proxy.id)
    )
    return [
        {
            "for": person_of(session, row.person_id),
            "proxy": person_of(session, row.proxy_id),
            "relation": row.relation or None,
            "consent": row.consent,
            "gets_messages": row.gets_messages,
            "since": local(row.since, zone),
            "ended_at": local(row.ended_at, zone),
        }
        for row in found
    ]


def holds_of(session: Session, person: Person, zone: ZoneInfo) -> list[Record]:
    """When a human had, or has, the conversation at one of their addresses."""
    own = select(PersonAddress.address_id).where(PersonAddress.person_id == person.id)
    found = session.scalars(
        select(Hold).where(or_(Hold.person_id == person.id, Hold.address_id.in_(own))).order_by(Hold.id)
    )
    return [
        {
            "open": row.ended_at is None,
            "why": row.why,
            "by": row.by or None,
            "task": row.task_id,
            "since": local(row.since, zone),
            "until": local(row.until, zone),
            "ended_at": local(row.ended_at, zone),
        }
        for row in found
    ]


def acknowledgements_of(session: Session, person: Person, zone: ZoneInfo) -> list[Record]:
    """Which tasks about this person somebody has said they have, and when."""
    found = session.scalars(
        select(Task).where(Task.person_id == person.id, Task.acknowledged_at.is_not(None)).order_by(Task.id)
    )
    return [
        {
            "task": row.id,
            "kind": row.kind,
            "acknowledged_by": row.acknowledged_by,
            "acknowledged_at": local(row.acknowledged_at, zone),
            "state": row.state.value,
        }
        for row in found
    ]
