"""The scores of understanding hold, on the half that it was built with and on the half that it was not.

What each measure means is in ``understanding/evaluate.py``; where the figures stand is in
docs/understanding.md. Only correctness is asserted here: time is measured by ``wellbeing-bot understand``.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

import pytest

from wellbeing_bot.understand_command import load, read_all
from wellbeing_bot.understanding.evaluate import (
    AnswerScores,
    CrisisScores,
    FirstScores,
    Outcome,
    Scored,
    score_answers,
    score_crisis,
    score_first,
)
from wellbeing_bot.understanding.samples import LOCAL, left_out

HALVES = ("build", "measure")
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LOCAL)
FOLDER = Path(__file__).parent

FLOOR = {
    "build": {
        "first": 0.95,
        "bare_stop": 1,
        "taken_for_stop": 0,
        "urgent": 0.95,
        "kind": 0.90,
        "look_alikes": 0.10,
        "ordinary": 0.005,
    },
    "measure": {
        "first": 0.905,
        "bare_stop": 1,
        "taken_for_stop": 1,
        "urgent": 0.95,
        "kind": 0.90,
        "look_alikes": 0.10,
        "ordinary": 0.005,
    },
}
"""What must not get worse. What is aimed at, and how far off it is, stands in docs/understanding.md."""

pytestmark = pytest.mark.parametrize("half", HALVES)


def lines(half: str, name: str) -> list[Scored]:
    rows = [row for row in load(FOLDER / half / f"{name}.jsonl") if not left_out(row)]
    return read_all(rows, NOW)[0]


@lru_cache(maxsize=2)
def first(half: str) -> FirstScores:
    return score_first(lines(half, "first_messages"))


@lru_cache(maxsize=2)
def answers(half: str) -> AnswerScores:
    return score_answers(lines(half, "answers"))


@lru_cache(maxsize=2)
def crisis(half: str) -> CrisisScores:
    return score_crisis(lines(half, "crisis"))


def test_what_a_first_text_is_about_is_read_right(half: str) -> None:
    assert first(half).lenient.rate >= FLOOR[half]["first"]


def test_a_bare_stop_is_always_stop(half: str) -> None:
    assert first(half).bare_stop.rate >= FLOOR[half]["bare_stop"]


def test_nothing_else_is_taken_for_stop(half: str) -> None:
    assert first(half).taken_for_stop.part <= FLOOR[half]["taken_for_stop"]


def test_answers_are_read_right(half: str) -> None:
    assert answers(half).lenient.rate >= 0.95


def test_hardly_ever_is_a_wrong_value_stored(half: str) -> None:
    assert answers(half).harms[Outcome.WRONG_VALUE].rate <= 0.01


def test_what_is_urgent_is_found(half: str) -> None:
    assert crisis(half).recall.rate >= FLOOR[half]["urgent"]


def test_every_kind_of_urgent_text_is_found(half: str) -> None:
    missed = {
        kind: share.rate for kind, share in crisis(half).by_kind.items() if share.rate < FLOOR[half]["kind"]
    }

    assert missed == {}


def test_look_alikes_raise_few_alarms(half: str) -> None:
    assert crisis(half).false_alarms.rate <= FLOOR[half]["look_alikes"]


def test_ordinary_texts_hardly_ever_raise_an_alarm(half: str) -> None:
    shares = (first(half).false_urgent, answers(half).urgent_false)

    assert (
        sum(share.part for share in shares) / sum(share.whole for share in shares) <= FLOOR[half]["ordinary"]
    )
