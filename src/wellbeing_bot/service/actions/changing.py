"""Changing one's mind, when a question was needed first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import changing
from wellbeing_bot.service.actions.base import action, person_of, text
from wellbeing_bot.service.people import give_role
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.tasks import due_in, join, raise_task
from wellbeing_bot.service.words import day_words
from wellbeing_bot.store import Champion
from wellbeing_bot.store.states import Role, Urgency


def call_off(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Call off what they chose, if it is still theirs to call off."""
    person = person_of(talk)
    for target in changing.targets(talk.work, person):
        if target.value == text(args, "target"):
            changing.call_off(talk.work, talk.address, person, target)
    return Outcome("done")


def pause_until(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Leave them in peace until a date."""
    until = date.fromisoformat(text(args, "until"))
    if until <= talk.work.local_now.date():
        return Outcome("past")
    changing.pause_until(talk.work, person_of(talk), until)
    return Outcome("done", {"until_words": day_words(until)})


def volunteer(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Somebody would like to help: note it and tell the coordinator."""
    work, person = talk.work, person_of(talk)
    person.first_name = person.first_name or text(args, "first_name")[:60]
    give_role(work, person, Role.CHAMPION)
    if work.session.get(Champion, person.id) is None:
        work.session.add(Champion(person_id=person.id, network_id=work.network.id, entered_at=work.now))
    task = raise_task(
        work,
        "new_champion",
        urgency=Urgency.SOON,
        person=person,
        address=talk.address,
        occurrence=f"new_champion:{person.id}",
        due_at=due_in(work, 120),
        summary="Would like to become a champion. Please invite them to a workshop.",
    )
    if work.inbound is not None:
        join(work, task, work.inbound)
    return Outcome("done")


ACTIONS = (
    action("call_off", "Calls off what they chose.", call_off, takes={"target": "text"}),
    action(
        "pause_until",
        "Leaves them in peace until a date.",
        pause_until,
        takes={"until": "date"},
        gives={"done": {"until_words": "text"}, "past": {}},
    ),
    action("volunteer", "Notes that they would like to help.", volunteer, takes={"first_name": "text"}),
)
