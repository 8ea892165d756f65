"""Texts the service sends of its own accord, and the engine's own words: one message each, no answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wellbeing_bot.conversation.effects import Say
from wellbeing_bot.conversation.facts import Facts, FactType
from wellbeing_bot.conversation.words import fill

if TYPE_CHECKING:
    from wellbeing_bot.conversation.script import Scripts


@dataclass(frozen=True, slots=True)
class Notice:
    """One text. ``neutral`` is said instead where the group is sensitive; it never names the group."""

    name: str
    about: str
    audience: str
    knows: Mapping[str, FactType]
    optional: frozenset[str]
    say: str
    neutral: str | None = None
    file: str = ""
    line: int = 1

    def key(self, part: str) -> str:
        """The key of a text: ``notices.session_called_off.say``, after the file it is written in."""
        return f"{self.file.removesuffix('.yaml')}.{self.name}.{part}"

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with its part of the key."""
        yield "say", self.say
        if self.neutral:
            yield "neutral", self.neutral


def say_notice(scripts: Scripts, name: str, facts: Facts, today: date, *, neutral: bool = False) -> Say:
    """A notice as a message in the scripts' language.

    ``neutral`` asks for the words that do not name a group; a notice without them says its usual ones.

    Raises:
        KeyError: no notice of that name.
        ValueError: a fact it must know is missing; the message names which.
    """
    notice = scripts.notices[name]
    missing = [fact for fact in notice.knows if fact not in notice.optional and facts.get(fact) is None]
    if missing:
        raise ValueError(f"the notice {name} needs {', '.join(missing)}")
    part = "neutral" if neutral and notice.neutral else "say"
    english = notice.neutral if neutral and notice.neutral else notice.say
    text = scripts.text(notice.key(part), english)
    return Say(notice.key(part), fill(text, facts, notice.knows, scripts.language, today))
