"""Lines whose meaning somebody wrote down, and what the product makes of each.

Three shapes, told apart by their keys: a first text (``intent``), a reply while a question waits
(``question``), and a text that may be urgent (``crisis``). ``got`` has the form of what was expected.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wellbeing_bot.understanding.meaning import (
    Answered,
    AnswerKind,
    Details,
    Intent,
    IntentReading,
    Interrupted,
    InterruptKind,
    Meaning,
    Question,
    Reading,
    Skipped,
    UrgentKind,
    Value,
)
from wellbeing_bot.understanding.understand import understand

Row = Mapping[str, Any]
LOCAL = ZoneInfo("Europe/London")
LEFT_OUT = {"date_of_birth"}
"""Senses of a question that the product never asks, so that nobody texts a date of birth."""

_CALLED_OFF = {
    Intent.STOP: InterruptKind.STOP,
    Intent.HELP: InterruptKind.HELP,
    Intent.TALK_TO_PERSON: InterruptKind.TALK_TO_PERSON,
    Intent.CHANGE_OR_CANCEL: InterruptKind.CANCEL,
}


class Shape(enum.StrEnum):
    """What a line is a sample of."""

    FIRST = "first_messages"
    ANSWER = "answers"
    CRISIS = "crisis"


def shape_of(row: Row) -> Shape:
    """Which of the three shapes a line has.

    Raises:
        ValueError: it has none of the keys that tell them apart.
    """
    for key, shape in (("question", Shape.ANSWER), ("crisis", Shape.CRISIS), ("intent", Shape.FIRST)):
        if key in row:
            return shape
    raise ValueError('a line needs "text" and one of "intent", "question", "crisis"')


def left_out(row: Row) -> bool:
    """Whether the line asks what the product never asks."""
    return shape_of(row) is Shape.ANSWER and row["question"].get("sense") in LEFT_OUT


def question_of(row: Row, now: datetime) -> Question:
    """The open question of an answers line. ``reference`` is naive local time, ``now`` if it has none."""
    asked: Mapping[str, Any] = row["question"]
    kind = AnswerKind(asked["kind"])
    reference = asked.get("reference")
    previous = asked.get("previous_answer")
    return Question(
        id="q",
        kind=kind,
        prompt=asked["prompt"],
        options=tuple(asked.get("options", ())),
        reference=datetime.fromisoformat(reference).replace(tzinfo=LOCAL) if reference else now,
        sender=asked.get("sender"),
        previous_answer=None if previous is None else _stored(kind, previous),
        scale=asked.get("scale"),
    )


def read_row(row: Row, now: datetime) -> Any:
    """What the product makes of one line, as ``got``. ``now`` is aware local time."""
    shape, text = shape_of(row), str(row["text"])
    if shape is Shape.ANSWER:
        question = question_of(row, now)
        meaning = understand(text, (question,), now=question.reference or now, sender=question.sender)
        return got_answer(meaning)
    meaning = understand(text, (), now=now)
    return got_crisis(meaning) if shape is Shape.CRISIS else got_first(meaning)


def got_first(meaning: Meaning) -> dict[str, Any]:
    """``{"intent", "also"?, "clarify"?, "details"}`` of a first text."""
    reading = meaning.about or IntentReading((_intent_of(meaning),))
    got: dict[str, Any] = {"intent": reading.intents[0].value}
    if reading.intents[1:]:
        got["also"] = [intent.value for intent in reading.intents[1:]]
    if reading.clarify:
        got["clarify"] = [intent.value for intent in reading.clarify]
    got["details"] = _said(reading.details)
    return got


def got_crisis(meaning: Meaning) -> dict[str, Any]:
    """``{"crisis", "kind", "uncertain"?}``."""
    if meaning.urgent is None:
        return {"crisis": False, "kind": "none"}
    got: dict[str, Any] = {"crisis": True, "kind": meaning.urgent.kind.value}
    return got | {"uncertain": True} if meaning.urgent.uncertain else got


def got_answer(meaning: Meaning) -> Any:
    """The value, ``None`` for nothing stored, ``{"skip": true}`` or ``{"interrupt": kind}``."""
    if meaning.urgent:
        return {"interrupt": InterruptKind.CRISIS.value}
    if meaning.readings:
        return _got_reading(meaning.readings[0][1])
    if meaning.command:
        return {"interrupt": meaning.command.value}
    if meaning.about and (kind := _CALLED_OFF.get(meaning.about.intents[0])):
        return {"interrupt": kind.value}
    return None


def written(value: Value) -> Any:
    """A stored value in the form the samples write it."""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, tuple) else value


def _got_reading(reading: Reading) -> Any:
    if isinstance(reading, Answered):
        return written(reading.value)
    if isinstance(reading, Skipped):
        return {"skip": True}
    if isinstance(reading, Interrupted):
        return {"interrupt": reading.kind.value}
    return None


def _stored(kind: AnswerKind, value: Any) -> Value:
    if kind is AnswerKind.DATE:
        return date.fromisoformat(value)
    if kind is AnswerKind.TIME:
        return time.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _intent_of(meaning: Meaning) -> Intent:
    if meaning.urgent:
        return Intent.MEDICAL_EMERGENCY if meaning.urgent.kind is UrgentKind.MEDICAL else Intent.CRISIS
    wanted = {kind: intent for intent, kind in _CALLED_OFF.items()}
    return wanted.get(meaning.command, Intent.OTHER) if meaning.command else Intent.OTHER


def _said(details: Details) -> dict[str, Any]:
    said = ((field.name, getattr(details, field.name)) for field in fields(details))
    return {
        name: written(value)
        for name, value in said
        if value is not None and value is not False and value != ()
    }
