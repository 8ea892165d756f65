"""`wellbeing-bot check` looks at the vocabulary's examples, and says what to write."""

from __future__ import annotations

import pytest

from wellbeing_bot.understanding.example_checks import examples_problem, problem_in


def test_the_examples_that_ship_are_in_order_and_learned_from() -> None:
    assert examples_problem() == ""


def test_an_example_in_the_right_place_is_in_order() -> None:
    assert problem_in({"transport": ["gizza lift to the do", "can you fetch us"]}, "en") == ""


@pytest.mark.parametrize(
    ("listed", "says"),
    [
        ({"transprot": ["gizza lift"]}, "no intent 'transprot'; write one of"),
        ({"transport": [7]}, "7 is no text; write it in quotes"),
        ({"transport": [" "]}, "is no text"),
        ({"transport": ["gizza lift"], "help": ["Gizza lift"]}, "stands under transport and help"),
    ],
)
def test_what_is_wrong_is_said_with_its_cure(listed: dict[str, list[object]], says: str) -> None:
    assert says in problem_in(listed, "en")
