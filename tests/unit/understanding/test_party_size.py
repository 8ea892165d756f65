"""How many people come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ANY_TEXT, ask, only_unclear, reply, table, value_of
from wellbeing_bot.understanding.meaning import AnswerKind, Interrupted, InterruptKind
from wellbeing_bot.understanding.party_size import MOST

LUNCH = ask(AnswerKind.PARTY_SIZE, "How many of you will be coming to the Wellbeing Lunch?")
PEOPLE = ["my sister", "the husband", "Vi", "my carer", "a friend", "mum", "Joan"]


@pytest.mark.parametrize(
    ("text", "number"),
    table(
        """
        just me | 1
        Just little old me x | 1
        on my own | 1
        me and the husband | 2
        couple of us | 2
        both of us | 2
        me plus 2 | 3
        me and my two sisters | 3
        me my carer and my wheelchair | 2
        me, Vi and Sheila | 3
        me and my guide dog | 1
        2 no 3, Sheila's coming as well | 3
        2 but one is vegetarian | 2
        2 adults and 1 child | 3
        4 including me | 4
        3 at 12.30 | 3
        nobody else just me | 1
        half a dozen | 6
        I'm 82 and coming alone | 1
        none | 0
        """
    ),
)
def test_people_are_counted(text: str, number: str) -> None:
    assert value_of(LUNCH, text) == int(number)


@pytest.mark.parametrize(
    "text",
    [
        "a few",
        "2 or 3",
        "2-3",
        "2 maybe 3",
        "me and the kids",
        "me and maybe my son",
        "100",
        "-2",
        "same as last time",
        "yes",
    ],
)
def test_what_cannot_be_counted_is_asked_again(text: str) -> None:
    assert only_unclear(LUNCH, text)


def test_one_more_is_counted_from_the_answer_before() -> None:
    before = ask(AnswerKind.PARTY_SIZE, previous_answer=2)
    assert value_of(before, "one more") == 3
    assert value_of(before, "add my sister") == 3
    assert value_of(before, "sorry make it 4") == 4


def test_not_coming_after_all_is_calling_off() -> None:
    assert reply(LUNCH, "can't come now") == Interrupted(InterruptKind.CANCEL)


@given(
    number=st.integers(0, MOST), how=st.sampled_from(["{}", "{} please", "{} of us", "there will be {} x"])
)
def test_every_number_is_read(number: int, how: str) -> None:
    assert value_of(LUNCH, how.format(number)) == number


@given(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4))
def test_everybody_named_is_counted(people: list[str]) -> None:
    assert value_of(LUNCH, "me and " + " and ".join(people)) == 1 + len(people)


@given(ANY_TEXT)
def test_what_is_stored_is_a_sensible_number(text: str) -> None:
    assert value_of(LUNCH, text) in (None, *range(MOST * 2 + 1))
