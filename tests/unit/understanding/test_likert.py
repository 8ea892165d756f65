"""How often: by the words, their number or their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ANY_TEXT, ask, reply, table, value_of
from wellbeing_bot.understanding.meaning import AnswerKind, Question, Unclear

UCLA = ask(
    AnswerKind.LIKERT,
    "How often do you feel left out? Hardly ever, some of the time, or often?",
    options=("Hardly ever", "Some of the time", "Often"),
)
OFFICIAL = ask(
    AnswerKind.LIKERT,
    "How often do you feel isolated from others?",
    options=("Hardly ever or never", "Some of the time", "Often"),
)
WARWICK = ask(
    AnswerKind.LIKERT,
    "Over the last 2 weeks: 1 None of the time 2 Rarely 3 Some of the time 4 Often 5 All of the time",
    options=("None of the time", "Rarely", "Some of the time", "Often", "All of the time"),
)
LONELY = ask(
    AnswerKind.LIKERT,
    "How often do you feel lonely?",
    options=("Often or always", "Some of the time", "Occasionally", "Hardly ever", "Never"),
)


@pytest.mark.parametrize(
    ("question", "text", "place"),
    [
        (UCLA, "never", 1),
        (UCLA, "hardly", 1),
        (UCLA, "not often", 1),
        (UCLA, "sometimes when the family are away", 2),
        (UCLA, "all the time", 3),
        (UCLA, "quite often", 3),
        (UCLA, "soemtimes", 2),
        (UCLA, "the second", 2),
        (OFFICIAL, "rarely", 1),
        (OFFICIAL, "never used to but often now", 3),
        (WARWICK, "4", 4),
        (WARWICK, "no 2", 2),
        (WARWICK, "the third", 3),
        (WARWICK, "non of the tine", 1),
        (WARWICK, "3 no make it 4", 4),
        (WARWICK, "never. well, rarely", 2),
        (WARWICK, "4/5", 4),
        (WARWICK, "5 - all of the time", 5),
        (WARWICK, "at my age!! rarely", 2),
        (LONELY, "always", 1),
        (LONELY, "never", 5),
        (LONELY, "once in a while", 3),
        (LONELY, "not lonely at all", 5),
    ],
)
def test_words_numbers_and_places_name_an_answer(question: Question, text: str, place: int) -> None:
    assert value_of(question, text) == question.options[place - 1]


@pytest.mark.parametrize(
    ("text", "meaning"),
    table(
        """
        between rarely and some | ?
        sometimes or often | ?
        o | ?
        6 | ?
        3 often | ?
        not all of the time | ?
        yes | ?
        dont know | ?
        """
    ),
)
def test_what_names_no_answer_or_two_is_asked_again(text: str, meaning: str) -> None:
    assert isinstance(reply(WARWICK, text), Unclear)


@given(question=st.sampled_from([UCLA, OFFICIAL, WARWICK, LONELY]), data=st.data())
def test_every_answer_is_read_back_in_its_own_words_and_by_its_number(
    question: Question, data: st.DataObject
) -> None:
    options: tuple[str, ...] = question.options
    place = data.draw(st.integers(1, len(options)))
    assert value_of(question, options[place - 1].upper()) == options[place - 1]
    assert value_of(question, f"{place} please") == options[place - 1]


@given(ANY_TEXT)
def test_what_is_stored_is_always_an_answer(text: str) -> None:
    for question in (UCLA, WARWICK, LONELY):
        assert value_of(question, text) in (None, *question.options)
