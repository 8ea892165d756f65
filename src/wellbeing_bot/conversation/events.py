"""What can happen to a conversation. A text, a time-out and an action's outcome share one door."""

from __future__ import annotations

from dataclasses import dataclass, field

from wellbeing_bot.conversation.facts import Facts
from wellbeing_bot.understanding.meaning import Reading


@dataclass(frozen=True, slots=True)
class Started:
    """The conversation begins."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The person answered the question that is open, or said something instead of answering."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class Corrected:
    """The person corrected the answer before ("no sorry I meant ..."), or that of an earlier ``step``."""

    reading: Reading
    step: str = ""


@dataclass(frozen=True, slots=True)
class TimedOut:
    """Nobody answered this step in time. Nothing happens if another step is open by now."""

    step: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The action that was asked for has been done, and this came of it."""

    name: str
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resumed:
    """The person comes back after something else came between."""


Event = Started | Heard | Corrected | TimedOut | Outcome | Resumed
