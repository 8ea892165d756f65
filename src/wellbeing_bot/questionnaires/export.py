"""CSV files of answers and results. The columns are described in docs/outcomes.md.

Every id is opaque; there is no name, number, address or quotation in either file.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from typing import TextIO

from wellbeing_bot.questionnaires.instrument import Instrument, Number
from wellbeing_bot.questionnaires.outcomes import MeasureChange, Report
from wellbeing_bot.questionnaires.rows import PersonTime
from wellbeing_bot.questionnaires.scoring import score
from wellbeing_bot.questionnaires.suppression import Bin

ASKING_COLUMNS = (
    "network",
    "person",
    "episode",
    "instrument",
    "version",
    "point",
    "asked_on",
    "closed_on",
    "how_closed",
    "mode",
)
ANSWER_COLUMNS = (*ASKING_COLUMNS, "item", "value", "words", "band")
PERSON_TIME_COLUMNS = (*ASKING_COLUMNS, "groups", "concerns", "questions", "answered")
"""Then one column an item, and for each total its value and, where it is read off a table, its raw sum."""

CHANGE_COLUMNS = (
    "instrument",
    "before",
    "after",
    "family",
    "slice",
    "measure",
    "suppressed",
    "asked",
    "answered_before",
    "pairs",
    "not_comparable",
    "missing",
    "not_yet_due",
    "completion",
    "mean_before",
    "mean_after",
    "mean_change",
    "median_change",
    "better",
    "same",
    "worse",
    "change_distribution",
    "before_distribution",
    "after_distribution",
    "few_pairs",
)

Cell = str | Number | None


def write_answers(out: TextIO, instruments: Mapping[str, Instrument], rows: Iterable[PersonTime]) -> int:
    """One row an answer; a question that was skipped or not reached has a row with no value.

    Returns the number of rows below the heading. Raises KeyError for an instrument that is not given.
    """
    put = _table(out, ANSWER_COLUMNS)
    written = 0
    for row in rows:
        for found in score(instruments[row.instrument], row.answers).items:
            put([*_asking(row), found.measure, found.value, found.words, found.band])
            written += 1
    return written


def write_person_times(out: TextIO, instrument: Instrument, rows: Iterable[PersonTime]) -> int:
    """One row a person-time of one instrument, with a column for every item and total.

    Returns the number of rows below the heading; rows of other instruments are passed over.
    """
    put = _table(out, (*PERSON_TIME_COLUMNS, *_measure_columns(instrument)))
    written = 0
    for row in rows:
        if row.instrument == instrument.id:
            put(_person_time(instrument, row))
            written += 1
    return written


def write_change(out: TextIO, report: Report) -> int:
    """One row a measure and slice of a report, as suppressed there. Returns the number of rows."""
    put = _table(out, CHANGE_COLUMNS)
    for row in report.rows:
        put([report.instrument, report.before, report.after, *_change(row)])
    return len(report.rows)


def _asking(row: PersonTime) -> list[Cell]:
    closed = row.closed_on.isoformat() if row.closed_on else None
    return [
        row.network,
        row.person,
        row.episode,
        row.instrument,
        row.version,
        row.point,
        row.asked_on.isoformat(),
        closed,
        row.how,
        row.mode,
    ]


def _person_time(instrument: Instrument, row: PersonTime) -> list[Cell]:
    scores = score(instrument, row.answers)
    cells: list[Cell] = [*_asking(row), _list(row.groups), _list(row.concerns)]
    cells += [len(scores.items), scores.answered, *(item.value for item in scores.items)]
    for total, found in zip(instrument.totals, scores.totals, strict=True):
        cells += [found.value, found.raw] if total.table else [found.value]
    return cells


def _measure_columns(instrument: Instrument) -> list[str]:
    columns = [item.id for item in instrument.items]
    for total in instrument.totals:
        columns += [total.id, f"{total.id}_raw"] if total.table else [total.id]
    return columns


def _change(row: MeasureChange) -> list[Cell]:
    return [
        *row.slice,
        row.measure,
        _yes(row.suppressed),
        row.asked,
        row.answered_before,
        row.pairs,
        row.not_comparable,
        row.missing,
        row.not_yet_due,
        row.completion,
        row.mean_before,
        row.mean_after,
        row.mean_change,
        row.median_change,
        row.better,
        row.same,
        row.worse,
        *(" | ".join(_bin(found) for found in bins) for bins in (row.change, row.before, row.after)),
        _yes(row.few_pairs),
    ]


def _bin(found: Bin) -> str:
    low, high = found.lowest, found.highest
    if low is None or high is None:
        ends = "any" if low is high else f"up to {high:g}" if high is not None else f"from {low:g}"
    else:
        ends = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return f"{ends}: {found.count}"


def _list(names: Iterable[str]) -> str:
    return "; ".join(sorted(names))


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"


def _safe(cells: Iterable[Cell]) -> list[Cell]:
    """A group called "=cmd" must stay words when a spreadsheet opens the file."""
    return [f"'{cell}" if isinstance(cell, str) and cell[:1] in set("=+-@\t\r") else cell for cell in cells]


def _table(out: TextIO, columns: Iterable[str]) -> Callable[[Iterable[Cell]], object]:
    """Writes the heading, and returns what writes a row."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    return lambda cells: writer.writerow(_safe(cells))
