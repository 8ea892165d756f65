"""Everything that is on record for a person."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from wellbeing_bot.messages import Address
from wellbeing_bot.service.showing.activities import champion
from wellbeing_bot.service.showing.bookings import bookings_of
from wellbeing_bot.service.showing.consents import acknowledgements_of, agreements_of, holds_of, proxies_of
from wellbeing_bot.service.showing.lunches import lunches_of_person
from wellbeing_bot.service.showing.phones import channel_state, find_addresses, people_behind
from wellbeing_bot.service.showing.questions import askings_of, open_conversations_of
from wellbeing_bot.service.showing.staffroom import calls, possible_matches
from wellbeing_bot.service.showing.threads import person_of
from wellbeing_bot.service.showing.values import Record, day, local, row_id, zone_of
from wellbeing_bot.store import (
    AddressRow,
    Champion,
    Group,
    Interest,
    Network,
    Person,
    PersonAddress,
    Practice,
    Referral,
)


def people(session: Session) -> list[Record]:
    """Everybody, shortly, in the order they were met."""
    rows = session.scalars(
        select(Person).where(Person.erased_at.is_(None), Person.merged_into_id.is_(None)).order_by(Person.id)
    )
    return [_short(session, row) for row in rows]


def find_people(session: Session, wanted: str) -> list[Person]:
    """Whoever is meant by an id, a key, an address or a name. Several, when it does not say which."""
    key = row_id(wanted)
    if key is not None:
        person = session.get(Person, key)
        return [person] if person is not None else []
    by_key = list(session.scalars(select(Person).where(Person.key == wanted).order_by(Person.id)))
    return by_key or _behind(session, wanted) or _named(session, wanted)


def _behind(session: Session, wanted: str) -> list[Person]:
    try:
        address = Address.parse(wanted)
    except ValueError:
        return []
    found: dict[int, Person] = {}
    for row in find_addresses(session, address.channel, address.value):
        found |= {person.id: person for person in people_behind(session, row.id)}
    return list(found.values())


def _named(session: Session, wanted: str) -> list[Person]:
    name = " ".join(wanted.split()).lower()
    full = func.lower(func.trim(Person.first_name + " " + Person.last_name))
    return list(
        session.scalars(
            select(Person)
            .where(
                or_(full == name, func.lower(Person.first_name) == name),
                Person.erased_at.is_(None),
                Person.merged_into_id.is_(None),
            )
            .order_by(Person.id)
        )
    )


def person(session: Session, row: Person) -> Record:
    """All that is on record for one person."""
    zone = zone_of(session, row.network_id)
    practice = session.get(Practice, row.practice_id) if row.practice_id else None
    return {
        **_short(session, row),
        "postcode": row.postcode,
        "practice": practice.name if practice else None,
        "language": row.language,
        "access_needs": list(row.access_needs),
        "dietary_needs": row.dietary_needs or None,
        "interests": list(row.interests),
        "dislikes": list(row.dislikes),
        "interest_lists": _interest_lists(session, row, zone),
        "landline": row.landline,
        "contact_note": row.contact_note or None,
        "never_text_from": row.never_text_from,
        "never_text_until": row.never_text_until,
        "never_leave_word": row.never_leave_word,
        "paused_until": day(row.paused_until),
        "bereaved_on": day(row.bereaved_on),
        "under_16": row.under_16,
        "erased_at": local(row.erased_at, zone),
        "merged_into": row.merged_into_id,
        "referrals": _referrals(session, row, zone),
        "agreements": agreements_of(session, row, zone),
        "proxies": proxies_of(session, row, zone),
        "champion": _champion(session, row),
        **bookings_of(session, row, zone),
        **lunches_of_person(session, row, zone),
        "askings": askings_of(session, row, zone),
        "conversations": open_conversations_of(session, row, zone),
        "holds": holds_of(session, row, zone),
        "acknowledgements": acknowledgements_of(session, row, zone),
        "calls": calls(session, row),
        "possible_matches": possible_matches(session, row),
        "created_at": local(row.created_at, zone),
    }


def _short(session: Session, row: Person) -> Record:
    network = session.get_one(Network, row.network_id)
    return {
        "id": row.id,
        "key": row.key,
        "name": row.full_name,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "network": network.slug,
        "roles": sorted(role.role.value for role in row.roles),
        "addresses": _addresses(session, row),
    }


def _addresses(session: Session, row: Person) -> list[Record]:
    found = session.execute(
        select(PersonAddress, AddressRow)
        .join(AddressRow, AddressRow.id == PersonAddress.address_id)
        .where(PersonAddress.person_id == row.id)
        .order_by(PersonAddress.id)
    )
    return [
        {
            "address": str(address),
            "channel": address.channel,
            "verified": link.verified,
            "preferred": address.id == row.preferred_address_id,
            "current": link.ended_at is None,
            "shared": len(people_behind(session, address.id)) > 1,
            **channel_state(address),
        }
        for link, address in found
    ]


def _interest_lists(session: Session, row: Person, zone: ZoneInfo) -> list[Record]:
    found = session.scalars(select(Interest).where(Interest.person_id == row.id).order_by(Interest.id))
    listed = []
    for interest in found:
        group = session.get(Group, interest.group_id) if interest.group_id else None
        listed.append(
            {
                "group": group.key if group else None,
                "words": interest.words or None,
                "at": local(interest.at, zone),
                "told_at": local(interest.told_at, zone),
            }
        )
    return listed


def _referrals(session: Session, row: Person, zone: ZoneInfo) -> list[Record]:
    found = session.scalars(select(Referral).where(Referral.person_id == row.id).order_by(Referral.id))
    return [
        {
            "id": referral.id,
            "state": referral.state.value,
            "source": referral.source,
            "referrer": person_of(session, referral.referrer_id),
            "referrer_words": referral.referrer or None,
            "consent": referral.consent or None,
            "concerns": list(referral.concerns),
            "own_words": referral.own_words or None,
            "link_worker": person_of(session, referral.link_worker_id),
            "opened_at": local(referral.opened_at, zone),
            "first_contact_at": local(referral.first_contact_at, zone),
            "booked_at": local(referral.booked_at, zone),
            "active_at": local(referral.active_at, zone),
            "closed_at": local(referral.closed_at, zone),
            "outcome": referral.outcome or None,
        }
        for referral in found
    ]


def _champion(session: Session, row: Person) -> Record | None:
    found = session.get(Champion, row.id)
    return None if found is None else champion(session, found)
