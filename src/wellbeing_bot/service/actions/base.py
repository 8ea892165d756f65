"""An action: its description, which the loader checks scripts against, and the function that does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wellbeing_bot.conversation import ActionSpec, FactType
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.talking import Action, Talk
from wellbeing_bot.store import Person, Place, Session_


@dataclass(frozen=True)
class RegisteredAction:
    spec: ActionSpec
    run: Action


def action(
    name: str,
    about: str,
    run: Action,
    *,
    takes: Mapping[str, FactType] | None = None,
    gives: Mapping[str, Mapping[str, FactType]] | None = None,
) -> RegisteredAction:
    """Describe an action. Without ``gives`` it has the one outcome ``done``."""
    return RegisteredAction(ActionSpec(name, about, takes or {}, gives or {"done": {}}), run)


def person_of(talk: Talk) -> Person:
    """The person of a conversation that only begins once somebody is known.

    Raises:
        LookupError: a script runs this action before ``record_agreement``.
    """
    if talk.person is None:
        raise LookupError(f"the conversation {talk.row.script} does not know its person yet")
    return talk.person


def number(args: Mapping[str, Fact], name: str) -> int:
    """An id or a count that the script hands over."""
    value = args.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be a whole number")
    return value


def text(args: Mapping[str, Fact], name: str) -> str:
    """Words that the script hands over; what was skipped is empty."""
    value = args.get(name)
    return value.strip() if isinstance(value, str) else ""


def words(args: Mapping[str, Fact], name: str) -> list[str]:
    """A list of words that the script hands over; what was skipped is empty."""
    value = args.get(name)
    return [str(item) for item in value] if isinstance(value, list) else []


def session_of(talk: Talk, args: Mapping[str, Fact]) -> Session_:
    """The session a script is about."""
    return talk.work.session.get_one(Session_, number(args, "session"))


def place_of(talk: Talk, args: Mapping[str, Fact]) -> Place:
    """The place a script is about."""
    return talk.work.session.get_one(Place, number(args, "place"))
