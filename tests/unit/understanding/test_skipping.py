"""Replies that are no answer: skip, asking back, calling off, going back; and taking an answer back."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ANY_TEXT, ask, reply, value_of
from wellbeing_bot.understanding.answers import READERS, prepare, read_answer
from wellbeing_bot.understanding.meaning import (
    Answered,
    AnswerKind,
    Interrupted,
    InterruptKind,
    Skipped,
    Unclear,
    Value,
)

OTHER_THAN_FREE_TEXT = [kind for kind in AnswerKind if kind is not AnswerKind.FREE_TEXT]
HELP, CANCEL, BACK = (Interrupted(InterruptKind(name)) for name in ("help", "cancel", "back"))


@pytest.mark.parametrize("kind", list(AnswerKind))
@pytest.mark.parametrize("text", ["skip", "SKIP please", "next question", "I'd rather not say", "no comment"])
def test_any_question_may_be_skipped(kind: AnswerKind, text: str) -> None:
    assert reply(ask(kind), text) == Skipped()


@pytest.mark.parametrize("kind", list(AnswerKind))
@pytest.mark.parametrize("text", ["what do you mean", "I don't understand", "why do you need to know"])
def test_any_question_may_be_asked_back(kind: AnswerKind, text: str) -> None:
    assert reply(ask(kind), text) == HELP


@pytest.mark.parametrize("kind", OTHER_THAN_FREE_TEXT)
def test_going_back_is_no_answer(kind: AnswerKind) -> None:
    assert reply(ask(kind), "go back") == BACK


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (AnswerKind.DATE, "dont bother"),
        (AnswerKind.DATE, "cancel the visit"),
        (AnswerKind.TIME, "cancel it please"),
        (AnswerKind.TIME, "I don't need a driver"),
        (AnswerKind.PARTY_SIZE, "not coming now"),
        (AnswerKind.ACCESS_NEEDS, "dont matter im not coming"),
    ],
)
def test_what_the_question_is_about_may_be_called_off(kind: AnswerKind, text: str) -> None:
    assert reply(ask(kind), text) == CANCEL


def test_a_time_beside_the_words_of_calling_off_is_still_a_time() -> None:
    assert value_of(ask(AnswerKind.TIME), "dont bother ringing, 10 will do") == time(10)
    assert value_of(ask(AnswerKind.TIME), "cant do 10 make it 11") == time(11)


def test_rather_not_is_a_no_where_yes_or_no_was_asked() -> None:
    assert value_of(ask(AnswerKind.YES_NO, "Is it OK to ring you?"), "rather not") is False
    assert reply(ask(AnswerKind.POSTCODE), "rather not") == Skipped()


def test_own_words_are_kept_as_they_are() -> None:
    question = ask(AnswerKind.FREE_TEXT, "Is there anything else?")
    assert reply(question, "I can't come to things on my own, what I'd like is company") == Answered(
        "I can't come to things on my own, what I'd like is company"
    )
    assert reply(question, "") == Unclear()


@pytest.mark.parametrize(
    ("kind", "before", "text", "now"),
    [
        (AnswerKind.DATE, date(2026, 11, 26), "no sorry I meant weds", date(2026, 11, 25)),
        (AnswerKind.DATE, date(2026, 11, 26), "a day later please", date(2026, 11, 27)),
        (AnswerKind.TIME, time(10), "half an hour later", time(10, 30)),
        (AnswerKind.TIME, time(10, 30), "15 mins earlier", time(10, 15)),
        (AnswerKind.SCALE_0_10, 6, "pressed the wrong one. 9", 9),
        (AnswerKind.SCALE_0_10, 7, "one lower", 6),
        (AnswerKind.YES_NO, True, "change that to a no please", False),
        (AnswerKind.YES_NO, False, "oops i put no, i am coming", True),
        (AnswerKind.NAME, "Kathrun", "spelt that wrong its Kathryn", "Kathryn"),
        (AnswerKind.POSTCODE, "CT5 2QR", "sorry its ct5 2qp", "CT5 2QP"),
    ],
)
def test_an_answer_may_be_taken_back(kind: AnswerKind, before: Value, text: str, now: Value) -> None:
    assert value_of(ask(kind, previous_answer=before), text) == now


@pytest.mark.parametrize("kind", list(AnswerKind))
def test_stop_and_danger_come_before_any_answer(kind: AnswerKind) -> None:
    assert read_answer(ask(kind), "STOP") == Interrupted(InterruptKind.STOP)
    assert read_answer(ask(kind), "I want to kill myself") == Interrupted(InterruptKind.CRISIS)


def test_every_kind_has_a_reader_and_all_can_be_prepared() -> None:
    assert set(READERS) == set(AnswerKind)
    prepare()


@given(
    text=ANY_TEXT,
    kind=st.sampled_from(list(AnswerKind)),
    previous=st.sampled_from([None, 3, True, "x", ("stick",)]),
)
def test_no_text_is_too_much_for_any_kind(text: str, kind: AnswerKind, previous: Value | None) -> None:
    question = ask(kind, "Can you come, 1 or 2?", options=("One", "Two"), previous_answer=previous)
    read_answer(question, text)
