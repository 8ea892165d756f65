"""Texts about a blood pressure monitor, and texts with numbers that are no readings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.monitor_words import asks_monitor, is_reading, monitor_back


@pytest.mark.parametrize(
    "text",
    [
        "can I borrow a blood pressure monitor",
        "could i have a bp machine please",
        "can i have a bp monitor",
        "dr says i need a blood pressure monitor at home",
        "do you lend blood pressure kits, can i get a bp monitor",
    ],
)
def test_a_wish_for_a_monitor_is_heard(text: str) -> None:
    assert asks_monitor(text)


@pytest.mark.parametrize(
    "text", ["I've taken the monitor back", "monitor is back", "ive returned the machine"]
)
def test_its_return_is_heard(text: str) -> None:
    assert monitor_back(text)


@pytest.mark.parametrize(
    "text", ["bp 150/90", "my blood pressure was 150 over 90", "150/90", "reading today 135 / 85 pulse 70"]
)
def test_a_reading_is_heard(text: str) -> None:
    assert is_reading(text)


@pytest.mark.parametrize(
    "text",
    [
        "can I have the blood pressure check at lunch",
        "7/10",
        "24/12",
        "24/12/26",
        "3/12/26",
        "yes 1pm",
        "07700 900123",
        "see you on the 25th",
        "my blood pressure is why i can't come",
    ],
)
def test_what_is_something_else_is_left_alone(text: str) -> None:
    assert not any(heard(text) for heard in (asks_monitor, monitor_back, is_reading))


@given(st.text(max_size=200))
def test_any_text_at_all_is_read(text: str) -> None:
    assert {asks_monitor(text), monitor_back(text), is_reading(text)} <= {True, False}
