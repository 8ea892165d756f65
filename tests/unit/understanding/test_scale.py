"""A whole number from 0 to 10."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ANY_TEXT, ask, reply, table, value_of
from wellbeing_bot.understanding.meaning import AnswerKind, Unclear

SATISFIED = ask(AnswerKind.SCALE_0_10, "How satisfied are you? 0 is not at all, 10 is completely.")
YESTERDAY = ask(
    AnswerKind.SCALE_0_10, "How anxious did you feel yesterday? 0 is not at all, 10 is completely."
)
WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.mark.parametrize(
    ("text", "number"),
    table(
        """
        7/10 | 7
        7 out of ten | 7
        bout a 7 i suppose | 7
        sevan | 7
        7ish | 7
        nought | 0
        not at all | 0
        completely | 10
        in the middle | 5
        1 0 | 10
        6. No 7. Put 7. | 7
        not 3, 4 | 4
        3 because of my 2 bad knees | 3
        2 since my husband died 3 years ago | 2
        8, I had the dentist at 2 | 8
        3. Was 8 last year | 3
        maybe 6 | 6
        between 6 and 7 | ?
        6 or 7 | ?
        7.5 | ?
        11 | ?
        -2 | ?
        100% | ?
        3/5 | ?
        more than 5 | ?
        5 on weekdays 2 at weekends | ?
        very | ?
        🙂 | ?
        """
    ),
)
def test_a_number_is_read_or_asked_again(text: str, number: str) -> None:
    assert value_of(SATISFIED, text) == (None if number == "?" else int(number))


def test_the_number_of_the_day_that_was_asked_about_counts() -> None:
    assert value_of(YESTERDAY, "today 7 yesterday 3") == 3


def test_two_numbers_are_both_offered_again() -> None:
    assert reply(SATISFIED, "6 or 7") == Unclear("two_values", (6, 7))


@given(number=st.integers(0, 10), how=st.sampled_from(["{}", "about a {}", "{}!", "i'd say {} dear", "{} x"]))
def test_every_number_is_read_in_figures_and_words(number: int, how: str) -> None:
    assert value_of(SATISFIED, how.format(number)) == number
    assert value_of(SATISFIED, how.format(WORDS[number])) == number


@given(st.one_of(st.integers(max_value=-1), st.integers(min_value=11)))
def test_no_number_off_the_scale_is_stored(number: int) -> None:
    assert value_of(SATISFIED, str(number)) is None


@given(ANY_TEXT)
def test_what_is_stored_is_on_the_scale(text: str) -> None:
    assert value_of(SATISFIED, text) in (None, *range(11))
