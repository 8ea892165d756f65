"""The same words to many people: who they are, what it costs, and sending it once to each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from wellbeing_bot.conversation import Say
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.people import OPEN_REFERRAL, reach
from wellbeing_bot.service.sending.outbox import put
from wellbeing_bot.service.sending.peace import may_begin
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Interest, LongWork, Membership, Person, PersonRole, Referral
from wellbeing_bot.store.states import OutboundKind, ReferralState, Role

AT_ONCE = 25
"""People a step: short enough that texts coming in meanwhile do not wait."""

MOST_PEOPLE = 2_000
LONGEST = 612
"""Four SMS parts."""


@dataclass(frozen=True)
class Reached:
    """What a message to many would be, before any of it is sent."""

    people: tuple[int, ...]  # whom it would go to
    by_text: int
    by_telegram: int
    not_reached: tuple[tuple[int, str], ...]  # number and name of those to ring
    parts_each: int
    leaves_at: datetime  # the first of it; later than now in quiet hours

    @property
    def parts(self) -> int:
        return self.by_text * self.parts_each


def audience(work: Work, named: str) -> list[int]:
    """The people an audience's name means: ``caseload:7``, ``state:active``, ``group:3``, ``interest:3``.

    Raises:
        DeskError: there is no such audience.
    """
    kind, _, key = named.partition(":")
    query = _query(work, kind, key)
    if query is None:
        raise DeskError("choose whom to write to")
    alive = query.where(
        Person.network_id == work.network.id, Person.erased_at.is_(None), Person.merged_into_id.is_(None)
    )
    found = list(work.session.scalars(alive.distinct().order_by(Person.id).limit(MOST_PEOPLE + 1)))
    if len(found) > MOST_PEOPLE:
        raise DeskError(f"that is more than {MOST_PEOPLE} people; write to a part of them at a time")
    return found


def _query(work: Work, kind: str, key: str) -> Select[int] | None:
    people = select(Person.id)
    referred = people.join(Referral, Referral.person_id == Person.id)
    if kind == "state" and key in set(OPEN_REFERRAL):
        return referred.where(Referral.state == ReferralState(key))
    if kind == "champions":
        champions = people.join(PersonRole, PersonRole.person_id == Person.id)
        return champions.where(PersonRole.role == Role.CHAMPION)
    if not key.isascii() or not key.isdigit() or len(key) > 17:
        return None
    number = int(key)
    if kind == "caseload":
        return referred.where(Referral.link_worker_id == number, Referral.state.in_(OPEN_REFERRAL))
    if kind == "group":
        members = people.join(Membership, Membership.person_id == Person.id)
        return members.where(Membership.group_id == number, Membership.ended_at.is_(None))
    if kind == "interest":
        wishing = people.join(Interest, Interest.person_id == Person.id)
        return wishing.where(Interest.group_id == number)
    return None


def look_ahead(work: Work, people: Sequence[int], text: str) -> Reached:
    """Who would get it and what it would cost, without sending anything.

    Raises:
        DeskError: there are no words, or too many.
    """
    words = work.deployment.simplify(text.strip())
    if not words:
        raise DeskError("write what to say")
    if len(words) > LONGEST:
        raise DeskError(f"that is {len(words)} characters; {LONGEST} at most can be sent to many")
    counts = {"sms": 0, "telegram": 0}
    reached, not_reached = [], []
    for key in people:
        person = work.session.get_one(Person, key)
        address = None if person.under_16 else reach(work, person)
        if address is None:
            not_reached.append((key, person.full_name))
            continue
        counts[address.channel] = counts.get(address.channel, 0) + 1
        reached.append(key)
    return Reached(
        tuple(reached),
        counts["sms"],
        counts["telegram"],
        tuple(not_reached),
        work.deployment.parts(words),
        may_begin(work.now, work.settings, work.zone, None),
    )


def step(work: Work, row: LongWork) -> bool:
    """The next few people. Each is told once, whatever happens in between."""
    people: list[int] = row.args["people"]
    for key in people[row.done : row.done + AT_ONCE]:
        person = work.session.get_one(Person, key)
        address = None if person.under_16 or person.erased_at else reach(work, person)
        sent = address is not None and put(
            work,
            address,
            Say("desk.message", row.content),
            kind=OutboundKind.BEGUN,
            person=person,
            by_user=row.by,
            occurrence=f"long_work:{row.id}:{key}",
        )
        row.args = {**row.args, "told": row.args.get("told", 0) + bool(sent)}
    row.done = min(row.done + AT_ONCE, len(people))
    if row.done < len(people):
        return False
    told = row.args.get("told", 0)
    row.said = f"Told: {told} of {len(people)}."
    return True
