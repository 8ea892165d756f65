"""A lift in words."""

from __future__ import annotations

import pytest

from wellbeing_bot.service.rides.saying import phone_words, ways_words, window_words


@pytest.mark.parametrize(
    ("start", "until", "words"),
    [
        ("11:15", "11:45", "between 11.15am and 11.45am"),
        ("11:30", "11:30", "at 11.30am"),
        ("12:00", None, "at 12 noon"),
        (None, None, ""),
        (None, "11:45", ""),
    ],
)
def test_a_window_is_said_as_people_say_it(start: str | None, until: str | None, words: str) -> None:
    assert window_words(start, until) == words


@pytest.mark.parametrize(
    ("there", "back", "words"),
    [(True, True, "there and home"), (True, False, "there only"), (False, True, "home only")],
)
def test_which_way_it_goes(there: bool, back: bool, words: str) -> None:
    assert ways_words(there, back) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("+447700900101", "07700 900101"),
        ("01632 960555", "01632 960555"),
        ("+35315550100", "+35315550100"),
        ("", ""),
    ],
)
def test_a_phone_number_is_shown_as_people_write_it(number: str, words: str) -> None:
    assert phone_words(number) == words
