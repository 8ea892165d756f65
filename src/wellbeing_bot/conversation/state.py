"""Where one person is in one conversation. Small, frozen, and the same after a trip through JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from wellbeing_bot.conversation.facts import Facts

ENDED = ""  # no step has this name


_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class State:
    """All that is kept between two texts."""

    script: str
    step: str
    facts: Facts = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)  # of actions done, by step: none is done twice
    history: tuple[str, ...] = ()  # steps answered, oldest first: the way BACK
    misses: int = 0  # how often the question that is open was not understood
    fingerprint: str = ""  # of the question as it was asked

    @property
    def ended(self) -> bool:
        """Whether nothing more can happen in this conversation."""
        return self.step == ENDED

    def to_json(self) -> str:
        """The state as a JSON object, to be stored."""
        return _WRITER.encode({name: getattr(self, name) for name in _NAMES})

    @classmethod
    def from_json(cls, text: str) -> State:
        """Read back what ``to_json`` wrote.

        Raises:
            ValueError: not JSON.
            TypeError: JSON, but not a state.
        """
        stored = json.loads(text)
        return cls(**{**stored, "history": tuple(stored["history"])})


_NAMES = tuple(field.name for field in fields(State))
