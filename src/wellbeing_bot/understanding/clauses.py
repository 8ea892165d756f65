"""A text in its parts, so that each can go where it belongs.

Parts end at the end of a sentence, at a new line, at a picture, and at "and" or "but". Whether a part means
anything on its own is for the reader of parts to say; ``joined`` puts back together what does not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from wellbeing_bot.understanding.text import LONGEST, tidy
from wellbeing_bot.understanding.wordings import word_set

_MOST = 12
"""Parts looked at; of a text with more the rest stays one part."""

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=\S)|[\r\n]+")
_ENDS_NOTHING = re.compile(r"(?:^|\s)(?:mr|mrs|ms|dr|st|rev|approx|e\.g|i\.e|no|\w)\.$", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """The sentences of a text as written; a picture ends one too and stays with it."""
    parts: list[str] = []
    for piece in _SENTENCE_END.split(_cut_after_pictures(text[:LONGEST])):
        piece = tidy(piece)
        if not piece:
            continue
        if parts and _ENDS_NOTHING.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {piece}"
        else:
            parts.append(piece)
    return limited(parts)


def clauses(text: str, language: str = "en") -> list[str]:
    """The sentences, cut further where "and" or "but" joins two."""
    joints = _joints(language)
    parts = [part.strip(" ,") for sentence in sentences(text) for part in joints.split(sentence)]
    return limited([part for part in parts if part])


@lru_cache(maxsize=8)
def _joints(language: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(word_set("details", language, "joints"), key=len))
    return re.compile(rf",?\s+(?:{words})\s+|,\s+", re.IGNORECASE)


def _cut_after_pictures(text: str) -> str:
    if text.isascii():
        return text
    return "".join(f"{sign}\n" if unicodedata.category(sign) == "So" else sign for sign in text)


def limited(parts: list[str]) -> list[str]:
    """At most so many parts, so that no text takes long; of more the rest is one part."""
    return [*parts[: _MOST - 1], " ".join(parts[_MOST - 1 :])] if len(parts) > _MOST else parts
