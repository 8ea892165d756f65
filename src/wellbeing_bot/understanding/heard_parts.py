"""A text cut where one thing ends and the next begins, so that "not there, but home" is read as two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.vocabulary import VocabularyError, vocabulary

_STOP = re.compile(r" \.")


@lru_cache(maxsize=128)
def book(topic: str, language: str, *path: str) -> Phrasebook:
    """The phrases of one section of a vocabulary file; none in a language that lacks the file."""
    try:
        words = vocabulary(topic, language)
    except VocabularyError:
        return Phrasebook([], {})
    listed = words
    for name in path:
        listed = listed[name]
    return Phrasebook([(phrase, number) for number, phrase in enumerate(listed)], words.get("words", {}))


def clauses(heard: str, between: Phrasebook) -> Iterator[str]:
    """The parts of ``spelling.said``'s text, each cut before a phrase of ``between`` or at a full stop.

    A part begins with the words it was cut at, and is itself in the form that phrases are matched against.
    """
    cuts = {start for start, _ in between.spans(heard)}
    stops = {found.start() for found in _STOP.finditer(heard)}
    for start, end in pairwise(sorted({0, *cuts, *stops, len(heard)})):
        part = heard[start:end].strip(" .")
        if part:
            yield f" . {part} . "
