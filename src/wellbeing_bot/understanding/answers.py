"""Reads a reply to one question that is waiting.

The order is fixed: what is urgent, then STOP and the wish for a person, then what is no answer (skip, "what
do you mean?", cancel), then a correction of the answer before, then the answer itself. What is not certain is
``Unclear``; a value is never guessed into the record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from wellbeing_bot.understanding.access_needs import read_access_needs
from wellbeing_bot.understanding.choice import read_choice
from wellbeing_bot.understanding.commands import read_command
from wellbeing_bot.understanding.corrections import read_correction
from wellbeing_bot.understanding.dates import read_date
from wellbeing_bot.understanding.free_text import read_free_text
from wellbeing_bot.understanding.likert import read_likert
from wellbeing_bot.understanding.meaning import (
    Answered,
    AnswerKind,
    Interrupted,
    InterruptKind,
    Question,
    Reading,
    Unclear,
)
from wellbeing_bot.understanding.name import read_name
from wellbeing_bot.understanding.party_size import read_party_size
from wellbeing_bot.understanding.phone import read_phone
from wellbeing_bot.understanding.postcode import read_postcode
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.scale import read_scale
from wellbeing_bot.understanding.skipping import read_no_answer, read_unanswered
from wellbeing_bot.understanding.times import read_time
from wellbeing_bot.understanding.urgent import read_urgent
from wellbeing_bot.understanding.yes_no import is_plain_no, prepare_topics, read_yes_no

Reader = Callable[[Question, Said], Reading]

LONGEST_REPLY = 150
"""Words of a text that are read as an answer; what follows is handed back with the rest."""

READERS: Mapping[AnswerKind, Reader] = {
    AnswerKind.YES_NO: read_yes_no,
    AnswerKind.CHOICE: read_choice,
    AnswerKind.SCALE_0_10: read_scale,
    AnswerKind.LIKERT: read_likert,
    AnswerKind.NAME: read_name,
    AnswerKind.POSTCODE: read_postcode,
    AnswerKind.DATE: read_date,
    AnswerKind.TIME: read_time,
    AnswerKind.PHONE: read_phone,
    AnswerKind.PARTY_SIZE: read_party_size,
    AnswerKind.ACCESS_NEEDS: read_access_needs,
    AnswerKind.FREE_TEXT: read_free_text,
}


def read_answer(question: Question, text: str, language: str = "en") -> Reading:
    """What ``text`` means as a reply to ``question``. Never raises for any text.

    Raises:
        VocabularyError: there is no vocabulary for the language.
    """
    if read_urgent(text, language, question.kind) is not None:
        return Interrupted(InterruptKind.CRISIS)
    command = command_to(question, text, language)
    if command is not None:
        return Interrupted(command)
    return read_reply(question, cut(text, language))


def command_to(question: Question, text: str, language: str = "en") -> InterruptKind | None:
    """The command that a reply gives. A plain no ("not needed") answers a yes-or-no question, and is none."""
    command = read_command(text, answering=True, language=language)
    if command is InterruptKind.CANCEL and question.kind is AnswerKind.YES_NO:
        return None if is_plain_no(question, cut(text, language)) else command
    return command


def read_reply(question: Question, said: Said) -> Reading:
    """What a reply means that is known to be neither urgent nor a command."""
    if len(said.tokens) <= LONGEST_REPLY or question.kind is AnswerKind.FREE_TEXT:
        return _read(question, said)
    reading = _read(question, said.part(0, LONGEST_REPLY))
    if isinstance(reading, Answered):
        further = said.without(range(LONGEST_REPLY))
        return replace(reading, rest=f"{reading.rest} {further}".strip())
    return reading


def _read(question: Question, said: Said) -> Reading:
    if not said.tokens or _is_an_option(question, said):
        return READERS[question.kind](question, said)
    instead = read_no_answer(question, said)
    if instead is not None:
        return instead
    reader = READERS[question.kind]
    if question.previous_answer is not None:
        corrected = read_correction(question, said, reader)
        if corrected is not None:
            return corrected
    reading = reader(question, said)
    if reading == Unclear():  # nothing in the text was of the kind that was asked for
        return read_unanswered(question, said) or reading
    return reading


def _is_an_option(question: Question, said: Said) -> bool:
    """Whether the text is an option as it was offered ("Prefer not to say")."""
    return said.tokens in _option_words(question.options, said.language)


@lru_cache(maxsize=256)
def _option_words(options: tuple[str, ...], language: str) -> frozenset[tuple[str, ...]]:
    return frozenset(cut(option, language).tokens for option in options)


def prepare(language: str = "en") -> None:
    """Read the vocabulary and build what is built once, so that the first text is read as fast as the next.

    Raises:
        VocabularyError: there is no vocabulary for the language, or it cannot be read.
    """
    now = datetime(2026, 1, 5, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    for kind in AnswerKind:
        for prompt in ("Can we expect you? Shall we stop?", "Do you need a lift? Is that right?"):
            question = Question(
                "", kind, prompt, options=("Often", "Never"), reference=now, sender="+447700900123"
            )
            for text in ("hello 07700 900123 on monday at 10", "this one"):
                read_answer(question, text, language)
    prepare_topics(language)
