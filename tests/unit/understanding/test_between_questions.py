"""What people say between a question and its answer, told apart from answers and from calling off."""

from __future__ import annotations

import pytest

from wellbeing_bot.understanding.about_us import asks_about_us
from wellbeing_bot.understanding.people_words import asks_whom_again, not_by_phone
from wellbeing_bot.understanding.practical import asks_for_the_bereaved, asks_how_hard, finds_nobody
from wellbeing_bot.understanding.second_thoughts import (
    both_of_us,
    does_not_know,
    in_two_minds,
    means_to_come,
    met_by,
    says_not_coming,
)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("who will see this", "privacy"),
        ("will you tell my doctor", "privacy"),
        ("do i have to pay", "cost"),
        ("are you a robot", "robot"),
        ("how did you get my number", "number"),
        ("WHO ARE YOU", "who"),
        ("who is it?", None),
        ("who is meeting me", None),
        ("my wife is a real person of faith", None),
    ],
)
def test_questions_about_the_service_are_known(text: str, topic: str | None) -> None:
    assert asks_about_us(text) == topic


@pytest.mark.parametrize(
    ("text", "coming", "doubtful", "off"),
    [
        ("no i will come", True, False, False),
        ("oh go on then i will", True, False, False),
        ("I will come to the next one instead", False, False, False),
        ("my hip is bad today not sure", False, True, False),
        ("see how i feel", False, True, False),
        ("cant sleep worrying about thursday", False, True, False),
        ("cant wait for thursday", False, False, False),
        ("cant do thurs sorry", False, False, True),
        ("neither of us can come", False, False, True),
    ],
)
def test_coming_not_coming_and_in_two_minds_are_told_apart(
    text: str, coming: bool, doubtful: bool, off: bool
) -> None:
    assert (means_to_come(text), in_two_minds(text), says_not_coming(text)) == (coming, doubtful, off)


@pytest.mark.parametrize(
    ("text", "gender"),
    [("woman please", "woman"), ("not a man", "woman"), ("a man please", "man"), ("my man brings me", None)],
)
def test_by_whom_they_would_be_met(text: str, gender: str | None) -> None:
    assert met_by(text) == gender


def test_smaller_things_said_in_between() -> None:
    assert does_not_know("no idea love")
    assert not does_not_know("i dont know anyone here")
    assert both_of_us("yes for both of us")
    assert not both_of_us("neither of us")
    assert finds_nobody("im here where is he")
    assert not finds_nobody("i cant see very well")
    assert asks_how_hard("do i have to walk fast")
    assert asks_for_the_bereaved("is there anything for people whove lost somebody")
    assert not_by_phone("im deaf please dont ring me")
    assert not not_by_phone("please ring me")
    assert asks_whom_again("which one?")
    assert not asks_whom_again("what time is it")
