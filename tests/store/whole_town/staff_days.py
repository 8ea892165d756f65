"""What the staff of the town do of a working day: the worklist, the call list, sessions off and moved."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.store import (
    CallToMake,
    Hold,
    Person,
    PersonAddress,
    Place,
    Ride,
    Session_,
    Task,
)
from wellbeing_bot.store.states import CallState, PlaceState, RideState, Role, SessionState, TaskState

LONDON = ZoneInfo("Europe/London")
Deed = tuple[str, dict[str, Any]]
CALL_OUTCOMES = {
    "coming": ("coming", "coming", "not_coming", "no_answer"),
    "got_there": ("came", "came", "did_not_come", "no_answer"),
    "wants_place": ("yes", "no", "no_answer"),
    "": ("reached", "left_word", "no_answer"),
}
STAFF = {Role.COORDINATOR, Role.LINK_WORKER, Role.PROVIDER}


def deeds_of_the_day(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    """What is done today, each through the desk."""
    deeds: list[Deed] = []
    for look in (_worklist, _calls, _rides, _holds, _people, _sessions):
        deeds += look(session, network, now, chance)
    return deeds


def _worklist(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    """Most of it is done in a few days; some stays."""
    deeds: list[Deed] = []
    tasks = session.scalars(
        select(Task).where(Task.state != TaskState.DONE, Task.network_id == network).order_by(Task.id)
    )
    for task in tasks:
        if chance.random() < 0.35:
            deeds.append(("acknowledge" if task.state is TaskState.RAISED else "done", {"task": task.id}))
    return deeds


def _calls(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    calls = session.scalars(
        select(CallToMake).where(
            CallToMake.network_id == network, CallToMake.state == CallState.TO_MAKE, CallToMake.due_at <= now
        )
    )
    return [
        ("call_outcome", {"call": call.id, "outcome": chance.choice(CALL_OUTCOMES[call.asks])})
        for call in calls
        if chance.random() < 0.8
    ]


def _rides(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    deeds: list[Deed] = []
    sent = session.scalars(
        select(Ride)
        .join(Session_, Session_.id == Ride.session_id)
        .where(
            Ride.state.in_([RideState.SENT, RideState.REQUESTED]),
            Session_.starts_at > now,
            Session_.network_id == network,
        )
    )
    for ride in sent:
        said = chance.random()
        if said < 0.5:
            deeds.append(("confirm_ride", {"ride": ride.id, "from": "11:15", "until": "11:45"}))
        elif said < 0.6:
            deeds.append(("refuse_ride", {"ride": ride.id, "why": "full"}))
        elif said < 0.7:
            deeds.append(("ask_drivers", {"ride": ride.id}))
    return deeds


def _holds(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    """What a human has taken over is handed back after a while."""
    held = session.scalars(
        select(PersonAddress.person_id)
        .join(Hold, Hold.address_id == PersonAddress.address_id)
        .join(Person, Person.id == PersonAddress.person_id)
        .where(
            Person.network_id == network,
            Hold.ended_at.is_(None),
            Hold.since < now - timedelta(days=1),
            PersonAddress.ended_at.is_(None),
        )
        .order_by(PersonAddress.person_id)
    )
    return [("hand_back", {"person": person}) for person in dict.fromkeys(held) if chance.random() < 0.5]


def _people(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    """A few people a day: booked, paused, written to, taken over, asked something."""
    people = [
        person.id
        for person in session.scalars(
            select(Person)
            .where(Person.network_id == network, Person.merged_into_id.is_(None), Person.erased_at.is_(None))
            .order_by(Person.id)
        )
        if not any(person.has(role) for role in STAFF) and not person.under_16
    ]
    coming = list(
        session.scalars(
            select(Session_.id)
            .where(
                Session_.network_id == network,
                Session_.starts_at > now,
                Session_.starts_at < now + timedelta(days=14),
                Session_.state == SessionState.PLANNED,
            )
            .order_by(Session_.id)
        )
    )
    lately = list(
        session.scalars(
            select(Place.id)
            .join(Session_, Session_.id == Place.session_id)
            .where(
                Session_.network_id == network,
                Session_.ends_at < now,
                Session_.ends_at > now - timedelta(days=2),
                Place.state.in_([PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.UNKNOWN]),
            )
            .order_by(Place.id)
        )
    )
    until = (now.astimezone(LONDON).date() + timedelta(days=chance.randrange(3, 20))).isoformat()
    someone: Callable[[], int] = lambda: chance.choice(people)  # noqa: E731 - drawn afresh for each deed
    usual: list[Deed] = [
        ("book", {"person": someone(), "session": chance.choice(coming)}),
        ("book", {"person": someone(), "session": chance.choice(coming)}),
        ("reply", {"person": someone(), "text": "Hello, just to say that the desk is open till five."}),
        ("ask", {"person": someone(), "text": "What day would suit you for a chat?"}),
        ("hold", {"person": someone()}),
        ("pause", {"person": someone(), "until": until}),
        ("resume", {"person": someone()}),
        ("contacted", {"person": someone()}),
        ("start_questionnaire", {"person": someone(), "instrument": "ons4"}),
        ("discharge", {"person": someone(), "outcome": "Comes by themselves now.", "give_up_places": False}),
        ("mark_phone", {"person": someone(), "unsafe": True}),
        ("invite", {"session": chance.choice(coming), "people": chance.sample(people, min(3, len(people)))}),
    ]
    deeds = chance.sample(usual, 3)
    deeds += [
        ("attendance", {"place": place, "came": chance.random() < 0.8})
        for place in lately
        if chance.random() < 0.25
    ]
    return deeds


def _sessions(session: Session, network: int, now: datetime, chance: random.Random) -> list[Deed]:
    """About one a week is called off, one moved, and one has words of its own."""
    soon = list(
        session.scalars(
            select(Session_)
            .where(
                Session_.network_id == network,
                Session_.starts_at > now + timedelta(hours=3),
                Session_.starts_at < now + timedelta(days=6),
                Session_.state == SessionState.PLANNED,
            )
            .order_by(Session_.id)
        )
    )
    if not soon:
        return []
    chosen, kind = chance.choice(soon), chance.random()
    if kind < 0.2:
        return [("call_off_session", {"session": chosen.id, "why": "the hall is flooded"})]
    if kind < 0.4:
        to = (chosen.starts_at + timedelta(hours=chance.choice((1, 2, 24)))).isoformat()
        return [("move_session", {"session": chosen.id, "to": to})]
    if kind < 0.5:
        return [("message_session", {"session": chosen.id, "text": "Please bring a coat, the hall is cold."})]
    return []
