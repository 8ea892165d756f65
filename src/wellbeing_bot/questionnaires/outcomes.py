"""Paired change: the same people at both points, for everybody, each network, each group, each concern.

How each figure is defined, and what suppression does, is written in docs/outcomes.md. There is no figure over
the items of an instrument that does not name a total, so never a sum of ONS4.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from wellbeing_bot.questionnaires.cases import Case, cases
from wellbeing_bot.questionnaires.instrument import Better, Instrument, Item, Number, Total
from wellbeing_bot.questionnaires.rows import PersonTime
from wellbeing_bot.questionnaires.scoring import improved
from wellbeing_bot.questionnaires.suppression import LEAST, Bin, Slice, bins, bins_within, fit, hidden

FEW_PAIRS = 30
"""Below this many pairs a mean says little (Warwick Medical School's rule of thumb for WEMWBS)."""

WHOLE: Slice = ("all", "all")
NOBODY = "(none)"
"""The slice of people who have no group, or no concern, on record."""


@dataclass(frozen=True, slots=True)
class Summary:
    """Exact figures over pairs. For people who may see individual answers; ``published`` is for the rest."""

    pairs: int
    mean_before: float
    mean_after: float
    mean_change: float
    median_change: float
    deviation: float | None  # sample standard deviation of the change; None for one pair
    better: int
    same: int
    worse: int


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """One measure of one slice, as it may be shown. All figures are None when ``suppressed``."""

    slice: Slice
    measure: str
    suppressed: bool = False
    asked: int | None = None  # people asked at entry whose follow-up is closed or overdue
    answered_before: int | None = None  # of those, with a value at entry
    pairs: int | None = None
    not_comparable: int | None = None  # a value at both points, but another mode or version
    missing: int | None = None  # asked, less pairs, less not comparable
    not_yet_due: int | None = None  # asked at entry; the follow-up is open or still to come
    completion: float | None = None  # pairs / asked
    mean_before: float | None = None  # means: None for a measure reported as a distribution alone
    mean_after: float | None = None
    mean_change: float | None = None
    median_change: float | None = None
    better: int | None = None  # None: too small to show, or there is no good way
    same: int | None = None  # ``same`` and ``worse`` are None together when one of them is too small
    worse: int | None = None
    change: tuple[Bin, ...] = ()
    before: tuple[Bin, ...] = ()
    after: tuple[Bin, ...] = ()

    @property
    def few_pairs(self) -> bool:
        """Whether to warn that there are too few pairs to read a mean."""
        return self.pairs is not None and self.pairs < FEW_PAIRS


@dataclass(frozen=True, slots=True)
class Report:
    """Paired change of one instrument between two points."""

    instrument: str
    before: str
    after: str
    rows: tuple[MeasureChange, ...]

    def find(self, slice: Slice, measure: str) -> MeasureChange:
        """One row. Raises KeyError when the report has none."""
        for row in self.rows:
            if (row.slice, row.measure) == (slice, measure):
                return row
        raise KeyError(f"no {measure} for {slice[0]} {slice[1]}")


def paired_change(
    instrument: Instrument,
    rows: Iterable[PersonTime],
    *,
    today: date,
    before: str = "entry",
    after: str = "week_12",
    ripe_days: int = 84 + 28 + 14,
    least: int = LEAST,
) -> Report:
    """The report that may be shown to a board or a funder.

    Args:
        instrument: what was asked; its items and totals are the measures.
        rows: askings, of any instrument; others are passed over.
        today: local date, to tell who is not due yet.
        before: name of the first point.
        after: name of the second.
        ripe_days: days after entry when a follow-up can no longer come (due + good for + open).
        least: the smallest number of people shown.
    """
    found = cases(instrument, rows, before=before, after=after, today=today, ripe_days=ripe_days)
    slices = _slices(found)
    shown = [row for measure in instrument.measures for row in _measure(measure, slices, found, least)]
    return Report(instrument.id, before, after, tuple(shown))


def summary(pairs: Sequence[tuple[Number, Number]], better: Better) -> Summary:
    """Exact figures. Raises ValueError when there is no pair."""
    if not pairs:
        raise ValueError("no pairs to summarise")
    changes = [round(after - before, 2) for before, after in pairs]
    ways = Counter(improved(change, better) for change in changes)
    return Summary(
        pairs=len(pairs),
        mean_before=statistics.fmean(before for before, _ in pairs),
        mean_after=statistics.fmean(after for _, after in pairs),
        mean_change=statistics.fmean(changes),
        median_change=statistics.median(changes),
        deviation=statistics.stdev(changes) if len(pairs) > 1 else None,
        better=ways[True],
        same=sum(1 for change in changes if change == 0),
        worse=ways[False],
    )


def _slices(found: Sequence[Case]) -> dict[Slice, list[Case]]:
    slices: dict[Slice, list[Case]] = {WHOLE: list(found)}
    several = len({case.person[0] for case in found}) > 1
    for case in found:
        names = [("group", name) for name in case.groups or {NOBODY}]
        names += [("concern", name) for name in case.concerns or {NOBODY}]
        names += [("network", case.person[0])] if several else []
        for name in names:
            slices.setdefault(name, []).append(case)
    return slices


def _measure(
    measure: Item | Total, slices: dict[Slice, list[Case]], found: Sequence[Case], least: int
) -> Iterable[MeasureChange]:
    secret: frozenset[Slice] = frozenset()
    for counts in (_anybody, _asked, lambda case: case.ripe and case.pair(measure.id) is not None):
        whole = frozenset(case.person for case in found if counts(case))
        people = {key: frozenset(c.person for c in inside if counts(c)) for key, inside in slices.items()}
        rest = {key: inside for key, inside in people.items() if key != WHOLE}
        secret |= hidden(rest, whole, least) | ({WHOLE} if 0 < len(whole) < least else set())
    for key, inside in sorted(slices.items(), key=lambda entry: (entry[0] != WHOLE, entry[0])):
        yield (
            MeasureChange(key, measure.id, True) if key in secret else published(key, measure, inside, least)
        )


def _anybody(case: Case) -> bool:
    return True


def _asked(case: Case) -> bool:
    return case.ripe


def published(
    slice: Slice, measure: Item | Total, inside: Sequence[Case], least: int = LEAST
) -> MeasureChange:
    """One row of figures, for a slice that may be shown."""
    ripe = [case for case in inside if case.ripe]
    pairs = [pair for case in ripe if (pair := case.pair(measure.id)) is not None]
    both = sum(1 for case in ripe if None not in case.values(measure.id))
    exact = summary(pairs, measure.better) if pairs else None
    averaged = exact if exact and (isinstance(measure, Total) or measure.averaged) else None
    ways, change = _ways(exact, pairs, measure.better, least) if exact else ((None, None, None), ())
    return MeasureChange(
        slice=slice,
        measure=measure.id,
        asked=len(ripe),
        answered_before=sum(1 for case in ripe if case.values(measure.id)[0] is not None),
        pairs=len(pairs),
        not_comparable=both - len(pairs),
        missing=len(ripe) - both,
        not_yet_due=len(inside) - len(ripe),
        completion=round(len(pairs) / len(ripe), 3) if ripe else None,
        mean_before=round(averaged.mean_before, 2) if averaged else None,
        mean_after=round(averaged.mean_after, 2) if averaged else None,
        mean_change=round(averaged.mean_change, 2) if averaged else None,
        median_change=round(averaged.median_change, 2) if averaged else None,
        better=ways[0],
        same=ways[1],
        worse=ways[2],
        change=change,
        before=bins([before for before, _ in pairs], least),
        after=bins([after for _, after in pairs], least),
    )


def _ways(
    exact: Summary, pairs: Sequence[tuple[Number, Number]], better: Better, least: int
) -> tuple[tuple[int | None, int | None, int | None], tuple[Bin, ...]]:
    """Better, same and worse as far as they may be shown, and a distribution that tells no more."""
    changes = [round(after - before, 2) for before, after in pairs]
    falls = [change for change in changes if change < 0]
    noughts = [change for change in changes if change == 0]
    rises = [change for change in changes if change > 0]
    known = better is not Better.NEITHER
    if fit(len(falls), len(noughts), len(rises), least=least):
        ways = (exact.better, exact.same, exact.worse) if known else (None, None, None)
        return ways, bins_within([part for part in (falls, noughts, rises) if part], least)
    if known and fit(exact.better, exact.same + exact.worse, least=least):
        two = [falls + noughts, rises] if better is Better.HIGHER else [falls, noughts + rises]
        return (exact.better, None, None), bins_within([part for part in two if part], least)
    return (None, None, None), bins(changes, least)
