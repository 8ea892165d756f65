"""A text that changes something: which kind of change it is, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.changing import (
    after_all,
    doubting,
    leaving,
    moving,
    pausing,
    running_late,
    waiting_lists,
)
from wellbeing_bot.service.changing.calling import call_off_all
from wellbeing_bot.service.changing.targets import Target, in_the_week, narrowed, targets
from wellbeing_bot.service.lunches import slot_wishes
from wellbeing_bot.service.rides import second_thoughts as rides
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, InboundRow, Person
from wellbeing_bot.store.states import Urgency
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Details
from wellbeing_bot.understanding.second_thoughts import off_and_keep


def change(work: Work, inbound: InboundRow, address: AddressRow, person: Person, details: Details) -> None:
    """Understand what is to change, do it, and say it back. With several it could be, ask which."""
    said = inbound.text
    if after_all.come(work, said, address, person, details):
        return
    if waiting_lists.leave(work, said, address, person):
        return
    if details.scope == "pause":
        pausing.pause(work, said, address, person, details)
        return
    if details.scope == "running_late":
        running_late.hear(work, inbound, address, person)
        return
    taken_up = (
        (details.scope != "move" and after_all.says_they_come(work, said, address, person, details))
        or (details.scope == "all" and leaving.leave(work, said, address, person))
        or (details.scope == "move" and moving.move(work, said, address, person, details))
        or slot_wishes.give_up(work, address, person, said)
    )
    if not taken_up and not rides.wants_one(work, said, address, person, details):
        _not_coming(work, inbound, address, person, details)


def _not_coming(
    work: Work, inbound: InboundRow, address: AddressRow, person: Person, details: Details
) -> None:
    off, keep = off_and_keep(inbound.text)
    said = inbound.text
    if keep and off:
        said = off
        details = replace(details, group_words=read_details(off, work.local_now).group_words)
    every = targets(work, person)
    in_week = in_the_week(work, every, said) if details.when is None and details.day is None else None
    if in_week == [] and every:
        _nothing_that_week(work, address, person, every[0])
        return
    found = narrowed(work, said, address, in_week or every, details)
    if not found:
        _nothing_to_change(work, inbound, address, person)
    elif len({target.session.id for target in found}) > 1:
        ask_which(work, address, person, found)
    elif doubting.in_doubt(work, inbound.text):
        doubting.ask(work, address, person, found)
    else:
        call_off_all(work, address, person, found)


def ask_which(work: Work, address: AddressRow, person: Person, found: Sequence[Target]) -> None:
    """Several things could be meant: say them, and ask."""
    some = list(found[:4])
    offered: list[Fact] = [{"value": target.value, "label": target.label} for target in some]
    lines = [f"{number}. {target.label}" for number, target in enumerate(some, start=1)]
    if len(found) <= len(some):
        both = "Both" if len(some) == 2 else "All of them"
        offered.append({"value": "all", "label": both, "also": ["all", "both", "every one", "the lot"]})
        lines.append(f"{len(some) + 1}. {both}")
    start(work, "which_to_change", address, person, {"offered": offered, "lines": "\n".join(lines)})


def _nothing_that_week(work: Work, address: AddressRow, person: Person, first: Target) -> None:
    facts = {
        "group": neutral_name(first.session.group),
        "when": when_words(first.session.starts_at, work.zone, person.language),
    }
    reply(work, address, "nothing_that_week", facts, person=person, session=first.session)


def _nothing_to_change(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> None:
    raise_task(
        work,
        "change_unclear",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"change_unclear:{person.id}:{work.local_now.date()}",
        due_at=due_in(work, 24),
        summary="Wants to change or call something off, and nothing is booked. Please read their text.",
        inbound=inbound,
    )
    reply(work, address, "nothing_to_change", person=person)
