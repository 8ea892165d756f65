"""Who is to be rung today, and why: tasks that are due, calls to make, and people whom nothing reaches."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import or_, select

from wellbeing_bot.service.calls.call_list import to_make
from wellbeing_bot.service.calls.outcomes import FITTING, USUAL
from wellbeing_bot.service.calls.putting import number_to_ring
from wellbeing_bot.service.people import addresses_of, reach
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, CallToMake, Person, Place, Session_, Task
from wellbeing_bot.store.states import PlaceState, SessionState, TaskState, Urgency

DAYS_AHEAD = 2
MOST = 200


@dataclass
class Call:
    """One person to ring, with every reason."""

    person: Person
    address: AddressRow | None  # a mobile that may be rung, even where it is not to be texted
    tasks: list[Task] = field(default_factory=list)
    to_make: list[CallToMake] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def urgent(self) -> bool:
        return any(task.urgency is Urgency.URGENT for task in self.tasks)


def calls(work: Work) -> list[Call]:
    """The list of the day: urgent first, then by name."""
    found: dict[int, Call] = {}
    for task, person in work.session.execute(
        select(Task, Person)
        .join(Person, Person.id == Task.person_id)
        .where(
            Task.network_id == work.network.id,
            Task.state != TaskState.DONE,
            or_(Task.urgency == Urgency.URGENT, Task.due_at < _end_of_today(work)),
            Person.erased_at.is_(None),
        )
        .order_by(Task.due_at.asc().nulls_last(), Task.id)
        .limit(MOST)
    ):
        _call(work, found, person).tasks.append(task)
    for row in to_make(work):
        _call(work, found, row.person).to_make.append(row)
    for place, person in _untextable(work):
        when = when_words(place.session.starts_at, work.zone)
        _call(work, found, person).reasons.append(f"Remind them: {place.session.group.name}, {when}.")
    return sorted(found.values(), key=lambda call: (not call.urgent, call.person.full_name))


def _end_of_today(work: Work) -> datetime:
    tomorrow = work.local_now.date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=work.zone).astimezone(UTC)


def _untextable(work: Work) -> list[tuple[Place, Person]]:
    """Those expected in the next days whom neither text nor telephone reaches."""
    rows = work.session.execute(
        select(Place, Person)
        .join(Person, Person.id == Place.person_id)
        .join(Session_, Session_.id == Place.session_id)
        .where(
            Place.network_id == work.network.id,
            Place.state.in_([PlaceState.BOOKED, PlaceState.CONFIRMED]),
            Session_.state == SessionState.PLANNED,
            Session_.starts_at > work.now,
            Session_.starts_at < work.now + timedelta(days=DAYS_AHEAD),
            Person.erased_at.is_(None),
        )
        .order_by(Session_.starts_at)
        .limit(MOST * 10)
    )
    return [
        (place, person)
        for place, person in rows
        if reach(work, person) is None and number_to_ring(work, person) is None
    ]


def fitting(call: CallToMake) -> tuple[str, ...]:
    """The outcomes that fit a call; no word is left where that is not wished."""
    never = call.person.never_leave_word
    return tuple(one for one in FITTING.get(call.asks, USUAL) if not never or one != "left_word")


def _call(work: Work, found: dict[int, Call], person: Person) -> Call:
    if person.id not in found:
        mobiles = [row for row in addresses_of(work, person) if row.channel == "sms"]
        found[person.id] = Call(person, mobiles[0] if mobiles else None)
    return found[person.id]
