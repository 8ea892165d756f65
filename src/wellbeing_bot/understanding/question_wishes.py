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
def _book(language: str, *sections: str) -> Phrasebook:
    listed = vocabulary("question_wishes", language)
    return Phrasebook([(phrase, at) for at, name in enumerate(sections) for phrase in listed[name]], {})


def read_question_wish(text: str, language: str = "en") -> QuestionWish | None:
    """The wish that a text states, or None. It does not look for STOP or anything urgent: ask those first.

    Raises:
        VocabularyError: there is no vocabulary for the language.
    """
    found = [label for label, _ in _book(language, *QuestionWish).matches(said(text, language))]
    return list(QuestionWish)[min(found)] if found else None


def means_the_one_before(text: str, language: str = "en") -> bool:
    """Whether a text takes back the answer given last, so plainly that it is not an answer to the next.

    Raises:
        VocabularyError: there is no vocabulary for the language.
    """
    return _book(language, "the_one_before").found(said(text, language))
