"""What a questionnaire is: frozen values read from ``instruments/*.yaml``.

An instrument holds items (questions), totals (what may be added up) and what to watch for in an answer.
Nothing here says when it is asked (``plans``) or what an answer comes to (``scoring``).
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from wellbeing_bot.understanding.meaning import AnswerKind, Question, Value

Number = int | float
"""A stored answer as a number: whole for everything a person is asked; staff may type decimals (PAM)."""


class Better(enum.StrEnum):
    """Which way is good. Some measures have no good way; nothing is then called better or worse."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Level(enum.StrEnum):
    """How soon a person must look at an answer."""

    LOW = "low"  # soon: a task for the link worker
    URGENT = "urgent"  # today: an urgent task, and words of care before anything else


@dataclass(frozen=True, slots=True)
class Limit:
    """``at most 2`` or ``at least 9``: exactly one of the two is set."""

    at_most: Number | None = None
    at_least: Number | None = None

    def reached(self, value: Number) -> bool:
        """Whether this value is on the far side of the limit (the limit itself counts)."""
        if self.at_most is not None and value <= self.at_most:
            return True
        return self.at_least is not None and value >= self.at_least


@dataclass(frozen=True, slots=True)
class Watch:
    """Which answers a person must see. A safety net that a network sets, never a clinical cut-off."""

    low: Limit | None = None
    urgent: Limit | None = None

    def level(self, value: Number) -> Level | None:
        """The most pressing level that this value reaches."""
        if self.urgent and self.urgent.reached(value):
            return Level.URGENT
        return Level.LOW if self.low and self.low.reached(value) else None


@dataclass(frozen=True, slots=True)
class Band:
    """A published name for a range of values, both ends included. For staff, not for the person."""

    name: str
    lowest: Number
    highest: Number


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a Likert scale: the published words and the number they stand for."""

    value: int
    words: str
    also: tuple[str, ...] = ()  # other words for the same answer


@dataclass(frozen=True, slots=True)
class Scale:
    """A Likert scale under the name that ``understanding`` knows it by ("UCLA-3")."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One question, or for a typed-in instrument one number that staff enter."""

    id: str
    ask: str  # the published wording, to the letter; empty when staff type the number in
    lowest: Number
    highest: Number
    short: str = ""  # fits "you said 3 for ..."
    lowest_words: str = ""  # what the two ends of a 0-10 scale mean
    highest_words: str = ""
    scale: Scale | None = None  # None: a number between lowest and highest
    better: Better = Better.NEITHER
    bands: tuple[Band, ...] = ()
    watch: Watch = field(default_factory=Watch)
    averaged: bool = True  # False: reported as a distribution alone, never as a mean
    licensed: bool = False  # the wording belongs to somebody else: it leaves only in the question itself

    @property
    def kind(self) -> AnswerKind:
        """The kind of answer that ``understanding`` should read."""
        return AnswerKind.LIKERT if self.scale else AnswerKind.SCALE_0_10

    @property
    def hint(self) -> str:
        """How to answer, in one sentence, after the published wording."""
        if self.scale:
            return "Reply " + ", ".join(f"{n} {o.words}" for n, o in enumerate(self.scale.options, 1)) + "."
        if self.lowest_words and self.highest_words:
            return (
                f"Reply {self.lowest} to {self.highest}: {self.lowest} is {self.lowest_words}, "
                f"{self.highest} is {self.highest_words}."
            )
        return f"Reply {self.lowest} to {self.highest}."

    @property
    def text(self) -> str:
        """The question as it is sent: the published wording, then how to answer."""
        return f"{self.ask} {self.hint}"

    def question(self, id: str, *, person: str = "", asked_at: datetime | None = None) -> Question:
        """The open question that ``understanding`` reads a reply against."""
        options = self.scale.options if self.scale else ()
        return Question(
            id=id,
            kind=self.kind,
            prompt=self.text,
            options=tuple(option.words for option in options),
            aliases={option.words: option.also for option in options if option.also},
            scale=self.scale.name if self.scale else None,
            person=person,
            asked_at=asked_at,
        )

    def number(self, answer: Value) -> Number:
        """The number an understood answer stands for.

        Raises:
            ValueError: the answer is none of the options, or outside the range.
        """
        if self.scale and isinstance(answer, str):
            for option in self.scale.options:
                if option.words == answer:
                    return option.value
        if isinstance(answer, int) and not isinstance(answer, bool) and self.allows(answer):
            return answer
        raise ValueError(f"{self.id}: this answer is outside what the item allows")

    def allows(self, value: Number) -> bool:
        """Whether a number is a possible answer."""
        if self.scale:
            return any(option.value == value for option in self.scale.options)
        return self.lowest <= value <= self.highest

    def words(self, value: Number) -> str:
        """The published words for a value, or the number itself."""
        options = self.scale.options if self.scale else ()
        return next((option.words for option in options if option.value == value), f"{value:g}")


@dataclass(frozen=True, slots=True)
class Total:
    """Items that may be added up. With a ``table`` the sum (raw) is read off as another score (metric)."""

    id: str
    items: tuple[str, ...]  # every one must be answered, or there is no total
    short: str = ""
    better: Better = Better.NEITHER
    bands: tuple[Band, ...] = ()
    watch: Watch = field(default_factory=Watch)  # on the raw sum
    table: Mapping[int, float] | None = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A questionnaire, ready to be asked or, when ``typed_in``, to be filled by staff."""

    id: str
    title: str
    version: str  # "1.0"; the part before the dot changes when scores can no longer be compared
    source: str
    licence: str
    items: tuple[Item, ...]
    totals: tuple[Total, ...] = ()
    purpose: str = ""  # why it is asked, in one text, before the first question
    lead_in: str = ""  # said with the first question
    from_age: int = 0  # younger people are not asked
    never_add: bool = False  # the source forbids any sum over the items
    typed_in: bool = False  # staff type the numbers in; nothing is ever sent

    def item(self, id: str) -> Item:
        """An item by its id. Raises KeyError when there is none."""
        for item in self.items:
            if item.id == id:
                return item
        raise KeyError(f"{self.id} has no item {id!r}")

    def text(self, item: str) -> str:
        """The question as sent; the first one carries the lead-in."""
        first = self.items[0].id == item
        return f"{self.lead_in} {self.item(item).text}" if first and self.lead_in else self.item(item).text

    @property
    def measures(self) -> tuple[Item | Total, ...]:
        """Everything that has a value of its own: the items, then the totals."""
        return (*self.items, *self.totals)


@dataclass(frozen=True, slots=True)
class Off:
    """An instrument that cannot be used here, and why, in words for the person who runs the service."""

    id: str
    title: str
    reason: str


def comparable(version: str, other: str) -> bool:
    """Whether scores of two versions may be compared: the part before the dot is the same."""
    return version.partition(".")[0] == other.partition(".")[0]
