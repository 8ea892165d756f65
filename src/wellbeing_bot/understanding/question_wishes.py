"""Does a text say something about being asked, rather than answer: no more of this, or not now?"""

from __future__ import annotations

import enum
from functools import lru_cache

from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.spelling import said
from wellbeing_bot.understanding.vocabulary import vocabulary


class QuestionWish(enum.StrEnum):
    """What somebody would like of a set of questions that is under way."""

    NO_MORE = "no_more"
    LATER = "later"


@lru_cache(maxsize=8)
def _book(language: str) -> Phrasebook:
    listed = vocabulary("question_wishes", language)
    return Phrasebook(
        [(phrase, at) for at, wish in enumerate(QuestionWish) for phrase in listed[wish.value]], {}
    )


def read_question_wish(text: str, language: str = "en") -> QuestionWish | None:
    """The wish that a text states, or None. It does not look for STOP or anything urgent: ask those first.

    Raises:
        VocabularyError: there is no vocabulary for the language.
    """
    found = [label for label, _ in _book(language).matches(said(text, language))]
    return list(QuestionWish)[min(found)] if found else None
