"""Scores, changes and what a person must see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.questionnaires.instrument import Instrument, Level, Limit, Number, Watch
from wellbeing_bot.questionnaires.loader import Instruments, load
from wellbeing_bot.questionnaires.scoring import Alarm, Watches, alarm, alarms, change, score

UCLA = load().on["ucla3"]
ONS4 = load().on["ons4"]
ITEMS = ("companionship", "left_out", "isolated")


@given(st.tuples(*[st.sampled_from([None, 1, 2, 3])] * 3))
def test_a_loneliness_total_is_3_to_9_and_needs_all_three(values: tuple[int | None, ...]) -> None:
    total = score(UCLA, dict(zip(ITEMS, values, strict=True))).find("total")
    given = [value for value in values if value is not None]
    if len(given) == 3:
        assert total.value == total.raw == given[0] + given[1] + given[2]
        assert 3 <= int(total.raw or 0) <= 9
        assert total.missing == ()
    else:
        assert total.value is None
        assert total.missing == tuple(i for i, v in zip(ITEMS, values, strict=True) if v is None)


@given(st.dictionaries(st.sampled_from([i.id for i in ONS4.items]), st.integers(0, 10) | st.none()))
def test_every_answer_keeps_its_value_and_lies_in_one_band(answers: dict[str, int | None]) -> None:
    scores = score(ONS4, answers)
    for item in scores.items:
        assert item.value == answers.get(item.measure)
        assert (item.band is None) == (item.value is None)
    assert scores.complete == (sum(1 for v in answers.values() if v is not None) == 4)


@pytest.mark.parametrize("left", range(7))
def test_swemwbs_with_one_answer_missing_has_no_score(swemwbs: Instrument, left: int) -> None:
    answers = {item.id: 4 for n, item in enumerate(swemwbs.items) if n != left}
    total = score(swemwbs, answers).find("total")
    assert (total.value, total.raw, total.missing) == (None, None, (swemwbs.items[left].id,))


@pytest.mark.parametrize(
    ("instrument", "answers"),
    [
        ("ons4", {"satisfied": 11}),
        ("ons4", {"satisfied": -1}),
        ("ucla3", {"left_out": 0}),
        ("ucla3", {"left_out": 2.5}),
        ("pam", {"level": 5}),
        ("ons4", {"mood": 3}),
    ],
)
def test_an_impossible_answer_is_refused(
    everything: Instruments, instrument: str, answers: dict[str, Number]
) -> None:
    with pytest.raises(ValueError, match=instrument):
        score(everything.on[instrument], answers)


@pytest.mark.parametrize("answer", ["often", "Never", 4, 0, True, "3"])
def test_a_likert_item_takes_only_its_own_words_or_values(ucla3: Instrument, answer: str | int) -> None:
    with pytest.raises(ValueError, match="left_out"):
        ucla3.item("left_out").number(answer)


def test_change_says_which_way_is_better(ons4: Instrument) -> None:
    before = score(ons4, {"satisfied": 3, "worthwhile": 5, "happy": 6, "anxious": 8})
    after = score(ons4, {"satisfied": 6, "worthwhile": 5, "anxious": 5})
    found = {c.measure: (c.difference, c.better) for c in change(before, after)}
    assert found == {
        "satisfied": (3, True),
        "worthwhile": (0, None),
        "happy": (None, None),
        "anxious": (-3, True),
    }


def test_swemwbs_change_is_of_the_metric_score(swemwbs: Instrument) -> None:
    before = score(swemwbs, {item.id: 2 for item in swemwbs.items})
    after = score(swemwbs, {item.id: 3 for item in swemwbs.items})
    total = change(before, after)[-1]
    assert (total.before, total.after, total.difference, total.better) == (15.32, 19.25, 3.93, True)


def test_different_instruments_are_not_compared(ons4: Instrument, ucla3: Instrument) -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        change(score(ons4, {}), score(ucla3, {}))


@pytest.mark.parametrize(
    ("item", "value", "level"),
    [
        ("satisfied", 3, None),
        ("satisfied", 2, Level.LOW),
        ("satisfied", 0, Level.URGENT),
        ("happy", 2, None),
        ("happy", 0, Level.URGENT),
        ("anxious", 8, None),
        ("anxious", 9, Level.LOW),
        ("anxious", 10, Level.URGENT),
    ],
)
def test_a_very_low_answer_is_for_a_person_to_see(
    ons4: Instrument, item: str, value: int, level: Level | None
) -> None:
    assert alarm(ons4, item, value) == (Alarm(item, level) if level else None)


def test_a_network_sets_its_own_limits(ons4: Instrument) -> None:
    own = Watches({("ons4", "satisfied"): Watch(low=Limit(at_most=4))})
    assert alarm(ons4, "satisfied", 4, own) == Alarm("satisfied", Level.LOW)
    assert alarm(ons4, "satisfied", 0, own) == Alarm("satisfied", Level.LOW)
    assert alarm(ons4, "happy", 0, own) == Alarm("happy", Level.URGENT)


def test_a_total_is_watched_by_its_raw_sum(swemwbs: Instrument) -> None:
    assert alarms(swemwbs, {item.id: 1 for item in swemwbs.items}) == (Alarm("total", Level.URGENT),)
    assert alarms(swemwbs, {item.id: 2 for item in swemwbs.items}) == ()
    assert alarms(swemwbs, {"s1": 1}) == ()
