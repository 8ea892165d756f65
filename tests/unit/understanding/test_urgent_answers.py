"""What was asked for is no danger by itself: an illness among access needs, 999 as a number."""

from __future__ import annotations

import pytest

from wellbeing_bot.understanding.meaning import AnswerKind
from wellbeing_bot.understanding.urgent import read_urgent


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (AnswerKind.ACCESS_NEEDS, "stroke"),
        (AnswerKind.ACCESS_NEEDS, "had a stroke so weak on one side"),
        (AnswerKind.ACCESS_NEEDS, "i cant see"),
        (AnswerKind.ACCESS_NEEDS, "had two heart attacks, use a stick"),
        (AnswerKind.ACCESS_NEEDS, "get breathless on hills"),
        (AnswerKind.PARTY_SIZE, "mum and dad and me"),
        (AnswerKind.PARTY_SIZE, "him and me"),
        (AnswerKind.PHONE, "999"),
    ],
)
def test_an_answer_to_the_question_is_not_urgent(kind: AnswerKind, text: str) -> None:
    assert read_urgent(text, answering=kind) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (AnswerKind.ACCESS_NEEDS, "i think im having a stroke"),
        (AnswerKind.ACCESS_NEEDS, "stroke and my chest hurts now and i cant breathe"),
        (AnswerKind.ACCESS_NEEDS, "i cant see and my face has dropped"),
        (AnswerKind.ACCESS_NEEDS, "heart attack"),
        (AnswerKind.PARTY_SIZE, "me and my dad and he hits me"),
        (AnswerKind.PHONE, "ring 999"),
        (AnswerKind.YES_NO, "stroke, ambulance please"),
    ],
)
def test_danger_is_heard_whatever_was_asked(kind: AnswerKind, text: str) -> None:
    assert read_urgent(text, answering=kind) is not None
