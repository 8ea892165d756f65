"""Telephone numbers, written anyhow, in E.164. Only numbers that Ofcom keeps for drama."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ANY_TEXT, SENDER, ask, only_unclear, reply, table, value_of
from wellbeing_bot.understanding.answers import read_answer
from wellbeing_bot.understanding.meaning import AnswerKind, Skipped, Unclear

REACH = ask(AnswerKind.PHONE, "What is the best number to reach you on?")
DIGITS = ["oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@pytest.mark.parametrize(
    ("text", "number"),
    table(
        f"""
        07700 900123 | +447700900123
        (01632) 960145 | +441632960145
        +44 (0)7700 900123 | +447700900123
        0044 7700 900123 | +447700900123
        447700900123 | +447700900123
        07700 9OO 123 | +447700900123
        07700 900123 CT5 1AA | +447700900123
        07700 900123 after 6pm | +447700900123
        oh seven seven double oh nine hundred one two three | +447700900123
        07700 900123 no sorry 07700 900124 | +447700900124
        not this one 01632 960145 | +441632960145
        this one | {SENDER}
        same as this | {SENDER}
        the one im texting on | {SENDER}
        """
    ),
)
def test_a_number_is_read(text: str, number: str) -> None:
    assert value_of(REACH, text) == number


@pytest.mark.parametrize(
    "text",
    [
        "960145",
        "112",
        "0770090012",
        "077009001234",
        "yes",
        "not this one",
        "my mobile",
        "07700 900123 or 01632 960145",
    ],
)
def test_what_is_no_number_or_two_is_asked_again(text: str) -> None:
    assert only_unclear(REACH, text)


def test_nine_nine_nine_is_no_cry_for_help_where_a_number_is_asked_for() -> None:
    assert isinstance(read_answer(REACH, "999"), Unclear)


def test_somebody_may_keep_their_number_to_themselves() -> None:
    assert reply(REACH, "prefer not to") == Skipped()


def test_this_one_means_nothing_where_the_sender_is_not_known() -> None:
    assert value_of(ask(AnswerKind.PHONE, sender=None), "this one") is None


@given(
    last=st.integers(0, 999),
    spaced=st.sampled_from(["07700900{:03}", "07700 900 {:03}", "+44 7700 900{:03}", "07700-900-{:03} x"]),
)
def test_every_number_is_read_in_figures_and_words(last: int, spaced: str) -> None:
    number = f"+447700900{last:03}"
    assert value_of(REACH, spaced.format(last)) == number
    assert value_of(REACH, " ".join(DIGITS[int(digit)] for digit in f"07700900{last:03}")) == number


@given(ANY_TEXT)
def test_what_is_stored_is_in_e164(text: str) -> None:
    number = value_of(REACH, text)
    assert number is None or re.fullmatch(r"\+\d{8,15}", str(number))
