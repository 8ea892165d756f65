"""What a person has to read: somebody asked for one, or complained, or wrote words meant for a human."""

from __future__ import annotations

from wellbeing_bot.service.hearing.urgent import read_when
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    InboundRow,
    Person,
)
from wellbeing_bot.store.states import Urgency


def ask_for_person(work: Work, inbound: InboundRow, address: AddressRow, person: Person | None) -> None:
    """They would rather talk to somebody: a task, and word that somebody will."""
    raise_task(
        work,
        "asks_for_person",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"asks_for_person:{address.id}:{work.local_now.date()}",
        due_at=due_in(work, 24),
        summary="Would like to talk to a person.",
        inbound=inbound,
    )
    reply(work, address, "person_will_come", {"read_when": read_when(work, person, address)}, person=person)


def complain(work: Work, inbound: InboundRow, address: AddressRow, person: Person | None) -> None:
    raise_task(
        work,
        "complaint",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"complaint:{inbound.id}",
        due_at=due_in(work, 48),
        summary="Something was not right. Please read their text and answer it.",
        inbound=inbound,
    )
    reply(work, address, "complaint_heard", person=person)


def for_staff(work: Work, inbound: InboundRow, address: AddressRow, people: list[Person]) -> None:
    """Words meant for a human always reach the human."""
    raise_task(
        work,
        "reply_to_read",
        urgency=Urgency.SOON,
        person=people[0] if len(people) == 1 else None,
        address=address,
        occurrence=f"reply_to_read:{address.id}:{work.local_now.date()}",
        due_at=due_in(work, 48),
        summary="There is a text for a person to read.",
        inbound=inbound,
    )
