"""What a network taught the bot: texts that nothing was made of, retyped by staff with what they mean.

An example serves for texts that say the same in any spelling, case and punctuation, with or without a
greeting or thanks. It is consulted only where nothing else was made of a text, so it never hides danger or
STOP, nor changes what is understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from wellbeing_bot.understanding.cues import without_courtesies
from wellbeing_bot.understanding.details import details_of, fitting
from wellbeing_bot.understanding.heard import heard
from wellbeing_bot.understanding.meaning import (
    Answered,
    AnswerKind,
    Intent,
    IntentReading,
    Meaning,
    Question,
    Reading,
    Skipped,
)
from wellbeing_bot.understanding.understand import understand

ANSWERS: Mapping[str, Reading] = {"yes": Answered(True), "no": Answered(False), "skip": Skipped()}
"""Meanings that answer a question; all others are intents."""

NOT_TAUGHT = frozenset({Intent.STOP, Intent.CRISIS, Intent.MEDICAL_EMERGENCY})
"""Never left to an example: these are read by the vocabulary that everybody shares."""

MEANINGS = (*ANSWERS, *(intent.value for intent in Intent if intent not in NOT_TAUGHT))
"""What an example may mean."""


def lesson(examples: Iterable[tuple[str, str]], language: str = "en") -> dict[str, str]:
    """(example, meaning) pairs as ``with_lesson`` takes them; of two alike the later counts.

    Raises:
        ValueError: a meaning is not one of ``MEANINGS``.
    """
    taught: dict[str, str] = {}
    for example, meant in examples:
        if meant not in MEANINGS:
            raise ValueError(f"{meant!r} is no meaning; write one of {', '.join(MEANINGS)}")
        if key := _key(example, language):
            taught[key] = meant
    return taught


def is_clear(meaning: Meaning) -> bool:
    """Whether something certain was made of a text, so that no example is wanted."""
    return meaning.understood and not (meaning.about is not None and meaning.about.clarify)


def with_lesson(
    meaning: Meaning,
    questions: Sequence[Question],
    taught: Mapping[str, str],
    *,
    now: datetime,
    language: str = "en",
) -> Meaning:
    """The meaning, or what the network taught where nothing was made of the text.

    Args:
        meaning: what ``understand`` made of it.
        questions: those that were open.
        taught: what ``lesson`` made of the network's examples.
        now: aware local time, for dates in the text.
        language: whose words it was read with.
    """
    meant = None if is_clear(meaning) else taught.get(_key(meaning.text, language))
    if meant is None:
        return meaning
    if (answer := ANSWERS.get(meant)) is not None:
        fitting_one = [question for question in questions if _takes(question, answer)]
        if len(fitting_one) != 1:
            return meaning
        return replace(meaning, readings=((fitting_one[0].id, answer),), about=None)
    intents = (Intent(meant),)
    details = details_of(meaning.text, heard(meaning.text, language), now, language)
    return replace(meaning, readings=(), about=IntentReading(intents, (), fitting(details, intents)))


def would_be_read(
    example: str,
    meant: str,
    *,
    now: datetime,
    taught: Mapping[str, str] | None = None,
    language: str = "en",
) -> bool:
    """Whether an example is read as ``meant``: as things are, or with what a network taught.

    An answer is tried on a plain question ("Can we expect you?"), an intent as a first text. False says that
    the example would teach something new, or that something stronger (danger, STOP) is heard in it.
    """
    expected = ANSWERS.get(meant)
    asked = (
        () if expected is None else (Question("", AnswerKind.YES_NO, "Can we expect you?", reference=now),)
    )
    meaning = understand(example, asked, now=now, language=language)
    meaning = with_lesson(meaning, asked, taught or {}, now=now, language=language)
    if expected is None:
        return meaning.about is not None and meaning.about.intents[0] == meant
    return any(_same(reading, expected) for _, reading in meaning.readings)


def _same(reading: Reading, expected: Reading) -> bool:
    if isinstance(expected, Answered):
        return isinstance(reading, Answered) and reading.value == expected.value
    return isinstance(reading, Skipped)


def _takes(question: Question, answer: Reading) -> bool:
    return isinstance(answer, Skipped) or question.kind is AnswerKind.YES_NO


def _key(text: str, language: str) -> str:
    words = without_courtesies(heard(text, language), language).replace(" . ", " ")
    return " ".join(words.split())
