"""People, their addresses and roles into rows: in three goes, so that a long list needs few round trips."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from wellbeing_bot.service.importing.documents import DutyIn, RideProviderIn
from wellbeing_bot.service.importing.on_record import OnRecord, plain
from wellbeing_bot.service.importing.people_documents import AddressIn, PersonIn
from wellbeing_bot.service.importing.write_champions import write_champion
from wellbeing_bot.service.importing.writing import Writing, add, fill, values
from wellbeing_bot.store import AddressRow, Duty, Person, PersonAddress, PersonRole, Practice, RideProvider
from wellbeing_bot.store.states import Role

_PERSON = (
    "first_name",
    "last_name",
    "landline",
    "language",
    "postcode",
    "access_needs",
    "dietary_needs",
    "interests",
    "dislikes",
    "contact_note",
    "never_text_from",
    "never_text_until",
    "never_leave_word",
    "paused_until",
    "bereaved_on",
)


def write_people(writing: Writing, people: Sequence[PersonIn]) -> list[Person]:
    """Everybody, in the order of the files."""
    practices = _practices(writing.record)
    rows: list[Person] = []
    changed: list[bool] = []
    new: list[bool] = []
    claimed: set[int] = set()
    for person in people:
        row = _find(writing.record, person, claimed)
        new.append(row is None)
        columns = values(person, _PERSON, new=row is None)
        if person.practice is not None:
            columns["practice_id"] = practices[plain(person.practice)].id
        if person.key is not None:
            columns["key"] = person.key
        if row is None:
            row = Person(network_id=writing.network.id, created_at=writing.now)
            writing.session.add(row)
        else:
            claimed.add(row.id)
        different = fill(row, columns)
        changed.append(_give_roles(row, person) or different)
        rows.append(row)
    _write_addresses(writing, people)
    writing.session.flush()
    for number, (person, row) in enumerate(zip(people, rows, strict=True)):
        if person.key is not None:
            writing.record.people[person.key] = row
        more = (
            _link(writing, row, person),
            write_champion(writing, row, person),
        )
        writing.wrote("person", new=new[number], changed=changed[number] or any(more))
    writing.session.flush()
    return rows


def _practices(record: OnRecord) -> dict[str, Practice]:
    names = {plain(str(other)): practice for practice in record.practices.values() for other in practice.also}
    return names | {plain(practice.name): practice for practice in record.practices.values()}


def _find(record: OnRecord, person: PersonIn, claimed: set[int]) -> Person | None:
    """The person on record. A number alone is not enough: two people may share a phone."""
    if person.key is not None and person.key in record.people:
        return record.people[person.key]
    there: list[Person] = []
    for address in person.all_addresses:
        row = record.addresses.get((address.channel, address.value))
        there += record.at_address.get(row.id, []) if row is not None else []
    if person.landline is not None:
        there += record.landlines.get(person.landline, [])
    named = [one for one in there if plain(one.first_name) == plain(person.first_name)]
    same = [one for one in named if plain(one.last_name) == plain(person.last_name)] or [
        one for one in named if not one.last_name or not person.last_name
    ]
    nameless = [one for one in there if not one.first_name]
    free = [
        one for one in (same or nameless) if one.id not in claimed and (person.key is None or one.key is None)
    ]
    return free[0] if free else None


def _write_addresses(writing: Writing, people: Sequence[PersonIn]) -> None:
    lines = dict(reversed(writing.record.lines))  # the first one of each channel
    for person in people:
        for address in person.all_addresses:
            key = (address.channel, address.value)
            row = writing.record.addresses.get(key)
            if row is None:
                row = AddressRow(
                    network_id=writing.network.id,
                    channel=address.channel,
                    value=address.value,
                    line=lines.get(address.channel, ""),
                    unsafe=False,
                )
                writing.session.add(row)
                writing.record.addresses[key] = row
            _mark(writing, row, address)


def _mark(writing: Writing, row: AddressRow, address: AddressIn) -> None:
    """What a file says about an address. It can stop texts, never start them again: START does that."""
    if address.opted_out and row.opted_out_at is None:
        row.opted_out_at = writing.now
    if address.carrier_blocked and row.carrier_blocked_at is None:
        row.carrier_blocked_at = writing.now
    if address.unreachable and row.unreachable_at is None:
        row.unreachable_at = writing.now
        row.unreachable_why = address.unreachable
    if "unsafe" in address.model_fields_set:
        row.unsafe = address.unsafe


def _link(writing: Writing, row: Person, person: PersonIn) -> bool:
    changed = False
    for address in person.all_addresses:
        at = writing.record.addresses[(address.channel, address.value)]
        link = writing.record.links.get((row.id, at.id))
        if link is None:
            link = PersonAddress(person_id=row.id, address_id=at.id, verified=address.verified)
            writing.session.add(link)
            writing.record.links[(row.id, at.id)] = link
            changed = True
        if address.preferred and row.preferred_address_id != at.id:
            row.preferred_address_id = at.id
            changed = True
    return changed


def _give_roles(row: Person, person: PersonIn) -> bool:
    wanted = person.all_roles if person.model_fields_set & {"roles", "champion"} or not row.roles else ()
    missing: list[Role] = [role for role in dict.fromkeys(wanted) if not row.has(role)]
    row.roles.extend(PersonRole(role=role) for role in missing)
    return bool(missing)


def write_duty(writing: Writing, turns: Sequence[DutyIn]) -> None:
    """The duty rota as a whole: a file that has one replaces it."""
    wanted = [
        (writing.record.people[turn.person].id, list(turn.weekdays), turn.start, turn.until) for turn in turns
    ]
    mine = Duty.network_id == writing.network.id
    rows = writing.session.scalars(select(Duty).where(mine).order_by(Duty.position, Duty.id)).all()
    same = [(row.person_id, row.weekdays, row.start, row.until) for row in rows] == wanted
    if not same:
        writing.session.execute(delete(Duty).where(mine))
    for position, (person_id, weekdays, start, until) in enumerate(wanted, start=1):
        if not same:
            columns = {"weekdays": weekdays, "start": start, "until": until}
            add(writing, Duty(network_id=writing.network.id, person_id=person_id, position=position), columns)
        writing.wrote("duty", new=not rows, changed=not same)


def write_ride_provider(writing: Writing, provider: RideProviderIn) -> None:
    """A ride provider, found by name."""
    row = writing.record.providers.get(plain(provider.name))
    columns = values(provider, set(RideProviderIn.model_fields) - {"person"}, new=row is None)
    if "phone" in columns:
        columns["phone"] = provider.phone or ""
    if provider.person is not None:
        columns["person_id"] = writing.record.people[provider.person].id
    if row is None:
        row = add(writing, RideProvider(network_id=writing.network.id), columns)
        writing.record.providers[plain(provider.name)] = row
        writing.wrote("ride provider", new=True, changed=False)
    else:
        writing.wrote("ride provider", new=False, changed=fill(row, columns))
