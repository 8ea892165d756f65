"""No figure about fewer than five people can be read, or worked out by difference."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.questionnaires.loader import load
from wellbeing_bot.questionnaires.outcomes import WHOLE, MeasureChange, paired_change
from wellbeing_bot.questionnaires.plans import Mode
from wellbeing_bot.questionnaires.rows import PersonTime
from wellbeing_bot.questionnaires.suppression import LEAST, Bin, Slice, bins, hidden


def family(*sizes: int, name: str = "group") -> tuple[dict[Slice, frozenset[int]], frozenset[int]]:
    """Slices of these sizes that share nobody, and everybody in them."""
    slices: dict[Slice, frozenset[int]] = {}
    first = 0
    for number, size in enumerate(sizes):
        slices[name, f"{number}"] = frozenset(range(first, first + size))
        first += size
    return slices, frozenset(range(first))


@pytest.mark.parametrize(
    ("sizes", "secret"),
    [
        ((20, 30), set()),
        ((20, 5), set()),
        ((20, 4), {"0", "1"}),  # 24 less 20 would give the 4 away
        ((20, 10, 4), {"1", "2"}),  # the smallest of the others goes too
        ((20, 10, 4, 3), {"2", "3"}),  # together they are 7: nothing follows from 37 less 30
        ((20, 10, 2, 2), {"1", "2", "3"}),
        ((3, 1), {"0", "1"}),
        ((20, 0), set()),  # nobody is not a secret
    ],
)
def test_a_second_slice_is_hidden_where_the_first_could_be_worked_out(
    sizes: tuple[int, ...], secret: set[str]
) -> None:
    slices, whole = family(*sizes)
    assert {name for _, name in hidden(slices, whole)} == secret


def test_a_slice_inside_another_is_hidden_when_the_difference_is_small() -> None:
    walkers = frozenset(range(10))
    slices: dict[Slice, frozenset[int]] = {
        ("group", "walk"): walkers,
        ("group", "others"): frozenset(range(10, 30)),
        ("concern", "lonely"): frozenset(range(12)),
        ("concern", "others"): frozenset(range(12, 30)),
    }
    assert ("group", "walk") in hidden(slices, frozenset(range(30)))


@given(st.lists(st.integers(0, 15), min_size=1, max_size=6))
def test_no_sum_or_difference_of_what_is_shown_is_a_small_group(sizes: list[int]) -> None:
    slices, whole = family(*sizes)
    secret = hidden(slices, whole)
    shown = [people for key, people in slices.items() if key not in secret and people]
    assert all(len(people) >= LEAST for people in shown)
    for some in range(len(shown) + 1):
        for chosen in combinations(shown, some):
            rest = len(whole) - sum(len(people) for people in chosen)
            if len(whole) >= LEAST:
                assert rest == 0 or rest >= LEAST


@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from("abc")), st.sets(st.sampled_from("xyz"))), min_size=5, max_size=40
    )
)
def test_overlapping_groups_and_concerns_do_not_betray_each_other(
    people: list[tuple[set[str], set[str]]],
) -> None:
    slices: dict[Slice, frozenset[int]] = {}
    for kind, place in (("group", 0), ("concern", 1)):
        for number, belongs in enumerate(people):
            for name in belongs[place] or {"(none)"}:
                slices[kind, name] = slices.get((kind, name), frozenset()) | {number}
    whole = frozenset(range(len(people)))
    secret = hidden(slices, whole)
    shown = [found for key, found in slices.items() if key not in secret]
    for one in shown:
        for other in [*shown, whole]:
            if one < other:
                assert len(other - one) >= LEAST


@given(st.lists(st.integers(-10, 10), max_size=60))
def test_every_bin_holds_five_and_together_they_hold_all(values: list[int]) -> None:
    found = bins(values)
    if len(values) < LEAST:
        assert found == ()
        return
    assert sum(bin.count for bin in found) == len(values)
    counts = Counter(values)
    for bin in found:
        assert bin.count >= LEAST
        low = min(values) if bin.lowest is None else bin.lowest
        high = max(values) if bin.highest is None else bin.highest
        assert bin.count == sum(n for value, n in counts.items() if low <= value <= high)


DAY = date(2026, 9, 8)
ONS4 = load().on["ons4"]


def changed(*steps: int) -> MeasureChange:
    """What is published of one person a step."""
    rows = [
        PersonTime(
            "n",
            f"p{n}",
            "e",
            "ons4",
            "1.0",
            point,
            DAY,
            DAY,
            Closed.COMPLETE,
            Mode.TEXT,
            {"satisfied": value},
        )
        for n, step in enumerate(steps)
        for point, value in (("entry", 5), ("week_12", 5 + step))
    ]
    return paired_change(ONS4, rows, today=DAY).find(WHOLE, "satisfied")


def test_falls_noughts_and_rises_are_kept_apart_where_they_can_be() -> None:
    found = changed(-3, -2, -2, -1, -1, *[0] * 6, *[1] * 7, 2, 4)
    assert (found.better, found.same, found.worse) == (9, 6, 5)
    assert found.change == (Bin(None, -1, 5), Bin(0, 0, 6), Bin(1, None, 9))


def test_one_who_got_worse_among_many_is_counted_with_those_who_stayed_the_same() -> None:
    found = changed(-4, *[0] * 6, *[1] * 7)
    assert (found.better, found.same, found.worse) == (7, None, None)
    assert found.change == (Bin(None, 0, 7), Bin(1, 1, 7))


def test_two_who_got_better_are_not_told_apart() -> None:
    found = changed(2, 1, *[0] * 6, *[-1] * 7)
    assert (found.better, found.same, found.worse) == (None, None, None)
    assert found.change == (Bin(-1, -1, 7), Bin(0, None, 8))


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=30))
def test_nothing_shown_about_change_speaks_of_fewer_than_five(steps: list[int]) -> None:
    found = changed(*steps)
    assert found.suppressed == (len(steps) < LEAST)
    shown = [n for n in (found.better, found.same, found.worse) if n is not None]
    assert all(n == 0 or n >= LEAST for n in shown)
    if found.better:
        # The outer ends may be left open, so the rises are what is not known to be at most nought.
        rest = [bin for bin in found.change if bin.highest is not None and bin.highest <= 0]
        assert sum(bin.count for bin in rest) == len(steps) - found.better, "bins tell no more than counts"
