"""Askings as plain rows, for outcomes and exports. No row holds a name or anybody's words.

Read in a few queries for a whole network; nothing here writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.questionnaires.instrument import Number
from wellbeing_bot.questionnaires.loader import Instruments
from wellbeing_bot.questionnaires.rows import BalancingRow, PersonTime
from wellbeing_bot.service.questionnaires.answers import known, value_of
from wellbeing_bot.service.questionnaires.starts import MODES, start_id
from wellbeing_bot.store import (
    Answer,
    Asking,
    BalancingMeasure,
    Group,
    Membership,
    Network,
    Person,
    Place,
    Referral,
    Session_,
)
from wellbeing_bot.store.states import AskingState, PlaceState

GroupsOf = Mapping[int, list[tuple[str, datetime, datetime | None]]]
"""Person -> (group, since, until)."""


def person_times(session: Session, instruments: Instruments, network: Network) -> list[PersonTime]:
    """Every asking of a network that was opened, with its answers. Instruments that are off are left out."""
    answers: dict[int, dict[str, Number | None]] = defaultdict(dict)
    for answer in session.scalars(
        select(Answer).join(Asking, Asking.id == Answer.asking_id).where(Asking.network_id == network.id)
    ):
        answers[answer.asking_id][answer.item] = value_of(answer)
    groups = groups_of(session, network)
    concerns = {
        row.id: frozenset(row.concerns)
        for row in session.scalars(select(Referral).where(Referral.network_id == network.id))
    }
    zone = ZoneInfo(network.zone)
    rows = session.scalars(
        select(Asking)
        .join(Person, Person.id == Asking.person_id)
        .where(Asking.network_id == network.id, Asking.opened_at.is_not(None), Person.erased_at.is_(None))
        .order_by(Asking.id)
    )
    return [
        PersonTime(
            network=network.slug,
            person=str(row.person_id),
            episode=episode_of(row),
            instrument=row.instrument,
            version=row.version,
            point=row.point,
            asked_on=_day(row.opened_at, zone),
            closed_on=_day(row.closed_at, zone) if row.closed_at else None,
            how=Closed(row.how_closed) if row.how_closed else _how(row),
            mode=MODES[row.mode],
            answers=known(instruments.on[row.instrument], answers[row.id]),
            groups=_at(groups, row.person_id, row.closed_at or row.opened_at),
            concerns=concerns.get(row.referral_id or 0, frozenset()),
        )
        for row in rows
        if row.instrument in instruments.on
    ]


def episode_of(row: Asking) -> str:
    """What entry and follow-up share: the session, the referral, or failing both the group or person."""
    return start_id(row)


def _how(row: Asking) -> Closed | None:
    """How an asking ended that was put on the record from outside."""
    return {
        AskingState.COMPLETE: Closed.COMPLETE,
        AskingState.INCOMPLETE: Closed.INCOMPLETE,
        AskingState.WITHDRAWN: Closed.CALLED_OFF,
    }.get(row.state)


def _day(moment: datetime | None, zone: ZoneInfo) -> date:
    if moment is None:
        raise ValueError("the asking was never opened")
    return moment.astimezone(zone).date()


def groups_of(session: Session, network: Network) -> GroupsOf:
    """Which groups people belong to: as members, or by having been there."""
    found: dict[int, list[tuple[str, datetime, datetime | None]]] = defaultdict(list)
    members = select(Membership, Group.name).join(Group, Group.id == Membership.group_id)
    for member, name in session.execute(members.where(Membership.network_id == network.id)):
        found[member.person_id].append((name, member.since, member.ended_at))
    been = (
        select(Place.person_id, Group.name, Session_.starts_at)
        .join(Session_, Session_.id == Place.session_id)
        .join(Group, Group.id == Session_.group_id)
        .where(Place.network_id == network.id, Place.state == PlaceState.ATTENDED)
    )
    for person_id, name, starts_at in session.execute(been):
        found[person_id].append((name, starts_at, None))
    return found


def _at(groups: GroupsOf, person_id: int, moment: datetime | None) -> frozenset[str]:
    return frozenset(
        name
        for name, since, until in groups.get(person_id, ())
        if moment is not None and since <= moment and (until is None or until > moment)
    )


def balancing_rows(session: Session, networks: Iterable[Network]) -> list[BalancingRow]:
    """The measures that staff typed in."""
    return [
        BalancingRow(network.slug, row.month, row.name, row.value)
        for network in networks
        for row in session.scalars(
            select(BalancingMeasure)
            .where(BalancingMeasure.network_id == network.id)
            .order_by(BalancingMeasure.month, BalancingMeasure.name)
        )
    ]
