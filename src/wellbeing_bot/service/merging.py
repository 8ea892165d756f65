"""Two records that are one person: everything moves to the record that stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select, update

from wellbeing_bot.service.people import give_role, link_address
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    Agreement,
    Appointment,
    Asking,
    CallToMake,
    Champion,
    ChampionGroup,
    ClinicWait,
    ConversationRow,
    Duty,
    Goal,
    Hold,
    InboundRow,
    Interest,
    LinkCode,
    Loan,
    Meeting,
    Membership,
    OutboundRow,
    Person,
    PersonAddress,
    Place,
    Proxy,
    Referral,
    Reminder,
    Ride,
    Satisfaction,
    Signposted,
    Task,
)
from wellbeing_bot.store.states import PlaceState

SIMPLE: tuple[tuple[type[Any], str], ...] = (
    (Agreement, "person_id"),
    (Appointment, "person_id"),
    (Appointment, "link_worker_id"),
    (ConversationRow, "person_id"),
    (Duty, "person_id"),
    (Hold, "person_id"),
    (InboundRow, "person_id"),
    (Interest, "person_id"),
    (OutboundRow, "person_id"),
    (Proxy, "person_id"),
    (Proxy, "proxy_id"),
    (Referral, "person_id"),
    (Referral, "link_worker_id"),
    (Referral, "referrer_id"),
    (Reminder, "person_id"),
    (Ride, "person_id"),
    (Satisfaction, "person_id"),
    (Task, "person_id"),
    (Asking, "person_id"),
    (CallToMake, "person_id"),
    (LinkCode, "person_id"),
    (Signposted, "person_id"),
    (Loan, "person_id"),
    (Loan, "champion_id"),
    (Goal, "person_id"),
    (ClinicWait, "person_id"),
)
"""Columns that may simply point at the other record. Who looked at which record stays as it was."""

FILLED = (
    "first_name",
    "last_name",
    "postcode",
    "practice_id",
    "dietary_needs",
    "landline",
    "never_text_from",
    "never_text_until",
    "paused_until",
    "bereaved_on",
)
"""What the record that stays takes over where it has nothing itself."""


def merge(work: Work, gone: Person, stays: Person) -> None:
    """Move everything, keep the more careful of each pair of settings, and mark where the record went."""
    _fill(gone, stays)
    for link, address in work.session.execute(
        select(PersonAddress, AddressRow)
        .join(AddressRow, AddressRow.id == PersonAddress.address_id)
        .where(PersonAddress.person_id == gone.id, PersonAddress.ended_at.is_(None))
    ):
        link_address(work, stays, address, verified=link.verified)
        link.ended_at = work.now
    for role in list(gone.roles):
        give_role(work, stays, role.role)
    _places(work, gone, stays)
    _memberships(work, gone, stays)
    _champion(work, gone, stays)
    for table, column in SIMPLE:
        work.session.execute(
            update(table).where(getattr(table, column) == gone.id).values({column: stays.id})
        )
    _proxies(work, stays)
    gone.merged_into_id = stays.id
    gone.preferred_address_id = None
    work.session.flush()


def _fill(gone: Person, stays: Person) -> None:
    for name in FILLED:
        if not getattr(stays, name) and getattr(gone, name):
            setattr(stays, name, getattr(gone, name))
    for name in ("access_needs", "interests", "dislikes"):
        setattr(stays, name, sorted({*getattr(stays, name), *getattr(gone, name)}))
    notes = [note for note in (stays.contact_note, gone.contact_note) if note]
    stays.contact_note = "\n".join(dict.fromkeys(notes))
    stays.never_leave_word = stays.never_leave_word or gone.never_leave_word
    stays.under_16 = stays.under_16 or gone.under_16


def _places(work: Work, gone: Person, stays: Person) -> None:
    """One place a session: where both have one, the one that is still open counts."""
    theirs = {
        place.session_id: place
        for place in work.session.scalars(select(Place).where(Place.person_id == stays.id))
    }
    for place in work.session.scalars(select(Place).where(Place.person_id == gone.id)):
        other = theirs.get(place.session_id)
        if other is None:
            place.person_id = stays.id
        elif place.state.open and not other.state.open:
            _swap(work, place, other)
    work.session.flush()


def _swap(work: Work, place: Place, other: Place) -> None:
    """The closed place of the record that stays gives way; it holds nothing but that it was called off."""
    other.state = place.state
    other.first_time, other.party, other.queued_at = place.first_time, place.party, place.queued_at
    other.offered_until, other.why_off = place.offered_until, ""
    other.wants_meeting, other.meet_preference = place.wants_meeting, place.meet_preference
    other.meet_round = max(other.meet_round, place.meet_round)
    for table in (Meeting, Ride, Reminder, Task):
        work.session.execute(update(table).where(table.place_id == place.id).values(place_id=other.id))
    place.state, place.why_off = PlaceState.WITHDRAWN, "merged"


def _memberships(work: Work, gone: Person, stays: Person) -> None:
    already = set(
        work.session.scalars(
            select(Membership.group_id).where(Membership.person_id == stays.id, Membership.ended_at.is_(None))
        )
    )
    for member in work.session.scalars(select(Membership).where(Membership.person_id == gone.id)):
        if member.ended_at is None and member.group_id in already:
            member.ended_at = work.now
            member.why_ended = "merged"
        else:
            member.person_id = stays.id
    work.session.flush()


def _proxies(work: Work, stays: Person) -> None:
    """One row for each two people, and nobody their own proxy."""
    seen: set[tuple[int, int]] = set()
    rows = select(Proxy).where(
        Proxy.ended_at.is_(None), or_(Proxy.person_id == stays.id, Proxy.proxy_id == stays.id)
    )
    for row in work.session.scalars(rows.order_by(Proxy.gets_messages.desc(), Proxy.id)):
        pair = (row.person_id, row.proxy_id)
        if pair in seen or row.person_id == row.proxy_id:
            row.ended_at = work.now
        seen.add(pair)
    work.session.flush()


def _champion(work: Work, gone: Person, stays: Person) -> None:
    """A champion's checks are about one person: they move only where the other record has none."""
    profile = work.session.get(Champion, gone.id)
    if profile is not None and work.session.get(Champion, stays.id) is None:
        work.session.execute(update(Champion).where(Champion.person_id == gone.id).values(person_id=stays.id))
        work.session.expire(profile)
    known = set(
        work.session.scalars(select(ChampionGroup.group_id).where(ChampionGroup.person_id == stays.id))
    )
    for row in work.session.scalars(select(ChampionGroup).where(ChampionGroup.person_id == gone.id)):
        if row.group_id not in known:
            work.session.add(ChampionGroup(person_id=stays.id, group_id=row.group_id))
        work.session.delete(row)
    asked = {
        (place, round_)
        for place, round_ in work.session.execute(
            select(Meeting.place_id, Meeting.round).where(Meeting.champion_id == stays.id)
        )
    }
    for meeting in work.session.scalars(select(Meeting).where(Meeting.champion_id == gone.id)):
        if (meeting.place_id, meeting.round) not in asked:
            meeting.champion_id = stays.id
    work.session.flush()
