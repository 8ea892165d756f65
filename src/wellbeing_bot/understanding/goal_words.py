"""How one small thing went: "did it", "a bit", "not yet", or a number from 0 to 10."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wellbeing_bot.understanding.answers import read_answer
from wellbeing_bot.understanding.heard_parts import book
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Question
from wellbeing_bot.understanding.spelling import said

How = Literal["did_it", "a_bit", "not_yet"]

MOSTLY = 7
"""A number from here on counts as done."""

SOMEWHAT = 3
"""A number from here on counts as a bit."""

_SCALE = Question(id="goal", kind=AnswerKind.SCALE_0_10, prompt="How did it go, from 0 to 10?")


@dataclass(frozen=True, slots=True)
class HowItWent:
    """``how`` is None when it cannot be told; ``score`` is the number, where one was given."""

    how: How | None
    score: int | None = None


def read_how_it_went(text: str, language: str = "en") -> HowItWent:
    """What a text says about how it went. Words count before numbers: "done it 3 times" is done."""
    heard = said(text, language)
    number = read_answer(_SCALE, text)
    score = number.value if isinstance(number, Answered) and isinstance(number.value, int) else None
    if score is not None and len(heard.split()) <= 6 and _bare(heard):
        return HowItWent(_of(score), score)
    for how in ("a_bit", "not_yet", "did_it"):
        if book("goals", language, how).found(heard):
            return HowItWent(how)
    return HowItWent(_of(score), score) if score is not None else HowItWent(None)


def _of(score: int) -> How:
    if score >= MOSTLY:
        return "did_it"
    return "a_bit" if score >= SOMEWHAT else "not_yet"


def _bare(heard: str) -> bool:
    """Whether a number is all there is: " . 7 out of 10 . "."""
    return set(heard.split()) <= {".", "out", "of", "about", "a", "maybe", "id", "say", "10", *_NUMBERS}


_NUMBERS = frozenset(
    [
        *(str(n) for n in range(11)),
        *["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "nought"],
    ]
)
