"""What the network already has, found by the names that files use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from wellbeing_bot.store import (
    AddressRow,
    Champion,
    DirectoryService,
    Group,
    Line,
    Network,
    Person,
    PersonAddress,
    Practice,
    RideProvider,
    Venue,
)

AddressKey = tuple[str, str]


def plain(name: str) -> str:
    """A name as it is compared: without regard to capitals and extra spaces."""
    return " ".join(name.casefold().split())


@dataclass
class OnRecord:
    """The rows of one network by the names files know them by. Writing adds to it as it goes."""

    practices: dict[str, Practice] = field(default_factory=dict)
    venues: dict[str, Venue] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    providers: dict[str, RideProvider] = field(default_factory=dict)
    services: dict[str, DirectoryService] = field(default_factory=dict)
    lines: dict[AddressKey, Line] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)  # by key
    addresses: dict[AddressKey, AddressRow] = field(default_factory=dict)
    landlines: dict[str, list[Person]] = field(default_factory=dict)
    at_address: dict[int, list[Person]] = field(default_factory=dict)  # address id -> whom it serves
    links: dict[tuple[int, int], PersonAddress] = field(default_factory=dict)
    champions: dict[int, Champion] = field(default_factory=dict)


@dataclass(frozen=True)
class Named:
    """The people that part of a long list names: only these are looked up, however many there are."""

    keys: frozenset[str] = frozenset()
    addresses: frozenset[AddressKey] = frozenset()
    landlines: frozenset[str] = frozenset()


def find_network(session: Session, slug: str) -> Network | None:
    """The network of a short name."""
    return session.scalar(select(Network).where(Network.slug == slug))


def line_owner(session: Session, key: AddressKey) -> int | None:
    """The network a number or bot belongs to."""
    return session.scalar(select(Line.network_id).where(Line.channel == key[0], Line.value == key[1]))


def on_record(session: Session, network: Network | None, *, people: bool | Named = True) -> OnRecord:
    """Everything of a network that files can name; nothing for a network that is new.

    ``people=False`` leaves the people out, who are by far the most; ``Named`` takes those named alone.
    """
    found = OnRecord()
    if network is None:
        return found
    mine = network.id
    for practice in session.scalars(select(Practice).where(Practice.network_id == mine)):
        found.practices[plain(practice.name)] = practice
    for venue in session.scalars(select(Venue).where(Venue.network_id == mine)):
        found.venues[plain(venue.name)] = venue
    for group in session.scalars(select(Group).where(Group.network_id == mine)):
        found.groups[group.key] = group
    for provider in session.scalars(select(RideProvider).where(RideProvider.network_id == mine)):
        found.providers[plain(provider.name)] = provider
    for service in session.scalars(select(DirectoryService).where(DirectoryService.network_id == mine)):
        found.services[plain(service.name)] = service
    for line in session.scalars(select(Line).where(Line.network_id == mine)):
        found.lines[(line.channel, line.value)] = line
    if people:
        _people(session, mine, found, people if isinstance(people, Named) else None)
    return found


def _people(session: Session, network_id: int, found: OnRecord, named: Named | None) -> None:
    alive = (Person.network_id == network_id, Person.erased_at.is_(None), Person.merged_into_id.is_(None))
    theirs = _links(session, network_id, found, named)
    query = select(Person).where(*alive).options(selectinload(Person.roles))
    champions = select(Champion).where(Champion.network_id == network_id)
    if named is not None:
        wanted = or_(
            Person.key.in_(named.keys),
            Person.landline.in_(named.landlines),
            Person.id.in_({link.person_id for link in theirs}),
        )
        query = query.where(wanted)
        champions = champions.where(Champion.person_id.in_(select(Person.id).where(*alive, wanted)))
    by_id: dict[int, Person] = {}
    for person in session.scalars(query):
        by_id[person.id] = person
        if person.key:
            found.people[person.key] = person
        if person.landline:
            found.landlines.setdefault(person.landline, []).append(person)
    for champion in session.scalars(champions):
        found.champions[champion.person_id] = champion
    for link in theirs:
        found.links[(link.person_id, link.address_id)] = link
        if link.ended_at is None and link.person_id in by_id:
            found.at_address.setdefault(link.address_id, []).append(by_id[link.person_id])


def _links(
    session: Session, network_id: int, found: OnRecord, named: Named | None
) -> Sequence[PersonAddress]:
    """Who is at which address; the addresses are noted on the way."""
    mine = AddressRow.network_id == network_id
    fits = [mine]
    if named is not None:
        fits.append(AddressRow.value.in_({value for _, value in named.addresses}))
    for address in session.scalars(select(AddressRow).where(*fits)):
        found.addresses[(address.channel, address.value)] = address
    return session.scalars(
        select(PersonAddress)
        .join(AddressRow, AddressRow.id == PersonAddress.address_id)
        .where(*fits)
        .order_by(PersonAddress.id)
    ).all()
