"""What people say about being asked, rather than in answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.question_wishes import (
    QuestionWish,
    means_the_one_before,
    read_question_wish,
)

WISHES = [
    ("NO MORE", QuestionWish.NO_MORE),
    ("no more questions please", QuestionWish.NO_MORE),
    ("thats enough now", QuestionWish.NO_MORE),
    ("ive had enough of this", QuestionWish.NO_MORE),
    ("stop asking me questions", QuestionWish.NO_MORE),
    ("I don't want to answer any more questions", QuestionWish.NO_MORE),
    ("later", QuestionWish.LATER),
    ("can i do it tomorrow", QuestionWish.LATER),
    ("not now love", QuestionWish.LATER),
    ("im at work ask me later", QuestionWish.LATER),
    ("not today thanks", QuestionWish.LATER),
    ("no more than 3", None),
    ("not now and then", None),
    ("some more", None),
    ("never", None),
    ("often enough", None),
    ("7 today", None),
    ("6", None),
]


@pytest.mark.parametrize(("text", "wish"), WISHES)
def test_no_more_and_not_now(text: str, wish: QuestionWish | None) -> None:
    assert read_question_wish(text) is wish


@pytest.mark.parametrize(
    "text", ["no sorry i meant 8", "oops 8", "make that 8", "change my last answer to 8", "wrong button 8"]
)
def test_taking_back_the_answer_before(text: str) -> None:
    assert means_the_one_before(text)


@pytest.mark.parametrize("text", ["8", "no 8", "not at all", "actually 7", "sorry 7", "i mean its about a 6"])
def test_what_may_answer_the_next_question_takes_nothing_back(text: str) -> None:
    assert not means_the_one_before(text)


@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    assert read_question_wish(text) in {None, *QuestionWish}
    assert means_the_one_before(text) in {True, False}
