"""What answers come to: values, bands and totals; what has changed; and which answer a person must see.

ONS4 has no total because its file names none (the Office for National Statistics advises against one
figure). A total needs every one of its items; nothing is ever filled in for a missing answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wellbeing_bot.questionnaires.instrument import (
    Band,
    Better,
    Instrument,
    Item,
    Level,
    Number,
    Total,
    Watch,
    comparable,
)

Answers = Mapping[str, Number | None]
"""Item id -> value. None, or no entry, is a question that was skipped or never reached."""


@dataclass(frozen=True, slots=True)
class Score:
    """One measure of one asking: an item or a total."""

    measure: str
    value: Number | None  # None: not answered, or an item of the total is missing
    words: str = ""  # the published words of a Likert answer, otherwise the number; empty without a value
    band: str | None = None  # for staff; None where none is published
    better: Better = Better.NEITHER
    raw: int | None = None  # of a total: the plain sum, where ``value`` is read off a table
    missing: tuple[str, ...] = ()  # of a total: the items that were not answered


@dataclass(frozen=True, slots=True)
class Scores:
    """All that one asking of one instrument comes to."""

    instrument: str
    version: str
    items: tuple[Score, ...]
    totals: tuple[Score, ...]

    @property
    def answered(self) -> int:
        """How many items have a value."""
        return sum(1 for item in self.items if item.value is not None)

    @property
    def complete(self) -> bool:
        """Whether every item has a value."""
        return self.answered == len(self.items)

    def find(self, measure: str) -> Score:
        """One score by the id of its item or total. Raises KeyError when there is none."""
        for found in (*self.items, *self.totals):
            if found.measure == measure:
                return found
        raise KeyError(f"{self.instrument} has no measure {measure!r}")


@dataclass(frozen=True, slots=True)
class Change:
    """One measure at two points. ``difference`` is after minus before; None when either is missing."""

    measure: str
    before: Number | None
    after: Number | None
    difference: Number | None
    better: bool | None  # None: no difference, no good way, or nothing to compare


@dataclass(frozen=True, slots=True)
class Alarm:
    """An answer, or a total, that a person must see."""

    measure: str
    level: Level


@dataclass(frozen=True, slots=True)
class Watches:
    """A network's own limits: (instrument, measure) -> what to watch for, instead of the file's default."""

    own: Mapping[tuple[str, str], Watch] = field(default_factory=dict)

    def of(self, instrument: str, measure: Item | Total) -> Watch:
        """The limits in force for one measure."""
        return self.own.get((instrument, measure.id), measure.watch)


def score(instrument: Instrument, answers: Answers) -> Scores:
    """Score one asking.

    Raises:
        ValueError: an answer is to no item of this instrument, or outside what the item allows.
    """
    items = {item.id: item for item in instrument.items}
    for id, value in answers.items():
        if id not in items:
            raise ValueError(f"{instrument.id} has no item {id!r}")
        if value is not None and not items[id].allows(value):
            raise ValueError(f"{instrument.id}, {id}: {value!r} is outside what the item allows")
    return Scores(
        instrument.id,
        instrument.version,
        tuple(_item(item, answers.get(item.id)) for item in instrument.items),
        tuple(_total(total, answers) for total in instrument.totals),
    )


def _item(item: Item, value: Number | None) -> Score:
    if value is None:
        return Score(item.id, None, better=item.better)
    return Score(item.id, value, item.words(value), band(item.bands, value), item.better)


def _total(total: Total, answers: Answers) -> Score:
    values = {id: answers.get(id) for id in total.items}
    missing = tuple(id for id, value in values.items() if value is None)
    if missing:
        return Score(total.id, None, better=total.better, missing=missing)
    raw = sum(int(value) for value in values.values() if value is not None)
    value: Number = total.table[raw] if total.table else raw
    return Score(total.id, value, f"{value:g}", band(total.bands, raw), total.better, raw)


def band(bands: tuple[Band, ...], value: Number) -> str | None:
    """The published name of the range that a value is in."""
    return next((b.name for b in bands if b.lowest <= value <= b.highest), None)


def change(before: Scores, after: Scores) -> tuple[Change, ...]:
    """What has changed between two askings of one person, measure by measure.

    Raises:
        ValueError: they are of different instruments, or of versions that cannot be compared.
    """
    if before.instrument != after.instrument or not comparable(before.version, after.version):
        raise ValueError(
            f"{before.instrument} {before.version} cannot be compared with {after.instrument} {after.version}"
        )
    earlier = {found.measure: found.value for found in (*before.items, *before.totals)}
    return tuple(_change(earlier.get(now.measure), now) for now in (*after.items, *after.totals))


def _change(before: Number | None, now: Score) -> Change:
    if before is None or now.value is None:
        return Change(now.measure, before, now.value, None, None)
    difference = round(now.value - before, 2)
    return Change(now.measure, before, now.value, difference, improved(difference, now.better))


def improved(difference: Number, better: Better) -> bool | None:
    """Whether a difference is for the better; None when it is nought or there is no good way."""
    if difference == 0 or better is Better.NEITHER:
        return None
    return (difference > 0) is (better is Better.HIGHER)


def alarm(instrument: Instrument, item: str, value: Number, watches: Watches | None = None) -> Alarm | None:
    """Whether a person must see this one answer: asked at once, before the next question is sent."""
    measure = instrument.item(item)
    level = (watches or Watches()).of(instrument.id, measure).level(value)
    return Alarm(item, level) if level else None


def alarms(instrument: Instrument, answers: Answers, watches: Watches | None = None) -> tuple[Alarm, ...]:
    """Everything in a whole asking that a person must see: items first, then totals (by their raw sum)."""
    scores = score(instrument, answers)
    values = {s.measure: s.value for s in scores.items} | {s.measure: s.raw for s in scores.totals}
    found = []
    for measure in instrument.measures:
        value = values[measure.id]
        level = (watches or Watches()).of(instrument.id, measure).level(value) if value is not None else None
        if level:
            found.append(Alarm(measure.id, level))
    return tuple(found)
