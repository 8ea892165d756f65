"""What a conversation knows, and the named Python functions a script may call.

A script holds no code. A *rule* looks at the facts and names an outcome; an *action* is done by the
service and comes back with an outcome and, perhaps, more facts. Both are handed to the loader in plain
dictionaries, so that a wrong name is found when the scripts are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from wellbeing_bot.understanding.meaning import AnswerKind

Fact: TypeAlias = "str | int | bool | list[Fact] | dict[str, Fact] | None"
"""A value that JSON can hold. Dates and times are ISO strings; None was asked and skipped."""

Facts: TypeAlias = Mapping[str, Fact]

FactType = Literal["text", "number", "yes_no", "date", "time", "list", "choices"]
"""``choices`` is a list of ``{value, label, also?}``: answers that are only known when they are offered."""

FACT_TYPES: tuple[FactType, ...] = get_args(FactType)

SAVED_AS: Mapping[AnswerKind, FactType] = {
    AnswerKind.YES_NO: "yes_no",
    AnswerKind.CHOICE: "text",
    AnswerKind.SCALE_0_10: "number",
    AnswerKind.LIKERT: "text",
    AnswerKind.NAME: "text",
    AnswerKind.POSTCODE: "text",
    AnswerKind.DATE: "date",
    AnswerKind.TIME: "time",
    AnswerKind.PHONE: "text",
    AnswerKind.PARTY_SIZE: "number",
    AnswerKind.ACCESS_NEEDS: "list",
    AnswerKind.FREE_TEXT: "text",
}
"""The type of fact that an answer becomes."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """Something the service does when a script says ``do:``.

    ``takes`` names its arguments; any of them may arrive as None (skipped, or not asked on this path).
    ``gives`` names each outcome and the facts that the outcome adds, all of them known and not None.
    """

    name: str
    about: str
    takes: Mapping[str, FactType]
    gives: Mapping[str, Mapping[str, FactType]]


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A pure question about the facts, asked when a script says ``check:``.

    ``proves`` names facts that are certainly known after an outcome ("named" proves "first_name"), so
    that a text on that road may use them.
    """

    name: str
    about: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    proves: Mapping[str, tuple[str, ...]] = field(default_factory=dict, kw_only=True)


@dataclass(frozen=True, slots=True)
class Rule(RuleSpec):
    """A rule with the function that decides it. It sees only the facts it takes; unknown ones are None."""

    function: Callable[[Facts], str]

    def decide(self, facts: Facts) -> str:
        """The outcome for these facts, one of ``gives``."""
        return self.function({name: facts.get(name) for name in self.takes})
