"""Whom and what a request means: an address as people write it, a person, a row of a network."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.messages import Address
from wellbeing_bot.service.phones import PhoneError, read_phone
from wellbeing_bot.service.showing.people import find_people
from wellbeing_bot.service.showing.phones import find_addresses
from wellbeing_bot.store import AddressRow, Line, Network, Person, PersonAddress
from wellbeing_bot.web.simulator.problems import Refused

HOW = 'write "+447700900123", "07700 900123", "sms:+447700900123", "telegram:123" or somebody\'s key'


def read_address(session: Session, written: str) -> Address:
    """An address as written, or the first address of the person with that key.

    Raises:
        Refused: it is neither.
    """
    said = written.strip()
    channel, colon, value = said.partition(":")
    if colon and channel == "telegram" and value.removeprefix("-").isdigit():
        return Address("telegram", value)
    if colon and channel != "sms":
        raise Refused(422, f"{said!r} is not an address", HOW)
    number = value if colon else said
    if _looks_like_a_number(number):
        try:
            return Address("sms", read_phone(number).value)
        except PhoneError as error:
            raise Refused(422, str(error), HOW) from None
    return _of_key(session, said)


def _looks_like_a_number(said: str) -> bool:
    return any(letter.isdigit() for letter in said) and not set(said) - set("+0123456789 ()-")


def _of_key(session: Session, key: str) -> Address:
    row = session.scalar(
        select(AddressRow)
        .join(PersonAddress, PersonAddress.address_id == AddressRow.id)
        .join(Person, Person.id == PersonAddress.person_id)
        .where(Person.key == key, PersonAddress.ended_at.is_(None))
        .order_by(PersonAddress.id)
        .limit(1)
    )
    if row is None:
        raise Refused(422, f"{key!r} is not an address, and nobody with that key has one", HOW)
    return Address.parse(str(row))


def usual_line(session: Session, address: Address) -> str:
    """The line a phone writes to when it does not say: the one it last used, else the first of its channel.

    Raises:
        Refused: no network has a line of that channel.
    """
    for row in find_addresses(session, address.channel, address.value):
        if row.line:
            return row.line
    known = find_addresses(session, address.channel, address.value)
    query = select(Line.value).where(Line.channel == address.channel).order_by(Line.id).limit(1)
    if known:
        own = session.scalar(query.where(Line.network_id == known[0].network_id))
        if own is not None:
            return own
    line = session.scalar(query)
    if line is None:
        kind = "number" if address.channel == "sms" else "Telegram bot"
        raise Refused(409, f"no network has a {kind}", "put one under lines in the setup document, or say to")
    return line


def one_person(session: Session, wanted: str) -> Person:
    """The person meant by an id, a key, an address or a name.

    Raises:
        Refused: nobody, or several.
    """
    said = wanted.strip()
    if len(said) > 9 and _looks_like_a_number(said):
        said = str(read_address(session, said))
    found = find_people(session, said)
    if not found:
        raise Refused(404, f"there is nobody {wanted!r}", "GET /people lists everybody")
    if len(found) > 1:
        raise Refused(
            409,
            f"{wanted!r} means several people",
            "use the id of one of them",
            people=[{"id": person.id, "key": person.key, "name": person.full_name} for person in found],
        )
    return found[0]


def network_called(session: Session, slug: str | None) -> Network:
    """A network by its short name; the first one when none is named.

    Raises:
        Refused: there is none.
    """
    query = select(Network).order_by(Network.id)
    if slug is not None:
        query = query.where(Network.slug == slug)
    network = session.scalars(query).first()
    if network is None:
        known = ", ".join(session.scalars(select(Network.slug).order_by(Network.id)))
        cure = f"there are {known}" if known else "POST /reset first"
        raise Refused(404, f"there is no network {slug!r}" if slug else "there is no network", cure)
    return network
