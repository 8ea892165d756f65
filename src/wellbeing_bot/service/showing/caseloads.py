"""The caseload with its counts, and finding a person by name, number or initials."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from wellbeing_bot.store import AddressRow, Person, PersonAddress, PersonRole, Place, Referral
from wellbeing_bot.store.states import ReferralState, Role

ON_A_PAGE = 40
MOST_FOUND = 12


@dataclass(frozen=True)
class Case:
    """One referral with its person and link worker."""

    referral: Referral
    person: Person
    link_worker: Person | None


def counts(session: Session, network_id: int, link_worker: int | None = None) -> Mapping[ReferralState, int]:
    """How many referrals stand where: the four counts a board asks for."""
    query = (
        select(Referral.state, func.count()).where(Referral.network_id == network_id).group_by(Referral.state)
    )
    if link_worker is not None:
        query = query.where(Referral.link_worker_id == link_worker)
    found = dict(session.execute(query).all())
    return {state: found.get(state, 0) for state in ReferralState}


@dataclass(frozen=True)
class CasePage:
    """Some of the caseload, the newest first, and whether there is more either way."""

    cases: list[Case]
    newer: bool
    older: bool


def cases(
    session: Session,
    network_id: int,
    state: ReferralState | None,
    link_worker: int | None,
    *,
    before: int | None = None,
    after: int | None = None,
) -> CasePage:
    """One page of the caseload: the newest, or those next to a referral that was shown.

    It goes by the referral and not by how many were passed over, so that the last page is as quick as
    the first and somebody who comes in meanwhile pushes nobody onto two pages or none. ``before`` is the
    oldest referral shown (what follows is older), ``after`` the newest. ``link_worker`` 0 is nobody's;
    None is everybody's.
    """
    query = select(Referral.id).where(
        # Unfiltered, walking back from the newest is quicker than any index: "+ 0" keeps SQLite to that.
        Referral.network_id + 0 == network_id
        if state is None and link_worker is None
        else Referral.network_id == network_id
    )
    if state is not None:
        query = query.where(Referral.state == state)
    if link_worker is not None:
        query = query.where(Referral.link_worker_id == (link_worker or None))
    back = after is not None and before is None
    if back:
        query = query.where(Referral.id > after).order_by(Referral.id)
    else:
        query = query.order_by(Referral.id.desc())
        query = query if before is None else query.where(Referral.id < before)
    keys = list(session.scalars(query.limit(ON_A_PAGE + 1)))
    more = len(keys) > ON_A_PAGE
    return CasePage(
        _cases(session, keys[:ON_A_PAGE]),
        newer=more if back else before is not None,
        older=True if back else more,
    )


def _cases(session: Session, keys: Sequence[int]) -> list[Case]:
    worker = aliased(Person)
    rows = session.execute(
        select(Referral, Person, worker)
        .join(Person, Person.id == Referral.person_id)
        .outerjoin(worker, worker.id == Referral.link_worker_id)
        .where(Referral.id.in_(keys), Person.erased_at.is_(None))
        .order_by(Referral.id.desc())
    )
    return [Case(row, person, its_worker) for row, person, its_worker in rows]


def _no_referral(network_id: int) -> ColumnElement[bool]:
    patients = select(PersonRole.person_id).where(PersonRole.role == Role.PATIENT)
    referred = select(Referral.id).where(Referral.person_id == Person.id)
    return and_(_alive(network_id), Person.id.in_(patients), ~referred.exists())


def unreferred(session: Session, network_id: int, before: int | None = None) -> tuple[list[Person], bool]:
    """A page of patients who were never referred, the latest first, and whether there are more."""
    query = select(Person).where(_no_referral(network_id)).order_by(Person.id.desc())
    query = query if before is None else query.where(Person.id < before)
    found = list(session.scalars(query.limit(ON_A_PAGE + 1)))
    return found[:ON_A_PAGE], len(found) > ON_A_PAGE


def find(session: Session, network_id: int, written: str) -> list[Person]:
    """People by name, phone number or initials. An empty list when nothing fits, or too little was typed."""
    wanted = " ".join(written.split())[:80]
    if len(wanted) < 2:
        return []
    digits = re.sub(r"\D", "", wanted)
    if len(digits) >= 4 and len(digits) >= len(wanted.replace(" ", "")) - 1:
        return _by_number(session, network_id, digits)
    return _by_name(session, network_id, wanted)


def _alive(network_id: int) -> ColumnElement[bool]:
    return and_(Person.network_id == network_id, Person.erased_at.is_(None), Person.merged_into_id.is_(None))


def _by_number(session: Session, network_id: int, digits: str) -> list[Person]:
    """By the whole number or its last figures: mobiles first, landlines where no mobile fits."""
    national = digits.removeprefix("44").removeprefix("0")
    whole = len(national) >= 10
    addresses = select(AddressRow.id).where(
        AddressRow.network_id == network_id,
        AddressRow.channel.in_(["sms", "telegram"]),
        AddressRow.value.in_([f"+44{national}", digits]) if whole else AddressRow.value.like(f"%{national}"),
    )
    keys = session.scalars(
        select(PersonAddress.person_id)
        .where(
            PersonAddress.address_id.in_(list(session.scalars(addresses.limit(MOST_FOUND * 4)))),
            PersonAddress.ended_at.is_(None),
        )
        .limit(MOST_FOUND * 4)
    )
    found = _people(session, network_id, Person.id.in_(list(keys)))
    plain = func.replace(Person.landline, " ", "")
    return found or _people(
        session, network_id, and_(Person.landline.is_not(None), plain.like(f"%{national}"))
    )


def _people(session: Session, network_id: int, fits: ColumnElement[bool]) -> list[Person]:
    return list(
        session.scalars(
            select(Person)
            .where(_alive(network_id), fits)
            .order_by(Person.last_name, Person.first_name, Person.id)
            .limit(MOST_FOUND)
        )
    )


def _by_name(session: Session, network_id: int, wanted: str) -> list[Person]:
    words = [_escaped(word) for word in wanted.split()]
    sqlite = session.get_bind().dialect.name == "sqlite"
    first, last = (
        partial(_begins, column, sqlite=sqlite) for column in (Person.first_name, Person.last_name)
    )
    fits: list[ColumnElement[bool]] = []
    if len(words) == 1:
        fits += [first(words[0]), last(words[0])]
        if len(wanted) == 2 and wanted.isalpha():
            fits.append(and_(first(wanted[0].lower()), last(wanted[1].lower())))
    else:
        rest = " ".join(words[1:])
        fits += [and_(first(words[0]), last(rest))]
        fits += [and_(last(words[0]), first(rest))]
    # The index on names answers this by itself; the rows are fetched for the few that fit.
    keys = list(
        session.scalars(
            select(Person.id).where(Person.network_id == network_id, or_(*fits)).limit(MOST_FOUND * 4)
        )
    )
    return _people(session, network_id, Person.id.in_(keys))


def _escaped(word: str) -> str:
    return word.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _begins(column: InstrumentedAttribute[str], written: str, *, sqlite: bool) -> ColumnElement[bool]:
    """Whatever the case: SQLite's LIKE is so by itself, and faster than comparing what was lowered."""
    pattern = f"{written}%"
    return column.like(pattern, escape="\\") if sqlite else column.ilike(pattern, escape="\\")


def alike(session: Session, person: Person) -> list[Person]:
    """Records that may be the same person: the same phone, or the same name."""
    shared = select(PersonAddress.person_id).where(
        PersonAddress.address_id.in_(
            select(PersonAddress.address_id).where(PersonAddress.person_id == person.id)
        )
    )
    same = and_(
        func.lower(Person.first_name) == person.first_name.lower(),
        func.lower(Person.last_name) == person.last_name.lower(),
        Person.first_name != "",
    )
    return list(
        session.scalars(
            select(Person)
            .where(_alive(person.network_id), Person.id != person.id, or_(Person.id.in_(shared), same))
            .order_by(Person.id)
            .limit(MOST_FOUND)
        )
    )


def summary(session: Session, person: Person) -> Mapping[str, int]:
    """How much hangs on a record, to choose which one stays."""
    phones = select(func.count()).where(
        PersonAddress.person_id == person.id, PersonAddress.ended_at.is_(None)
    )
    return {
        "referrals": session.scalar(select(func.count()).where(Referral.person_id == person.id)) or 0,
        "bookings": session.scalar(select(func.count()).where(Place.person_id == person.id)) or 0,
        "phones": session.scalar(phones) or 0,
    }
