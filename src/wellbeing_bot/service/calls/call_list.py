"""The call list of the day: whom to ring, at what number, what to say, and what to mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from wellbeing_bot.service.calls.office import TASK
from wellbeing_bot.service.calls.putting import number_to_ring
from wellbeing_bot.service.tasks import finish, open_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import CallToMake, Person
from wellbeing_bot.store.states import CallState


@dataclass(frozen=True)
class Line:
    """One person to ring, with all that is to be said to them."""

    person: Person
    number: str
    calls: tuple[CallToMake, ...]

    @property
    def mind(self) -> tuple[str, ...]:
        """What to know before ringing."""
        never = "Leave no word with anybody, nor on a machine." if self.person.never_leave_word else ""
        return tuple(part for part in (never, self.person.contact_note) if part)


def lines(work: Work) -> list[Line]:
    """The calls that are to be made now, the most pressing first, one line a person."""
    by_person: dict[int, list[CallToMake]] = {}
    for call in to_make(work):
        by_person.setdefault(call.person_id, []).append(call)
    found = []
    for calls in by_person.values():
        person = calls[0].person
        number = number_to_ring(work, person)
        if number is not None:
            found.append(Line(person, number, tuple(calls)))
    return found


def to_make(work: Work) -> Sequence[CallToMake]:
    """Calls that are due and not too late, the first to lose its sense first."""
    return work.session.scalars(
        select(CallToMake)
        .where(
            CallToMake.network_id == work.network.id,
            CallToMake.state == CallState.TO_MAKE,
            CallToMake.due_at <= work.now,
            or_(CallToMake.expires_at.is_(None), CallToMake.expires_at > work.now),
        )
        .order_by(CallToMake.expires_at.asc().nulls_last(), CallToMake.id)
    ).all()


def finish_if_all_made(work: Work) -> None:
    """The last call of the list has been made."""
    left = work.session.scalar(
        select(func.count())
        .select_from(CallToMake)
        .where(CallToMake.network_id == work.network.id, CallToMake.state == CallState.TO_MAKE)
    )
    task = open_task(work, TASK)
    if not left and task is not None:
        finish(work, task, work.actor or "all calls made")
