"""What a network taught is consulted where nothing else was made of a text, and nowhere else."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from wellbeing_bot.understanding.meaning import (
    Answered,
    AnswerKind,
    Intent,
    Meaning,
    Question,
    Skipped,
)
from wellbeing_bot.understanding.taught import lesson, with_lesson, would_be_read
from wellbeing_bot.understanding.understand import understand

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London"))
COMING = Question("c", AnswerKind.YES_NO, "Can we expect you?", reference=NOW)
HOW_MANY = Question("h", AnswerKind.PARTY_SIZE, "How many of you?", reference=NOW)
TAUGHT = lesson(
    [
        ("owd on a tick chuck", "yes"),
        ("not on your nellie duck", "no"),
        ("mums the word", "skip"),
        ("brumble hoik", "transport"),
    ]
)


def read(text: str, *questions: Question) -> Meaning:
    return with_lesson(understand(text, questions, now=NOW), questions, TAUGHT, now=NOW)


def test_an_example_teaches_its_meaning_in_any_spelling() -> None:
    assert read("Owd on a tick, chuck!!", COMING).readings == (("c", Answered(True)),)
    assert read("mums the word", COMING).readings == (("c", Skipped()),)


def test_an_intent_is_taught_with_the_details_of_the_text() -> None:
    meaning = read("Brumble  hoik, please!!")

    assert meaning.about is not None
    assert meaning.about.intents == (Intent.TRANSPORT,)
    assert meaning.about.details.needs_lift


def test_an_answer_is_not_given_to_a_question_that_cannot_take_it() -> None:
    assert not read("owd on a tick chuck", HOW_MANY).understood
    assert read("owd on a tick chuck", HOW_MANY, COMING).readings == (("c", Answered(True)),)


@pytest.mark.parametrize("text", ["i want to die", "STOP", "yes please"])
def test_what_is_understood_is_never_taught_otherwise(text: str) -> None:
    meaning = understand(text, (COMING,), now=NOW)

    assert with_lesson(meaning, (COMING,), lesson([(text, "no")]), now=NOW) == meaning


def test_whether_an_example_would_be_read_already() -> None:
    assert would_be_read("yes please", "yes", now=NOW)
    assert would_be_read("I need a lift to the lunch", "transport", now=NOW)
    assert not would_be_read("brumble hoik", "transport", now=NOW)
    assert would_be_read("brumble hoik", "transport", now=NOW, taught=TAUGHT)
    assert not would_be_read("i want to die", "yes", now=NOW, taught=lesson([("i want to die", "yes")]))


@pytest.mark.parametrize("meant", ["stop", "crisis", "perhaps"])
def test_danger_and_stop_are_never_taught(meant: str) -> None:
    with pytest.raises(ValueError, match="no meaning"):
        lesson([("whatever", meant)])
