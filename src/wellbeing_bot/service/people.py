"""Who is behind an address, and how to reach a person."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select

from wellbeing_bot.messages import Address
from wellbeing_bot.service.erasing.suppressing import recall
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    Hold,
    Line,
    Person,
    PersonAddress,
    PersonRole,
    Proxy,
    Referral,
)
from wellbeing_bot.store.quick import Query, given
from wellbeing_bot.store.states import ReferralState, Role

WHILE_HELD_AGAIN = timedelta(hours=1)
"""How long what is due waits before it is tried again while a human has the conversation."""

OPEN_REFERRAL = (ReferralState.WAITING, ReferralState.BOOKED, ReferralState.ACTIVE)

NOT_TO_BE_RUNG = "Asked by text not to be rung."

_PEOPLE_AT = Query(
    Person,
    lambda query: (
        query.join(PersonAddress, PersonAddress.person_id == Person.id)
        .where(
            PersonAddress.address_id == given("address"),
            PersonAddress.ended_at.is_(None),
            PersonAddress.verified,
            Person.erased_at.is_(None),
            Person.merged_into_id.is_(None),
        )
        .order_by(PersonAddress.id)
    ),
    of=("address", AddressRow),
)
_ADDRESSES_OF = Query(
    AddressRow,
    lambda query: (
        query.join(PersonAddress, PersonAddress.address_id == AddressRow.id)
        .where(
            PersonAddress.person_id == given("person"),
            PersonAddress.ended_at.is_(None),
            PersonAddress.verified,
        )
        .order_by(AddressRow.last_inbound_at.desc().nulls_last(), AddressRow.id)
    ),
    of=("person", Person),
)
_PROXIES_OF = Query(
    Person,
    lambda query: (
        query.join(Proxy, Proxy.proxy_id == Person.id)
        .where(Proxy.person_id == given("person"), Proxy.ended_at.is_(None), Proxy.gets_messages)
        .order_by(Proxy.id)
    ),
    of=("person", Person),
)
_OPEN_REFERRAL = Query(
    Referral,
    lambda query: (
        query.where(
            Referral.person_id == given("person"), or_(*(Referral.state == state for state in OPEN_REFERRAL))
        )
        .order_by(Referral.id.desc())
        .limit(1)
    ),
    of=("person", Person),
)
_OPEN_HOLD = Query(
    Hold,
    lambda query: (
        query.where(Hold.address_id == given("address"), Hold.ended_at.is_(None))
        .order_by(Hold.id.desc())
        .limit(1)
    ),
    of=("address", AddressRow),
)


def address_row(work: Work, address: Address, line: str = "") -> AddressRow:
    """The row of an address in this network, made if it is new."""
    row = find_address(work, address)
    if row is None:
        row = AddressRow(network_id=work.network.id, channel=address.channel, value=address.value, line=line)
        work.session.add(row)
        recall(work, row)
        work.session.flush()
    return row


def own_line(work: Work, channel: str) -> str:
    """The number or bot this network writes from first; nothing where it has none on that channel."""
    lines = select(Line.value).where(Line.network_id == work.network.id, Line.channel == channel)
    return work.session.scalar(lines.order_by(Line.id).limit(1)) or ""


def find_address(work: Work, address: Address) -> AddressRow | None:
    """The row of an address in this network, if there is one."""
    return work.session.scalar(
        select(AddressRow).where(
            AddressRow.network_id == work.network.id,
            AddressRow.channel == address.channel,
            AddressRow.value == address.value,
        )
    )


def people_at(work: Work, address: AddressRow) -> list[Person]:
    """Everybody an address serves, oldest first. Erased and merged people are not there."""
    return _PEOPLE_AT.all(work.session, address=address.id)


def addresses_of(work: Work, person: Person) -> list[AddressRow]:
    """A person's own addresses, the preferred one first, then the one last heard from."""
    rows = _ADDRESSES_OF.all(work.session, person=person.id)
    return sorted(rows, key=lambda row: row.id != person.preferred_address_id)


def may_text(address: AddressRow) -> bool:
    """Whether anything at all may be sent there."""
    return (
        address.opted_out_at is None and address.carrier_blocked_at is None and address.unreachable_at is None
    )


def reach(work: Work, person: Person) -> AddressRow | None:
    """Where to write to a person, or none.

    A channel that failed gives way to another. One they opted out of does not: asking for silence on the
    preferred channel is not an invitation to use the other.
    """
    rows = addresses_of(work, person)
    for row in rows:
        if row.opted_out_at is not None or row.carrier_blocked_at is not None:
            return None
        if row.unreachable_at is None:
            return row
    return None


def proxies_of(work: Work, person: Person) -> list[Person]:
    """Those who get this person's messages with consent on record."""
    return _PROXIES_OF.all(work.session, person=person.id)


def is_shared(work: Work, address: AddressRow) -> bool:
    """Whether several people read what is sent there."""
    return len(people_at(work, address)) > 1


def new_person(work: Work, *roles: Role, first_name: str = "", last_name: str = "") -> Person:
    """A person of this network."""
    person = Person(
        network_id=work.network.id, first_name=first_name, last_name=last_name, created_at=work.now
    )
    work.session.add(person)
    work.session.flush()
    for role in roles:
        give_role(work, person, role)
    return person


def give_role(work: Work, person: Person, role: Role) -> None:
    """Add a role; having it already is fine."""
    if not person.has(role):
        person.roles.append(PersonRole(role=role))
        work.session.flush()


def link_address(work: Work, person: Person, address: AddressRow, *, verified: bool = True) -> None:
    """Say that a person can be reached there."""
    row = work.session.scalar(
        select(PersonAddress).where(
            PersonAddress.person_id == person.id, PersonAddress.address_id == address.id
        )
    )
    if row is None:
        work.session.add(PersonAddress(person_id=person.id, address_id=address.id, verified=verified))
    else:
        row.ended_at = None
        row.verified = row.verified or verified
    work.session.flush()


def open_referral(work: Work, person: Person) -> Referral | None:
    """The episode that is under way, if any."""
    return _OPEN_REFERRAL.first(work.session, person=person.id)


def open_hold(work: Work, address: AddressRow) -> Hold | None:
    """The hold a human has on this address, if any."""
    return _OPEN_HOLD.first(work.session, address=address.id)


def person_is_held(work: Work, person: Person) -> bool:
    """Whether a human has the conversation with this person, at any of their addresses."""
    return any(open_hold(work, row) is not None for row in addresses_of(work, person))


def not_to_be_rung(person: Person) -> None:
    """Note for staff, wherever they would ring from, that this person asked not to be rung."""
    if NOT_TO_BE_RUNG not in person.contact_note:
        person.contact_note = f"{person.contact_note}\n{NOT_TO_BE_RUNG}".strip()
