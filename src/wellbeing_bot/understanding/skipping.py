"""Replies that are no answer to the question that is waiting: skip, "what do you mean?", cancel, back.

Some count whatever else the text says, and some only where the text holds no answer: "don't bother" is
calling off, "don't bother with the lift, I'll come at 10" is a time.
"""

from __future__ import annotations

from functools import lru_cache

from wellbeing_bot.understanding.courtesies import without_courtesies
from wellbeing_bot.understanding.meaning import (
    AnswerKind,
    Interrupted,
    InterruptKind,
    Question,
    Reading,
    Skipped,
)
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.wordings import wordings
from wellbeing_bot.understanding.yes_no import asks_to_end

_ALWAYS = ("skip", "asked_back", "cancel_always", "back")
_UNLESS_YES_NO = "skip_unless_yes_no"
_READINGS: dict[str, Reading] = {
    "skip": Skipped(),
    _UNLESS_YES_NO: Skipped(),
    "asked_back": Interrupted(InterruptKind.HELP),
    "asks": Interrupted(InterruptKind.HELP),
    "cancel_always": Interrupted(InterruptKind.CANCEL),
    "cancel_unless_answered": Interrupted(InterruptKind.CANCEL),
    "cancel_coming": Interrupted(InterruptKind.CANCEL),
    "back": Interrupted(InterruptKind.BACK),
}
_NO_IS_AN_ANSWER = frozenset({AnswerKind.YES_NO, AnswerKind.ACCESS_NEEDS, AnswerKind.PARTY_SIZE})

_SHORT = 8
"""Words: a longer reply to a question that takes own words is an answer to it, however it starts."""
_ABOUT_COMING = frozenset({AnswerKind.DATE, AnswerKind.TIME, AnswerKind.PARTY_SIZE, AnswerKind.ACCESS_NEEDS})


def read_no_answer(question: Question, said: Said) -> Reading | None:
    """What a text is when it is no answer, whatever else it says; None when it may be an answer."""
    said = without_courtesies(said)
    offers_it = asks_to_end(question.prompt, said.language) or offers_to_cancel(
        question.options, said.language
    )
    sections = [name for name in _ALWAYS if name != "cancel_always" or not offers_it]
    if question.kind not in _NO_IS_AN_ANSWER:
        sections.append(_UNLESS_YES_NO)
    if wordings("skipping", said.language, "not_asked_back").find(said):
        sections.remove("asked_back")
    if question.kind is AnswerKind.FREE_TEXT and len(said.tokens) > _SHORT:
        return None
    found = wordings("skipping", said.language, *sections).find(said)
    return _READINGS[found[0].section] if found else None


@lru_cache(maxsize=256)
def offers_to_cancel(options: tuple[str, ...], language: str) -> bool:
    """Whether one of the options is itself to cancel something."""
    return any(
        wordings("skipping", language, "offering_to_cancel").find(cut(option, language)) for option in options
    )


def read_unanswered(question: Question, said: Said) -> Reading | None:
    """What a text is that held no answer: a question back, or calling off; None when neither."""
    if question.kind is AnswerKind.FREE_TEXT:
        return None
    said = without_courtesies(said)
    sections = [] if question.kind is AnswerKind.YES_NO else ["cancel_unless_answered"]
    if question.kind in _ABOUT_COMING:
        sections.append("cancel_coming")
    if not wordings("skipping", said.language, "not_asked_back").find(said):
        sections.append("asks")
    found = wordings("skipping", said.language, *sections).find(said) if sections else []
    return _READINGS[found[0].section] if found else None
