"""The addresses there are, with whoever is behind each."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service.showing.values import Record, local, zone_of
from wellbeing_bot.store import (
    AddressRow,
    ChampionGroup,
    Duty,
    Group,
    Hold,
    Network,
    OutboundRow,
    Person,
    PersonAddress,
)

ARRIVED = (DeliveryState.SENT, DeliveryState.DELIVERED, DeliveryState.READ)


def phones(session: Session) -> list[Record]:
    """Every address, in the order they were met."""
    rows = session.scalars(select(AddressRow).order_by(AddressRow.id)).all()
    arrived = newest_arrived(session)
    return [_phone(session, row, arrived.get(row.id, 0)) for row in rows]


def newest_arrived(session: Session) -> dict[int, int]:
    """For each address, the id of the newest message out that got there."""
    found = session.execute(
        select(OutboundRow.address_id, func.max(OutboundRow.id))
        .where(OutboundRow.state.in_(ARRIVED))
        .group_by(OutboundRow.address_id)
    )
    return {row.address_id: row[1] for row in found}


def arrived_since(session: Session, address_id: int, seen: int) -> int:
    """How many messages have got to an address after one it has seen."""
    count = session.scalar(
        select(func.count())
        .select_from(OutboundRow)
        .where(OutboundRow.address_id == address_id, OutboundRow.id > seen, OutboundRow.state.in_(ARRIVED))
    )
    return int(count or 0)


def find_addresses(session: Session, channel: str, value: str) -> list[AddressRow]:
    """An address in every network that knows it, the one last heard from first."""
    return list(
        session.scalars(
            select(AddressRow)
            .where(AddressRow.channel == channel, AddressRow.value == value)
            .order_by(AddressRow.last_inbound_at.desc().nulls_last(), AddressRow.id)
        )
    )


def people_behind(session: Session, address_id: int) -> list[Person]:
    """Who is reached there."""
    return list(
        session.scalars(
            select(Person)
            .join(PersonAddress, PersonAddress.person_id == Person.id)
            .where(
                PersonAddress.address_id == address_id,
                PersonAddress.ended_at.is_(None),
                Person.erased_at.is_(None),
                Person.merged_into_id.is_(None),
            )
            .order_by(PersonAddress.id)
        )
    )


def _phone(session: Session, row: AddressRow, newest: int) -> Record:
    zone = zone_of(session, row.network_id)
    network = session.get_one(Network, row.network_id)
    return {
        "address": str(row),
        "channel": row.channel,
        "number": row.value,
        "network": network.slug,
        "line": row.line or None,
        "people": [_behind(session, person) for person in people_behind(session, row.id)],
        **channel_state(row),
        "held": _held(session, row),
        "last_heard": local(row.last_inbound_at, zone),
        "newest": f"out-{newest}" if newest else None,
    }


def _held(session: Session, row: AddressRow) -> bool:
    """Whether a human has the conversation there."""
    found = select(Hold.id).where(Hold.address_id == row.id, Hold.ended_at.is_(None)).limit(1)
    return session.scalar(found) is not None


def channel_state(row: AddressRow) -> Record:
    """Whether texts may go there, and why not."""
    zone_less = row.opted_out_at, row.carrier_blocked_at, row.unreachable_at
    return {
        "texts_welcome": zone_less == (None, None, None),
        "opted_out": row.opted_out_at is not None,
        "carrier_blocked": row.carrier_blocked_at is not None,
        "unreachable": row.unreachable_why or (row.unreachable_at is not None and "unknown") or None,
        "unsafe": row.unsafe,
    }


def _behind(session: Session, person: Person) -> Record:
    groups = session.scalars(
        select(Group.key)
        .join(ChampionGroup, ChampionGroup.group_id == Group.id)
        .where(ChampionGroup.person_id == person.id)
        .order_by(Group.id)
    )
    on_duty = session.scalar(select(Duty.id).where(Duty.person_id == person.id).limit(1))
    return {
        "id": person.id,
        "key": person.key,
        "name": person.full_name,
        "roles": sorted(role.role.value for role in person.roles),
        "champion_of": list(groups),
        "on_duty_rota": on_duty is not None,
    }
