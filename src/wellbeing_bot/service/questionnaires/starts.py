"""What the record says of one person, as the decision whom to ask wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select

from wellbeing_bot.questionnaires.plans import Begins, Mode, PastAsking, PersonState, Start
from wellbeing_bot.service.people import addresses_of, people_at, proxies_of, reach
from wellbeing_bot.service.questionnaires import answers
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Asking, Group, Membership, Person, Place, Referral, Session_
from wellbeing_bot.store.states import AskingState, PlaceState, ReferralState, SessionState

CHILD = 15
"""The age that stands for "under 16", all that is known of somebody who said so."""

SESSIONS_AHEAD = timedelta(days=2)
SESSIONS_BACK = timedelta(days=1)

MODES = {"self_by_text": Mode.TEXT, "read_out_by_staff": Mode.READ_OUT}
MODE_WORDS = {mode: words for words, mode in MODES.items()}

_UNDER_WAY = (ReferralState.BOOKED, ReferralState.ACTIVE, ReferralState.DISCHARGED)
_WAS_THERE = (PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.ATTENDED, PlaceState.UNKNOWN)


def state_of(work: Work, person: Person) -> PersonState:
    """All that decides whether and what a person is asked, except a human who has the conversation."""
    askings = _askings(work, person)
    past = [_past(work, row) for row in askings]
    until = person.paused_until
    return PersonState(
        starts=(*_referrals(work, person, past), *_groups(work, person), *_sessions(work, person)),
        past=tuple(past),
        paused_until=until - timedelta(days=1) if until else None,
        bereaved_on=person.bereaved_on,
        no_more=said_no_more(askings),
        opted_out=opted_out(work, person),
        age=CHILD if person.under_16 else None,
    )


def opted_out(work: Work, person: Person) -> bool:
    """Whether they asked for silence on the channel they would be asked on."""
    silent = any(
        row.opted_out_at is not None or row.carrier_blocked_at is not None
        for row in addresses_of(work, person)
    )
    return silent and reach(work, person) is None


def reach_alone(work: Work, person: Person) -> AddressRow | None:
    """Where the person's own answers come from, or None: no phone, or one that their carer reads."""
    address = reach(work, person)
    if address is None:
        return None
    carers = {proxy.id for proxy in proxies_of(work, person)}
    return None if carers & {other.id for other in people_at(work, address)} else address


def said_no_more(askings: Sequence[Asking]) -> bool:
    """Whether the last word on questions was NO MORE; asking again by hand, agreed with them, ends it."""
    return bool(askings) and askings[-1].how_closed == "no_more"


def _askings(work: Work, person: Person) -> list[Asking]:
    return list(
        work.session.scalars(
            select(Asking)
            .where(Asking.person_id == person.id, Asking.state != AskingState.PLANNED)
            .order_by(Asking.opened_at, Asking.id)
        )
    )


def _past(work: Work, row: Asking) -> PastAsking:
    given = any(value is not None for value in answers.of_asking(work.session, row).values())
    return PastAsking(
        covers=frozenset(row.covers or [key_of(row)]),
        instruments=frozenset({row.instrument}),
        on=(row.opened_at or row.due_at).astimezone(work.zone).date(),
        answered=frozenset({row.instrument}) if given else frozenset(),
        mode=MODES[row.mode],
        open=row.state is AskingState.OPEN,
    )


def key_of(row: Asking) -> str:
    """The point of a plan that a row stands for when it was not opened by a plan."""
    return f"{row.instrument}/{start_id(row)}/{row.point}"


def start_id(row: Asking) -> str:
    """What the days of an asking are counted from."""
    if row.session_id is not None:
        return f"session:{row.session_id}"
    if row.referral_id is not None:
        return f"referral:{row.referral_id}"
    return f"group:{row.group_id}" if row.group_id is not None else f"person:{row.person_id}"


def _referrals(work: Work, person: Person, past: list[PastAsking]) -> list[Start]:
    """Referrals that were taken up: a first contact, a place booked. One that ended is only followed up."""
    found = []
    for row in work.session.scalars(
        select(Referral)
        .where(
            Referral.person_id == person.id,
            Referral.state != ReferralState.DECLINED,
            or_(Referral.state.in_(_UNDER_WAY), Referral.first_contact_at.is_not(None)),
        )
        .order_by(Referral.id)
    ):
        id = f"referral:{row.id}"
        known = any(f"/{id}/" in key for asking in past for key in asking.covers)
        if row.state is ReferralState.DISCHARGED and not known:
            continue
        taken_up = [m for m in (row.first_contact_at, row.booked_at, row.active_at) if m is not None]
        on = min(taken_up, default=row.opened_at).astimezone(work.zone).date()
        found.append(Start(id, Begins.REFERRAL, on, frozenset(map(_tag, row.concerns))))
    return found


def _tag(concern: str) -> str:
    """ "Mental health" as a plan writes it."""
    return concern.strip().lower().replace(" ", "_")


def _groups(work: Work, person: Person) -> list[Start]:
    rows = work.session.execute(
        select(Membership, Group.kind)
        .join(Group, Group.id == Membership.group_id)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .order_by(Membership.id)
    )
    return [
        Start(f"group:{row.group_id}", Begins.GROUP, row.since.astimezone(work.zone).date(), group_kind=kind)
        for row, kind in rows
    ]


def _sessions(work: Work, person: Person) -> list[Start]:
    """Sessions of these days that they are expected at, or were not known to have missed."""
    rows = work.session.execute(
        select(Session_, Group.kind)
        .join(Place, Place.session_id == Session_.id)
        .join(Group, Group.id == Session_.group_id)
        .where(
            Place.person_id == person.id,
            Place.state.in_(_WAS_THERE),
            Session_.state != SessionState.CALLED_OFF,
            Session_.starts_at > work.now - SESSIONS_BACK,
            Session_.starts_at < work.now + SESSIONS_AHEAD,
        )
        .order_by(Session_.starts_at)
    )
    return [
        Start(
            f"session:{row.id}", Begins.SESSION, row.starts_at.astimezone(work.zone).date(), group_kind=kind
        )
        for row, kind in rows
    ]
