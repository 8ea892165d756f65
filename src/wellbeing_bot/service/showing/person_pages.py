"""What the page of one person shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service.people import may_text, open_hold
from wellbeing_bot.service.showing.phones import people_behind
from wellbeing_bot.service.showing.threads import FROM_PEOPLE, moment_of
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    Agreement,
    Audit,
    Goal,
    Group,
    Hold,
    InboundRow,
    Meeting,
    Membership,
    OutboundRow,
    Person,
    PersonAddress,
    PersonRole,
    Place,
    Proxy,
    Referral,
    Ride,
    Session_,
)
from wellbeing_bot.store.states import Role

MOST_TEXTS = 200

WRONG = (DeliveryState.FAILED, DeliveryState.UNDELIVERED, DeliveryState.DROPPED)


@dataclass(frozen=True)
class Reach:
    """One way to reach somebody, and whether it may be used."""

    address: AddressRow
    preferred: bool
    shared_with: tuple[Person, ...]
    held: Hold | None

    @property
    def why_not(self) -> str:
        """Why nothing may be sent there; empty when it may."""
        if self.address.opted_out_at is not None:
            return "asked for no more texts"
        if self.address.carrier_blocked_at is not None:
            return "the phone company blocks our texts until they text START"
        if self.address.unreachable_at is not None:
            blocked = self.address.unreachable_why == "blocked"
            return "they blocked the bot" if blocked else "cannot be reached"
        return ""

    @property
    def usable(self) -> bool:
        return may_text(self.address)


@dataclass(frozen=True)
class Text:
    """One message of the thread."""

    ours: bool
    text: str
    media: tuple[str, ...]
    by: str  # the colleague who wrote it, or empty
    at: datetime
    state: DeliveryState | None  # of ours
    code: str | None
    telegram: bool

    @property
    def wrong(self) -> bool:
        return self.state in WRONG


def ways(work: Work, person: Person) -> list[Reach]:
    """The ways to reach somebody, the preferred first."""
    found = work.session.scalars(
        select(AddressRow)
        .join(PersonAddress, PersonAddress.address_id == AddressRow.id)
        .where(PersonAddress.person_id == person.id, PersonAddress.ended_at.is_(None))
        .order_by(PersonAddress.id)
    )
    made = [
        Reach(
            row,
            row.id == person.preferred_address_id,
            tuple(other for other in people_behind(work.session, row.id) if other.id != person.id),
            open_hold(work, row),
        )
        for row in found
    ]
    return sorted(made, key=lambda way: not way.preferred)


def thread(session: Session, person: Person) -> list[Text]:
    """The newest messages from and to somebody's phones, oldest first.

    Where two people share a phone, both read what is sent there, so both pages show it.
    """
    own = select(PersonAddress.address_id).where(
        PersonAddress.person_id == person.id, PersonAddress.ended_at.is_(None)
    )
    channels = dict(
        session.execute(select(AddressRow.id, AddressRow.channel).where(AddressRow.id.in_(own))).all()
    )
    heard = session.scalars(
        select(InboundRow)
        .where(InboundRow.address_id.in_(channels), InboundRow.kind.in_(FROM_PEOPLE))
        .order_by(InboundRow.id.desc())
        .limit(MOST_TEXTS)
    )
    sent = session.scalars(
        select(OutboundRow)
        .where(OutboundRow.address_id.in_(channels))
        .order_by(OutboundRow.id.desc())
        .limit(MOST_TEXTS)
    )
    keyed = [((row.received_at, row.id, 0, 0), _heard(row, channels)) for row in heard]
    keyed += [((moment_of(row), row.inbound_id or 0, 1, row.id), _sent(row, channels)) for row in sent]
    return [text for _, text in sorted(keyed, key=lambda pair: pair[0])][-MOST_TEXTS:]


def _heard(row: InboundRow, channels: dict[int, str]) -> Text:
    words = {"blocked": "Blocked the bot.", "opt_out": "Asked the phone company for no more texts."}
    return Text(
        ours=False,
        text=row.text or words.get(row.kind.value, ""),
        media=tuple(row.media),
        by="",
        at=row.received_at,
        state=None,
        code=None,
        telegram=channels.get(row.address_id or 0) == "telegram",
    )


def _sent(row: OutboundRow, channels: dict[int, str]) -> Text:
    return Text(
        ours=True,
        text=row.text,
        media=(),
        by=row.by_user,
        at=moment_of(row),
        state=row.state,
        code=row.error_code,
        telegram=channels.get(row.address_id) == "telegram",
    )


@dataclass(frozen=True)
class Booked:
    """Everything somebody is, was or will be on."""

    coming: list[Place]
    past: list[Place]
    weekly: list[tuple[Membership, Group]]
    meetings: dict[int, Meeting]  # by place, the newest
    rides: dict[int, Ride]  # by place, the newest


def booked(work: Work, person: Person) -> Booked:
    """Places with their meetings and rides, and weekly places."""
    places = list(
        work.session.scalars(
            select(Place)
            .join(Session_, Session_.id == Place.session_id)
            .where(Place.person_id == person.id)
            .order_by(Session_.starts_at)
        )
    )
    keys = [place.id for place in places]
    weekly = work.session.execute(
        select(Membership, Group)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .order_by(Group.name)
    )
    meetings = work.session.scalars(select(Meeting).where(Meeting.place_id.in_(keys)).order_by(Meeting.id))
    rides = work.session.scalars(select(Ride).where(Ride.place_id.in_(keys)).order_by(Ride.id))
    return Booked(
        coming=[place for place in places if place.session.ends_at > work.now],
        past=[place for place in reversed(places) if place.session.ends_at <= work.now][:30],
        weekly=[(member, group) for member, group in weekly],
        meetings={meeting.place_id: meeting for meeting in meetings},
        rides={ride.place_id: ride for ride in rides},
    )


def referrals(session: Session, person: Person) -> list[Referral]:
    """Episodes, the newest first."""
    return list(
        session.scalars(select(Referral).where(Referral.person_id == person.id).order_by(Referral.id.desc()))
    )


def agreements(session: Session, person: Person) -> list[tuple[Agreement, AddressRow]]:
    """Yes and no to being texted, the newest first."""
    found = session.execute(
        select(Agreement, AddressRow)
        .join(AddressRow, AddressRow.id == Agreement.address_id)
        .where(Agreement.person_id == person.id)
        .order_by(Agreement.id.desc())
    )
    return [(row, address) for row, address in found]


def proxies(session: Session, person: Person) -> list[tuple[Proxy, Person, bool]]:
    """Who stands in for them (True), and for whom they stand in (False)."""
    made = []
    for row in session.scalars(
        select(Proxy).where(
            or_(Proxy.person_id == person.id, Proxy.proxy_id == person.id), Proxy.ended_at.is_(None)
        )
    ):
        theirs = row.person_id == person.id
        made.append((row, session.get_one(Person, row.proxy_id if theirs else row.person_id), theirs))
    return made


def looks(session: Session, person: Person, most: int = 30) -> list[Audit]:
    """Who looked at this person or changed something, the newest first."""
    return list(
        session.scalars(
            select(Audit).where(Audit.person_id == person.id).order_by(Audit.id.desc()).limit(most)
        )
    )


def link_workers(session: Session, network_id: int) -> list[Person]:
    """Who may have somebody on their caseload."""
    workers = select(PersonRole.person_id).where(PersonRole.role == Role.LINK_WORKER)
    return list(
        session.scalars(
            select(Person)
            .where(
                Person.id.in_(workers),
                Person.network_id + 0 == network_id,  # so that SQLite begins with the few of that role
                Person.erased_at.is_(None),
                Person.merged_into_id.is_(None),
            )
            .order_by(Person.first_name, Person.last_name)
        )
    )


def goals(session: Session, person: Person) -> list[Goal]:
    """What they set themselves, the newest first."""
    return list(
        session.scalars(select(Goal).where(Goal.person_id == person.id).order_by(Goal.id.desc()).limit(30))
    )
