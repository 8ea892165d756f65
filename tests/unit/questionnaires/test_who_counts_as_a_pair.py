"""Which two askings are set beside each other, and which are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.questionnaires.instrument import Better
from wellbeing_bot.questionnaires.loader import load
from wellbeing_bot.questionnaires.outcomes import WHOLE, MeasureChange, paired_change, summary
from wellbeing_bot.questionnaires.plans import Mode
from wellbeing_bot.questionnaires.rows import PersonTime

ONS4 = load().on["ons4"]
MARCH = date(2026, 3, 3)
TODAY = date(2026, 9, 30)
ENTRY = PersonTime(
    network="churchdown",
    person="jean",
    episode="referral:1",
    instrument="ons4",
    version="1.0",
    point="entry",
    asked_on=MARCH,
    closed_on=MARCH,
    how=Closed.COMPLETE,
    mode=Mode.TEXT,
    answers={"satisfied": 3},
)
LATER = replace(ENTRY, point="week_12", asked_on=MARCH + timedelta(84), answers={"satisfied": 6})


def satisfied(*rows: PersonTime, today: date = TODAY) -> MeasureChange:
    """The published row, with nothing too small to show."""
    return paired_change(ONS4, rows, today=today, least=1).find(WHOLE, "satisfied")


def counts(row: MeasureChange) -> tuple[int | None, ...]:
    return row.asked, row.pairs, row.not_comparable, row.missing, row.not_yet_due


def test_entry_and_follow_up_of_one_person_are_a_pair() -> None:
    found = satisfied(ENTRY, LATER)
    assert counts(found) == (1, 1, 0, 0, 0)
    assert (found.mean_before, found.mean_after, found.mean_change, found.completion) == (3, 6, 3, 1)
    assert found.few_pairs


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (None, (1, 0, 0, 1, 0)),
        (replace(LATER, answers={"satisfied": None}), (1, 0, 0, 1, 0)),
        (replace(LATER, answers={}, how=Closed.INCOMPLETE), (1, 0, 0, 1, 0)),
        (replace(LATER, mode=Mode.READ_OUT), (1, 0, 1, 0, 0)),
        (replace(LATER, version="2.0"), (1, 0, 1, 0, 0)),
        (replace(LATER, version="1.7"), (1, 1, 0, 0, 0)),
        (replace(LATER, person="joan"), (1, 0, 0, 1, 0)),
        (replace(LATER, episode="referral:2"), (1, 0, 0, 1, 0)),
        (replace(LATER, network="quedgeley"), (1, 0, 0, 1, 0)),
        (replace(LATER, instrument="ucla3", answers={}), (1, 0, 0, 1, 0)),
    ],
)
def test_nothing_else_is(later: PersonTime | None, expected: tuple[int, ...]) -> None:
    assert counts(satisfied(ENTRY, *([later] if later else []))) == expected


def test_somebody_whose_follow_up_is_still_to_come_is_not_missing() -> None:
    assert counts(satisfied(ENTRY, today=MARCH + timedelta(100))) == (0, 0, 0, 0, 1)
    still_open = replace(LATER, how=None, closed_on=None)
    assert counts(satisfied(ENTRY, still_open, today=MARCH + timedelta(100))) == (0, 0, 0, 0, 1)


def test_a_follow_up_without_an_entry_counts_for_nothing() -> None:
    assert paired_change(ONS4, [LATER], today=TODAY, least=1).find(WHOLE, "satisfied").pairs == 0


def test_a_person_with_two_episodes_counts_once_with_the_first_that_has_both() -> None:
    second = [
        replace(row, episode="referral:2", asked_on=row.asked_on + timedelta(60)) for row in (ENTRY, LATER)
    ]
    second[1] = replace(second[1], answers={"satisfied": 9})
    assert satisfied(ENTRY, LATER, *second).mean_change == 3
    found = satisfied(ENTRY, *second)
    assert (found.pairs, found.mean_change) == (1, 6)


def test_a_person_in_two_groups_counts_in_each_and_once_in_all() -> None:
    rows = [replace(row, groups=frozenset({"walk", "choir"})) for row in (ENTRY, LATER)]
    report = paired_change(ONS4, rows, today=TODAY, least=1)
    for slice in (WHOLE, ("group", "walk"), ("group", "choir")):
        assert report.find(slice, "satisfied").pairs == 1
    with pytest.raises(KeyError):
        report.find(("group", "(none)"), "satisfied")


def test_exact_figures_of_three_pairs_worked_out_by_hand() -> None:
    found = summary([(8, 5), (4, 4), (2, 3)], Better.LOWER)
    assert (found.pairs, found.mean_after, found.median_change) == (3, 4, 0)
    assert found.mean_before == pytest.approx(14 / 3)
    assert found.mean_change == pytest.approx(-2 / 3)
    assert found.deviation == pytest.approx(2.0817, abs=1e-4)
    assert (found.better, found.same, found.worse) == (1, 1, 1)


def test_no_pairs_have_no_figures() -> None:
    with pytest.raises(ValueError, match="no pairs"):
        summary([], Better.HIGHER)
