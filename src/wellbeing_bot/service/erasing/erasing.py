"""Erasing a person: everything that is under way ends first, then every trace of who they were goes.

What stays is a row without a name that past places and counts hang on, the audit of who did what, and a
keyed hash of each phone that was theirs alone.
"""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.erasing import blanking, letting_go, mentions, phones
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Account, Person, Task
from wellbeing_bot.store.states import TaskState, Urgency


class CannotErase(Exception):
    """Something must be done first. The message says what, and names nobody."""


def erase(work: Work, person: Person) -> None:
    """Forget a person, with every record that was merged into theirs. There is no way back.

    Raises:
        CannotErase: it is done already, or something must be seen to first.
    """
    _check(work, person)
    everyone = [person, *work.session.scalars(select(Person).where(Person.merged_into_id == person.id))]
    ids = {one.id for one in everyone}
    addresses = phones.of(work, ids)
    known = mentions.known_of(work, everyone, addresses.alone)
    letting_go.step_down(work, person)
    for one in everyone:
        blanking.blank_person(one)
        one.erased_at = work.now
    phones.forget(work, ids, addresses)
    letting_go.end_all(work, person, ids)
    blanking.blank(work, ids, addresses)
    mentions.leave_out(work, known)
    work.session.flush()


def _check(work: Work, person: Person) -> None:
    if person.erased_at is not None:
        raise CannotErase("that record has been erased already")
    if person.merged_into_id is not None:
        raise CannotErase(f"it was merged into record {person.merged_into_id}: erase that one")
    urgent = select(Task.id).where(
        Task.person_id == person.id, Task.urgency == Urgency.URGENT, Task.state != TaskState.DONE
    )
    if work.session.scalar(urgent.limit(1)) is not None:
        raise CannotErase("an urgent task about them is open: see to it and finish it first")
    account = select(Account.id).where(Account.person_id == person.id, Account.disabled_at.is_(None))
    if work.session.scalar(account.limit(1)) is not None:
        raise CannotErase("they sign in to the desk: disable their account first")
