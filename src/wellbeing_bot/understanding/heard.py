"""A text as the readers of intents hear it: in one spelling, with slips in ordinary words put right.

``spelling.said`` puts right the words that matter for safety. Here any word that the vocabulary of intents
does not know is taken for the one it does know that is a slip of the thumb away ("volunter", "weelchair").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from wellbeing_bot.understanding.spelling import said
from wellbeing_bot.understanding.vocabulary import vocabulary

_LINE_END = re.compile(r"[\r\n]+")
_WORD = re.compile(r"[a-z][a-z']*")
_SHORTEST_MENDED = 5  # shorter words are too easily another word: "lift" and "left"
_SHORTEST_TWO_SLIPS = 9
_CUES = ("intents", "groups", "concerns", "details")
_PICTURE = "picture"


def heard(text: str, language: str = "en") -> str:
    """The text as `` . word word . ``; a new line ends a sentence, a picture is a word for what it shows."""
    line = said(_pictured(_LINE_END.sub(" . ", text), language), language)
    return " ".join(word if word in _known(language) else _mended(word, language) for word in line.split(" "))


def _pictured(text: str, language: str) -> str:
    if text.isascii():
        return text
    signs = _signs(language)
    return "".join(
        f" {signs.get(sign, _PICTURE)} " if unicodedata.category(sign) == "So" else sign for sign in text
    )


@lru_cache(maxsize=8)
def _signs(language: str) -> dict[str, str]:
    pictures: Mapping[str, str] = vocabulary("everyday", language)["pictures"]
    return {sign: word for word, signs in pictures.items() for sign in signs}


@lru_cache(maxsize=8192)
def _mended(word: str, language: str) -> str:
    """The word of the vocabulary that an unknown word is a slip away from, or the word itself."""
    if len(word) < _SHORTEST_MENDED or not word.isalpha():
        return word
    slips = 1 if len(word) < _SHORTEST_TWO_SLIPS else 2
    near = extractOne(word, _cue_words(language).get(word[0], ()), scorer=OSA.distance, score_cutoff=slips)
    return near[0] if near else word


@lru_cache(maxsize=8)
def _cue_words(language: str) -> dict[str, list[str]]:
    """The words of phrases, by first letter: people rarely get that one wrong."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted({word for name in _CUES for word in _words_in(vocabulary(name, language))}):
        if len(word) >= _SHORTEST_MENDED:
            by_letter.setdefault(word[0], []).append(word)
    return by_letter


@lru_cache(maxsize=8)
def _known(language: str) -> frozenset[str]:
    """Words that are spelt right: those of phrases and examples, and the commonest others."""
    names = (*_CUES, "intent_examples", "everyday", "word_kinds")
    return frozenset(word for name in names for word in _words_in(vocabulary(name, language))) | {"", "."}


def _words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (word.replace("'", "") for word in _WORD.findall(value.lower()))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _words_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words_in(part)
