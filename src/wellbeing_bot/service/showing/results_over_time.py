"""What one person's questionnaires came to, time after time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from wellbeing_bot.questionnaires.instrument import Better, Instrument, Item, Number, Total
from wellbeing_bot.questionnaires.scoring import score
from wellbeing_bot.service.questionnaires import answers
from wellbeing_bot.service.questionnaires.network import library
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Asking, Person
from wellbeing_bot.store.states import AskingState

ANSWERED = (AskingState.COMPLETE, AskingState.INCOMPLETE, AskingState.OPEN)


@dataclass(frozen=True)
class Value:
    """One measure at one time."""

    number: Number | None
    words: str
    band: str


@dataclass(frozen=True)
class Measure:
    """One line of the drawing, and one row of its table."""

    name: str
    lowest: Number
    highest: Number
    better: Better
    total: bool
    values: tuple[Value, ...]  # one for each time


@dataclass(frozen=True)
class OverTime:
    """One instrument over time."""

    title: str
    days: tuple[date, ...]
    points: tuple[str, ...]
    modes: tuple[str, ...]
    measures: tuple[Measure, ...]

    @property
    def drawn(self) -> tuple[Measure, ...]:
        """Totals where there are any, otherwise the items: never more lines than can be told apart."""
        totals = tuple(measure for measure in self.measures if measure.total)
        return totals or self.measures[:4]


@dataclass(frozen=True)
class Results:
    """A person's results: drawn, and what is asked, planned or was left."""

    over_time: tuple[OverTime, ...]
    askings: tuple[Asking, ...]


def results(work: Work, person: Person) -> Results:
    """Everything they were asked, the drawn ones by instrument."""
    rows = list(
        work.session.scalars(
            select(Asking).where(Asking.person_id == person.id).order_by(Asking.due_at, Asking.id)
        )
    )
    on = library(work).instruments.on
    drawn = []
    for name in dict.fromkeys(row.instrument for row in rows):
        mine = [row for row in rows if row.instrument == name and row.state in ANSWERED and row.begun_at]
        if mine and name in on:
            drawn.append(_over_time(work, on[name], mine))
    return Results(tuple(drawn), tuple(reversed(rows)))


def _over_time(work: Work, instrument: Instrument, rows: list[Asking]) -> OverTime:
    scored = [
        score(instrument, answers.known(instrument, answers.of_asking(work.session, row))) for row in rows
    ]
    measures = []
    for measure in instrument.measures:
        found = [scores.find(measure.id) for scores in scored]
        low, high = _range(instrument, measure)
        measures.append(
            Measure(
                name=(measure.short or measure.id.replace("_", " ")).capitalize(),
                lowest=low,
                highest=high,
                better=measure.better,
                total=isinstance(measure, Total),
                values=tuple(Value(one.value, one.words, one.band or "") for one in found),
            )
        )
    return OverTime(
        instrument.title,
        tuple(_day(work, row.begun_at or row.due_at) for row in rows),
        tuple(row.point for row in rows),
        tuple(row.mode for row in rows),
        tuple(measures),
    )


def _day(work: Work, moment: datetime) -> date:
    return moment.astimezone(work.zone).date()


def _range(instrument: Instrument, measure: Item | Total) -> tuple[Number, Number]:
    if isinstance(measure, Item):
        return measure.lowest, measure.highest
    if measure.table:
        return min(measure.table.values()), max(measure.table.values())
    items = [instrument.item(key) for key in measure.items]
    return sum(item.lowest for item in items), sum(item.highest for item in items)
