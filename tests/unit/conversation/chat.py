"""Golden transcripts: what happens, what the engine does, and the state kept as JSON in between.

A turn is written ``- {when: ..., then: [...], knows: {...}}``. *when* is one of ``begins``, ``resumes``,
``skips``, ``misread``, ``help``, ``back``, ``cancel``, ``person``, or a mapping: ``{answers: yes}``,
``{corrects: Sam}``, ``{misread: [a, b]}``, ``{silent at: step}``, ``{comes: outcome, with: facts}``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.unit.conversation.world import NOW
from wellbeing_bot.conversation import (
    Ask,
    AskedPerson,
    ClearTimer,
    Corrected,
    Do,
    Effect,
    Event,
    Finish,
    Heard,
    NotUnderstood,
    Outcome,
    Resumed,
    Say,
    Scripts,
    SetTimer,
    Started,
    State,
    TimedOut,
    begin,
    take_turn,
)
from wellbeing_bot.understanding.meaning import Answered, Interrupted, InterruptKind, Skipped, Unclear

PLAIN: dict[str, Event] = {
    "begins": Started(),
    "resumes": Resumed(),
    "skips": Heard(Skipped()),
    "misread": Heard(Unclear()),
    "help": Heard(Interrupted(InterruptKind.HELP)),
    "back": Heard(Interrupted(InterruptKind.BACK)),
    "cancel": Heard(Interrupted(InterruptKind.CANCEL)),
    "person": Heard(Interrupted(InterruptKind.TALK_TO_PERSON)),
}


@dataclass(frozen=True)
class Taken:
    """One turn: what is written that it does and knows, and what it did and knew."""

    where: str
    written: list[str]
    did: list[str]
    to_know: dict[str, Any]
    knew: dict[str, Any]


def play(scripts: Scripts, file: Path) -> Iterator[Taken]:
    """Take the turns of a transcript, one by one."""
    chat = yaml.safe_load(file.read_text(encoding="utf-8"))
    stored = begin(scripts, chat["conversation"], chat.get("facts", {})).to_json()
    for number, turn in enumerate(chat["turns"], start=1):
        done = take_turn(scripts, State.from_json(stored), event_of(turn["when"]), NOW)
        stored = done.state.to_json()
        to_know = turn.get("knows", {})
        yield Taken(
            f"{file.name}, turn {number}: {turn['when']}",
            turn["then"],
            [line_of(effect) for effect in done.effects],
            to_know,
            {fact: done.state.facts.get(fact, "not known") for fact in to_know},
        )


def event_of(when: str | dict[str, Any]) -> Event:
    """The event a line of a transcript stands for."""
    if isinstance(when, str):
        return PLAIN[when]
    if "answers" in when:
        value = tuple(when["answers"]) if isinstance(when["answers"], list) else when["answers"]
        return Heard(Answered(value, read_back=when.get("unsure", False)))
    if "corrects" in when:
        return Corrected(Answered(when["corrects"]))
    if "misread" in when:
        return Heard(Unclear("two_values", tuple(when["misread"])))
    if "silent at" in when:
        return TimedOut(when["silent at"])
    return Outcome(when["comes"], when.get("with", {}))


def line_of(effect: Effect) -> str:
    """An effect as a transcript writes it."""
    match effect:
        case Ask(key=key):
            return f"asks {key}"
        case Say(key=key):
            return f"says {key}"
        case Do(action=action):
            return f"does {action}"
        case SetTimer(after=after, step=step):
            return f"waits {after} at {step}"
        case ClearTimer():
            return "waits no more"
        case AskedPerson(reason=reason):
            return f"tells a person: {reason}"
        case NotUnderstood(step=step):
            return f"did not understand at {step}"
        case Finish(outcome=outcome, continue_with=None):
            return f"ends {outcome}"
        case Finish(continue_with=other):
            return f"goes on with {other}"
