"""Numbers in words, as digits: "seven", "twenty one", "the 3rd"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.wordings import spellings, word_set

_TENS = frozenset({"20", "30", "40", "50", "60", "70", "80", "90"})
_ABOUT = "ish"
_UNITS = frozenset("123456789")


def number_words(language: str) -> Mapping[str, str]:
    """How numbers are written, as digits: ``{"seven": "7", ...}``."""
    return spellings("numbers", language, "words")


@lru_cache(maxsize=8)
def ordinal_words(language: str) -> Mapping[str, int]:
    """How places in a row are written: ``{"third": 3, "3rd": 3, ...}``."""
    return MappingProxyType({way: int(n) for way, n in spellings("numbers", language, "ordinals").items()})


def with_digits(said: Said, *, alone: bool = False) -> Said:
    """The text with its number words as digits. "one" stays a word where it names a thing.

    Args:
        said: the text.
        alone: a text of a single word may also be "to" or "ate" for 2 or 8.
    """
    words = number_words(said.language)
    if not any(token in words or token.endswith(_ABOUT) for token in said.tokens):
        if alone and len(said.tokens) == 1:
            return said.respelt(spellings("numbers", said.language, "alone"))
        return said
    kept = word_set("numbers", said.language, "one_is_no_number_after")
    tokens: list[str] = []
    for i, token in enumerate(said.tokens):
        if token == "one" and i and said.tokens[i - 1] in kept:
            tokens.append(token)
        else:
            tokens.append(words.get(token) or _about(token, words))
    return _joined(said.with_tokens(tuple(tokens)))


def _about(token: str, words: Mapping[str, str]) -> str:
    """ "elevenish" as "11ish"; other words as they are."""
    number = words.get(token.removesuffix(_ABOUT)) if token.endswith(_ABOUT) else None
    return f"{number}{_ABOUT}" if number else token


def _joined(said: Said) -> Said:
    """Twenty and one as 21, where both were words."""
    tokens = list(said.tokens)
    for i in range(len(tokens) - 1):
        words = not said.text[said.spans[i][0]].isdigit() and not said.text[said.spans[i + 1][0]].isdigit()
        if words and tokens[i] in _TENS and tokens[i + 1] in _UNITS and i + 1 not in said.clauses:
            tokens[i], tokens[i + 1] = tokens[i][0] + tokens[i + 1], ""
    return said.with_tokens(tuple(tokens)) if tuple(tokens) != said.tokens else said
