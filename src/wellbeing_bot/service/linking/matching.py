"""Two records that may be one person: found by name and place, decided by a link worker alone."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from wellbeing_bot.service import merging
from wellbeing_bot.service.people import addresses_of
from wellbeing_bot.service.tasks import due_in, finish, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Person, PersonAddress, PossibleMatch, Task
from wellbeing_bot.store.states import Urgency


def by_name(work: Work, name: str, postcode: str, *, not_on: str) -> Person | None:
    """The one person of that name and place whom we know on another channel; None for none or several."""
    words = name.split()
    if not words or not postcode:
        return None
    query = _alive(work).where(func.lower(Person.first_name) == words[0].lower())
    found = [
        person
        for person in work.session.scalars(query)
        if outward(person.postcode) == outward(postcode)
        and (len(words) < 2 or not person.last_name or person.last_name.lower() == words[-1].lower())
        and any(row.channel != not_on for row in addresses_of(work, person))
    ]
    return found[0] if len(found) == 1 else None


def outward(postcode: str | None) -> str:
    """``CT5`` of ``ct5 1ab`` or of ``CT5``; nothing of nothing."""
    squeezed = "".join((postcode or "").upper().split())
    return squeezed[:-3] if len(squeezed) > 4 else squeezed


def look_for(work: Work, person: Person) -> list[Task]:
    """Raise a task for each record that may be the same person, once."""
    return [_raise(work, person, other) for other in _candidates(work, person) if _new(work, person, other)]


def _alive(work: Work):  # type: ignore[no-untyped-def]
    return (
        select(Person)
        .where(
            Person.network_id == work.network.id, Person.erased_at.is_(None), Person.merged_into_id.is_(None)
        )
        .order_by(Person.id)
    )


def _candidates(work: Work, person: Person) -> list[Person]:
    if not person.first_name:
        return []
    claimed = select(PersonAddress.person_id).where(
        ~PersonAddress.verified,
        PersonAddress.ended_at.is_(None),
        PersonAddress.address_id.in_([row.id for row in addresses_of(work, person)]),
    )
    query = _alive(work).where(
        Person.id != person.id,
        or_(func.lower(Person.first_name) == person.first_name.lower(), Person.id.in_(claimed)),
    )
    given_by_others = set(work.session.scalars(claimed))
    return [
        other
        for other in work.session.scalars(query)
        if other.id in given_by_others or _alike(work, person, other)
    ]


def _alike(work: Work, person: Person, other: Person) -> bool:
    """Same first name, and the same last name, whole postcode, or place and no channel that both have."""
    mine, theirs = person.last_name.lower(), other.last_name.lower()
    if mine and theirs and mine != theirs:
        return False
    channels = [{row.channel for row in addresses_of(work, one)} for one in (person, other)]
    share_a_phone = {row.id for row in addresses_of(work, person)} & {
        row.id for row in addresses_of(work, other)
    }
    if share_a_phone:
        return False
    if mine and mine == theirs:
        return True
    if not person.postcode or outward(person.postcode) != outward(other.postcode):
        return False
    whole = "".join(person.postcode.upper().split()) == "".join((other.postcode or "").upper().split())
    return (whole and len(outward(person.postcode)) < len(person.postcode.strip())) or not channels[
        0
    ] & channels[1]


def _new(work: Work, person: Person, other: Person) -> bool:
    pair = {person.id, other.id}
    return (
        work.session.scalar(
            select(PossibleMatch.id).where(
                PossibleMatch.person_id.in_(pair), PossibleMatch.other_id.in_(pair)
            )
        )
        is None
    )


def _raise(work: Work, person: Person, other: Person) -> Task:
    task = raise_task(
        work,
        "possible_match",
        urgency=Urgency.SOON,
        person=person,
        occurrence=f"possible_match:{min(person.id, other.id)}:{max(person.id, other.id)}",
        due_at=due_in(work, 72),
        summary=f"May be the same person as {other.full_name} (record {other.id}). Please find out, then say "
        "whether they are. Nothing of one is shown to the other meanwhile.",
    )
    work.session.add(
        PossibleMatch(
            network_id=work.network.id, person_id=person.id, other_id=other.id, task_id=task.id, at=work.now
        )
    )
    work.session.flush()
    return task


def decide(work: Work, task: Task, *, same: bool) -> Person | None:
    """A link worker has found out. Returns the record that stays when they are one person.

    The one that was there before stays. None when the task is about no match.
    """
    match = work.session.scalar(select(PossibleMatch).where(PossibleMatch.task_id == task.id))
    if match is None or match.same is not None:
        return None
    match.same, match.decided_by, match.decided_at = same, work.actor, work.now
    newer, older = (work.session.get_one(Person, key) for key in (match.person_id, match.other_id))
    finish(work, task, work.actor)
    if same:
        merging.merge(work, newer, older)
    return older
