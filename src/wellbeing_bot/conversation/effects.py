"""What should happen after a turn. The engine returns these and does nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from wellbeing_bot.conversation.facts import Facts
from wellbeing_bot.messages import Button


@dataclass(frozen=True, slots=True)
class Say:
    """Send this text. ``key`` names the words it came from: ``hello.welcome.say``."""

    key: str
    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask(Say):
    """Send this text and wait: it leaves a question open."""


@dataclass(frozen=True, slots=True)
class Do:
    """Run an action and take the next turn with its ``Outcome``."""

    action: str
    args: Facts


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Come back with ``TimedOut(step)`` after this long, instead of any timer set before."""

    after: timedelta
    step: str


@dataclass(frozen=True, slots=True)
class ClearTimer:
    """The question was answered or left: its timer has lost its sense."""


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """A human is needed: ``asked`` (in so many words), ``not_understood`` or ``script_broken``."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The text was not understood here; keep it for the coordinator."""

    step: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The conversation is over. ``continue_with`` names the one to begin next, with these facts."""

    outcome: str
    continue_with: str | None
    facts: Facts


Effect = Say | Ask | Do | SetTimer | ClearTimer | AskedPerson | NotUnderstood | Finish
