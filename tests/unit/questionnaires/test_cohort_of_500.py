"""The results of 500 made-up people equal a calculation written here in another way."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.unit.questionnaires.cohort import TODAY, simulate
from tests.unit.questionnaires.test_instruments_as_published import SWEMWBS_TABLE
from wellbeing_bot.questionnaires.loader import Instruments
from wellbeing_bot.questionnaires.outcomes import WHOLE, MeasureChange, Report, paired_change
from wellbeing_bot.questionnaires.rows import PersonTime

RIPE = timedelta(days=84 + 28 + 14)
METRIC = dict(SWEMWBS_TABLE)
SUMS = {
    "ucla3": ("companionship", "left_out", "isolated"),
    "swemwbs": ("s1", "s2", "s3", "s4", "s5", "s6", "s7"),
}
DOWN_IS_GOOD = {"anxious", "companionship", "left_out", "isolated", "ucla3 total"}


@pytest.fixture(scope="module")
def rows(everything: Instruments) -> list[PersonTime]:
    return simulate(everything)


@pytest.fixture(scope="module")
def reports(everything: Instruments, rows: list[PersonTime]) -> dict[str, Report]:
    return {
        name: paired_change(everything.on[name], rows, today=TODAY) for name in ("ons4", "ucla3", "swemwbs")
    }


def value(row: PersonTime | None, measure: str) -> float | None:
    """A measure of one row, worked out without the product's scoring."""
    if row is None:
        return None
    if measure != "total":
        return row.answers.get(measure)
    parts = [row.answers.get(item) for item in SUMS[row.instrument]]
    if any(part is None for part in parts):
        return None
    total = int(math.fsum(part for part in parts if part is not None))
    return METRIC[total] if row.instrument == "swemwbs" else total


def belongs(row: PersonTime, slice: tuple[str, str]) -> bool:
    family, name = slice
    if family == "all":
        return True
    if family == "network":
        return row.network == name
    names = row.groups if family == "group" else row.concerns
    return name in names if names else name == "(none)"


def entries(
    rows: list[PersonTime], instrument: str, slice: tuple[str, str]
) -> Iterator[tuple[PersonTime, PersonTime | None]]:
    """Everybody whose follow-up is closed or overdue, with it."""
    later = {row.person: row for row in rows if row.instrument == instrument and row.point == "week_12"}
    for row in rows:
        if row.instrument == instrument and row.point == "entry" and belongs(row, slice):
            follow_up = later.get(row.person)
            if (follow_up and follow_up.closed_on) or row.asked_on + RIPE <= TODAY:
                yield row, follow_up


def expected(rows: list[PersonTime], instrument: str, found: MeasureChange) -> dict[str, float | None]:
    everybody = list(entries(rows, instrument, found.slice))
    befores, afters, other_mode = [], [], 0
    for entry, follow_up in everybody:
        before, after = value(entry, found.measure), value(follow_up, found.measure)
        if follow_up is None or before is None or after is None:
            continue
        if follow_up.mode != entry.mode:
            other_mode += 1
            continue
        befores.append(before)
        afters.append(after)
    averaged = bool(befores) and found.measure != "lonely"
    return {
        "asked": len(everybody),
        "answered_before": sum(value(entry, found.measure) is not None for entry, _ in everybody),
        "pairs": len(befores),
        "not_comparable": other_mode,
        "missing": len(everybody) - len(befores) - other_mode,
        "mean_before": statistics.mean(befores) if averaged else None,
        "mean_after": statistics.mean(afters) if averaged else None,
        "mean_change": statistics.mean(afters) - statistics.mean(befores) if averaged else None,
        "median_change": (
            statistics.median(after - before for before, after in zip(befores, afters, strict=True))
            if averaged
            else None
        ),
    }


def test_the_cohort_is_large_enough_to_mean_something(
    rows: list[PersonTime], reports: dict[str, Report]
) -> None:
    assert len({row.person for row in rows}) > 450
    assert {row.mode for row in rows} == {"text", "read_out"}
    assert {row.how for row in rows} >= {"complete", "incomplete", "no_more", None}
    pairs = reports["ons4"].find(WHOLE, "satisfied").pairs
    assert pairs is not None
    assert pairs > 100


@pytest.mark.parametrize("instrument", ["ons4", "ucla3", "swemwbs"])
def test_every_figure_equals_the_one_worked_out_here(
    rows: list[PersonTime], reports: dict[str, Report], instrument: str
) -> None:
    shown = [row for row in reports[instrument].rows if not row.suppressed]
    assert len(shown) > 20
    for row in shown:
        for name, figure in expected(rows, instrument, row).items():
            got = getattr(row, name)
            assert (got is None) == (figure is None), (row.slice, row.measure, name)
            if figure is not None:
                assert got == pytest.approx(figure, abs=0.0051), (row.slice, row.measure, name)
        assert row.completion == pytest.approx(
            (row.pairs or 0) / row.asked if row.asked else None, abs=0.0006
        )
        assert row.few_pairs == ((row.pairs or 0) < 30)


@pytest.mark.parametrize("instrument", ["ons4", "ucla3", "swemwbs"])
def test_the_distribution_of_change_is_that_of_the_pairs(
    rows: list[PersonTime], reports: dict[str, Report], instrument: str
) -> None:
    for row in reports[instrument].rows:
        if row.suppressed or not row.pairs:
            continue
        changes: Counter[float] = Counter()
        for entry, later in entries(rows, instrument, row.slice):
            before, after = value(entry, row.measure), value(later, row.measure)
            if later is not None and before is not None and after is not None and later.mode == entry.mode:
                changes[round(after - before, 2)] += 1
        for bin in row.change:
            low = min(changes) if bin.lowest is None else bin.lowest
            high = max(changes) if bin.highest is None else bin.highest
            assert bin.count == sum(n for change, n in changes.items() if low <= change <= high)
        name = f"{instrument} total" if row.measure == "total" else row.measure
        good = -1 if name in DOWN_IS_GOOD else 1
        if row.better is not None:
            assert row.better == sum(n for change, n in changes.items() if change * good > 0)
        if row.same is not None:
            assert row.worse == sum(n for change, n in changes.items() if change * good < 0)
            assert row.same == changes[0]


def test_a_group_of_fewer_than_five_is_nowhere_to_be_read(
    rows: list[PersonTime], reports: dict[str, Report]
) -> None:
    for name, report in reports.items():
        for row in report.rows:
            inside = list(entries(rows, name, row.slice))
            if 0 < len(inside) < 5:
                assert row.suppressed
            if row.suppressed:
                assert (row.pairs, row.asked, row.mean_change, row.change, row.before) == (
                    None,
                    None,
                    None,
                    (),
                    (),
                )
    assert reports["ons4"].find(("group", "Chess"), "happy").suppressed


def test_nothing_is_ever_worked_out_over_the_four_ons_questions(reports: dict[str, Report]) -> None:
    assert {row.measure for row in reports["ons4"].rows} == {"satisfied", "worthwhile", "happy", "anxious"}


def test_the_direct_loneliness_question_has_a_distribution_and_no_mean(reports: dict[str, Report]) -> None:
    lonely = reports["ucla3"].find(WHOLE, "lonely")
    assert lonely.mean_change is None
    assert sum(bin.count for bin in lonely.before) == lonely.pairs
