"""How facts are said in texts."""

from __future__ import annotations

from datetime import date

import pytest

from wellbeing_bot.conversation import Fact, FactType
from wellbeing_bot.conversation.words import fill, placeholders

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("kind", "fact", "language", "said"),
    [
        ("text", "Jean", "en", "Jean"),
        ("number", 3, "en", "3"),
        ("yes_no", True, "en", "yes"),
        ("date", "2026-03-05", "en", "Thursday 5 March"),
        ("date", "2027-01-07", "en", "Thursday 7 January 2027"),
        ("date", "2026-03-05", "en-x-easy", "Thursday 5 March"),
        ("date", "2026-03-05", "cy", "Dydd Iau 5 Mawrth"),
        ("date", "one of these days", "en", "one of these days"),
        ("time", "10:00", "en", "10am"),
        ("time", "14:30", "en", "2.30pm"),
        ("time", "12:00", "en", "12 noon"),
        ("time", "00:15", "en", "12.15am"),
        ("time", "14:30", "cy", "14:30"),
        ("list", ["wheelchair", "hearing_loop", "parking"], "en", "wheelchair, hearing loop and parking"),
        ("list", ["wheelchair"], "en", "wheelchair"),
        ("list", [], "en", ""),
        ("choices", [{"value": "a", "label": "Walk"}, {"value": "b", "label": "Art"}], "en", "1 Walk\n2 Art"),
        ("text", None, "en", ""),
    ],
)
def test_a_fact_is_said_as_a_person_would(kind: FactType, fact: Fact, language: str, said: str) -> None:
    assert fill("{it}", {"it": fact}, {"it": kind}, language, TODAY) == said


def test_a_text_is_filled_once_and_in_order() -> None:
    facts: dict[str, Fact] = {"name": "{group}", "group": "Walk"}
    assert placeholders("{name}, {group}!") == ("name", "group")
    assert fill("{name}, {group}!", facts, {"name": "text"}, "en", TODAY) == "{group}, Walk!"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello {name}. Did you get there?", "Hello. Did you get there?"),
        ("Thank you, {name}.", "Thank you."),
    ],
)
def test_a_name_that_is_not_known_leaves_no_gap_before_a_stop(text: str, said: str) -> None:
    assert fill(text, {"name": ""}, {"name": "text"}, "en", TODAY) == said
