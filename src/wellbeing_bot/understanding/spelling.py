"""One way of writing for what people write in many: text-speak, slips of the thumb, stretched letters.

``said("Im gonna KILL myslef!!")`` is ``" . im going to kill myself . "``: lower case, no apostrophes, one
space between words, a full stop where a sentence begins or ends and nowhere else. Only phrases are looked
for in it; names, numbers and answers are read from the text itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from wellbeing_bot.understanding.text import plain
from wellbeing_bot.understanding.vocabulary import vocabulary

_PIECE = re.compile(r"\.{2,}|\d+(?:[.:]\d+)+|[a-z0-9@$]+(?:['*][a-z0-9@$*]+)*'?|[.!?;\n]")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_SPELT_OUT = re.compile(r"(?<![a-z0-9])(?:[a-z][ .\-*]{1,2}){3,}[a-z](?![a-z0-9])")
_LEET = str.maketrans("01345@$", "oieasas")
_ENDS = frozenset(".!?;")


@lru_cache(maxsize=8)
def _spellings(language: str) -> dict[str, str]:
    return {str(wrong): str(right) for wrong, right in vocabulary("spellings", language)["means"].items()}


@lru_cache(maxsize=8)
def _joined(language: str) -> Mapping[str, str]:
    return {str(two): str(one) for two, one in vocabulary("spellings", language)["joined"].items()}


@lru_cache(maxsize=8)
def _doing(language: str) -> frozenset[str]:
    return frozenset(str(stem) for stem in vocabulary("spellings", language)["doing"])


@lru_cache(maxsize=8)
def _slips(language: str) -> dict[str, str]:
    """One slip of the thumb away from a word that matters: slip -> word."""
    listed = vocabulary("spellings", language)
    leave = set(listed["leave"]) | set(_spellings(language))
    matter = [str(word) for word in listed["matter"]]
    leave.update(matter)
    found: dict[str, str] = {}
    for word in matter:
        for slip in _one_slip(word):
            if slip not in leave:
                found.setdefault(slip, word)
    return found


def _one_slip(word: str) -> set[str]:
    """Each spelling with one letter missing, doubled, changed, added or swapped with its neighbour.

    The first letter stays: people rarely get it wrong, and other words begin with another letter.
    """
    letters = "abcdefghijklmnopqrstuvwxyz"
    slips: set[str] = set()
    for i in range(1, len(word)):
        slips.add(word[:i] + word[i + 1 :])
        if i + 1 < len(word):
            slips.add(word[:i] + word[i + 1] + word[i] + word[i + 2 :])
        for letter in letters:
            slips.add(word[:i] + letter + word[i + 1 :])
            slips.add(word[:i] + letter + word[i:])
    slips.discard(word)
    return slips


@lru_cache(maxsize=20_000)
def _word(word: str, language: str) -> str:
    """What one written word stands for; may be several words."""
    known = _spellings(language)
    if word in known:
        return known[word]
    word = word.replace("'", "").replace("*", "")
    if word in known:
        return known[word]
    if word[-2:] == "in" and word[:-2] in _doing(language):
        return f"{word}g"
    if _STRETCHED.search(word):
        for kept in (r"\1", r"\1\1"):
            short = _STRETCHED.sub(kept, word)
            if short in known or short in _slips(language):
                return known.get(short) or _slips(language)[short]
        word = _STRETCHED.sub(r"\1", word)
    if not word.isalpha() and not word.isdigit():
        letters = word.translate(_LEET)
        if letters.isalpha() and (letters in known or letters in vocabulary("spellings", language)["matter"]):
            return known.get(letters, letters)
        word = "".join(c for c in word if c.isalnum())
    return _slips(language).get(word, word)


@lru_cache(maxsize=128)  # one text is looked at by many, one after the other
def said(text: str, language: str = "en") -> str:
    """The text in one way of writing, as the module says. Never fails; an empty text is ``" . "``."""
    text = plain(text)
    if _SPELT_OUT.search(text):
        text = _SPELT_OUT.sub(lambda found: re.sub(r"[^a-z]", "", found.group()), text)
    pieces: list[str] = ["."]
    joined = _joined(language)
    for piece in _PIECE.findall(text):
        if piece in _ENDS:
            if pieces[-1] != ".":
                pieces.append(".")
        elif piece[0] != ".":
            # A decimal point ends no sentence: 1.9 is one word, written 1p9.
            for word in _word(piece.replace(".", "p").replace(":", "p"), language).split():
                _add(pieces, word, joined)
    if pieces[-1] != ".":
        pieces.append(".")
    return f" {' '.join(pieces)} "


def _add(pieces: list[str], word: str, joined: Mapping[str, str]) -> None:
    """Append a word, as one with the word before where the two are a short form; a word said twice is one."""
    pair = joined.get(f"{pieces[-1]} {word}")
    if pair:
        pieces[-1] = pair
    elif word != pieces[-1]:
        pieces.append(word)
