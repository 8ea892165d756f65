"""A code sent to one address and typed at another proves that one person holds both.

Whether we know anybody at the other end cannot be told from what happens: the words are the same, and so is
the number of tries.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlalchemy import func, select

from wellbeing_bot.messages import Address
from wellbeing_bot.service import merging
from wellbeing_bot.service.accounts.keys import Keys
from wellbeing_bot.service.linking.matching import by_name
from wellbeing_bot.service.people import addresses_of, find_address, link_address, may_text, people_at
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.sending.peace import may_begin
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Agreement, LinkCode, Person
from wellbeing_bot.store.states import OutboundKind

GOOD_FOR = timedelta(hours=1)
MOST_TRIES = 5
MOST_A_DAY = 3
"""Codes that one address may ask for, and that one may be sent, in 24 hours."""

PURPOSE = "link_code"


def send(work: Work, asking: AddressRow, *, number: str = "", name: str = "", postcode: str = "") -> bool:
    """Send a code to whoever is meant, if we know them. False when too many were asked for."""
    if _asked_lately(work, LinkCode.from_address_id == asking.id) >= MOST_A_DAY:
        return False
    found = _by_number(work, number) if number else by_name(work, name, postcode, not_on=asking.channel)
    target = _textable(work, found, asking.channel) if found is not None else None
    if target is not None and _asked_lately(work, LinkCode.to_address_id == target.id) >= MOST_A_DAY:
        target = None
    code = new_code()
    sent_at = may_begin(work.now, work.settings, work.zone, found if target else None)
    row = LinkCode(
        person_id=found.id if found is not None and target is not None else None,
        from_address_id=asking.id,
        to_address_id=target.id if target else None,
        digest=_digest(work, asking, code),
        made_at=work.now,
        expires_at=sent_at + GOOD_FOR,
    )
    work.session.add(row)
    work.session.flush()
    if found is not None and target is not None:
        facts = {"code": code, "where": _where(asking)}
        reply(work, target, "link_code", facts, person=found, kind=OutboundKind.BEGUN)
    return True


def new_code() -> str:
    """Six figures, none of which could be read as a call for help."""
    while True:
        code = f"{secrets.randbelow(1_000_000):06d}"
        if "999" not in code and "111" not in code:
            return code


def _asked_lately(work: Work, whose) -> int:  # type: ignore[no-untyped-def]
    since = work.now - timedelta(days=1)
    query = select(func.count()).select_from(LinkCode).where(whose, LinkCode.made_at > since)
    return int(work.session.scalar(query) or 0)


def _by_number(work: Work, number: str) -> Person | None:
    """The one person of a phone. A phone that several share proves nothing about one of them."""
    row = find_address(work, Address("sms", number))
    people = people_at(work, row) if row is not None else []
    return people[0] if len(people) == 1 else None


def _textable(work: Work, person: Person, asking: str) -> AddressRow | None:
    others = [row for row in addresses_of(work, person) if row.channel != asking]
    return next((row for row in others if may_text(row)), None)


def _digest(work: Work, asking: AddressRow, code: str) -> str:
    return Keys(work.deployment.secret_key).sign(PURPOSE, f"{asking.id}:{code}")


def _where(asking: AddressRow) -> str:
    return f"the phone ending {asking.value[-3:]}" if asking.channel == "sms" else "Telegram"


def check(work: Work, asking: AddressRow, written: str) -> tuple[str, Person | None]:
    """What a typed code is: ``right`` with its person, ``wrong``, ``too_many`` or ``expired``."""
    row = work.session.scalar(
        select(LinkCode)
        .where(LinkCode.from_address_id == asking.id, LinkCode.used_at.is_(None))
        .order_by(LinkCode.id.desc())
        .limit(1)
    )
    if row is None or row.expires_at <= work.now:
        return "expired", None
    if row.tries >= MOST_TRIES:
        return "too_many", None
    row.tries += 1
    figures = "".join(sign for sign in written if sign.isdigit())
    fits = Keys(work.deployment.secret_key).fits(PURPOSE, f"{asking.id}:{figures}", row.digest)
    if not fits or row.person_id is None:
        return ("too_many" if row.tries >= MOST_TRIES else "wrong"), None
    row.used_at = work.now
    work.session.flush()
    return "right", work.session.get_one(Person, row.person_id)


def join(work: Work, address: AddressRow, here: Person | None, known: Person) -> Person:
    """The one who proved it is known at both. Two records become one; the older stays."""
    link_address(work, known, address)
    work.session.add(Agreement(person_id=known.id, address_id=address.id, wording="link_1", at=work.now))
    stays = known
    if here is not None and here.id != known.id:
        stays, gone = (known, here) if known.id < here.id else (here, known)
        merging.merge(work, gone, stays)
    work.session.flush()
    for other in addresses_of(work, stays):
        if other.id != address.id and may_text(other):
            reply(work, other, "linked_elsewhere", {"where": _where(address)}, kind=OutboundKind.BEGUN)
    return stays
