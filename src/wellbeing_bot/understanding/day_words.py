"""The words of days and dates in one short spelling, so that patterns can be written for them.

"thurs 3rd of decmber" becomes "W3 3rd of M12", "tmrw" becomes "tomorrow", "pancake day" becomes "N19".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from wellbeing_bot.understanding.named_days import RULES
from wellbeing_bot.understanding.numbers import ordinal_words, with_digits
from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import Wordings, spellings

NAMES = tuple(RULES)
_LONG_ENOUGH = 6
_TENS = {"twenty": 2, "thirty": 3}
_UNITS = frozenset("123456789")


@lru_cache(maxsize=8)
def _short(language: str) -> Mapping[str, str]:
    listed = vocabulary("dates", language)
    short: dict[str, str] = {}
    for kind, letter, first in (("weekdays", "W", 0), ("months", "M", 1)):
        for number, (word, ways) in enumerate(listed[kind].items(), start=first):
            short |= dict.fromkeys((word, *ways), f"{letter}{number}")
            if letter == "W":
                short[f"{word}s"] = f"{letter}{number}s"
    short |= spellings("dates", language, "spellings")
    short |= {
        way: f"{n}th"
        for way, n in ordinal_words(language).items()
        if not way[0].isdigit() and way != "second"
    }
    return short


@lru_cache(maxsize=8)
def _named(language: str) -> Wordings:
    return Wordings(vocabulary("dates", language)["named"], {})


@lru_cache(maxsize=4096)
def _shortened(token: str, language: str) -> str:
    short = _short(language)
    if token in short or len(token) < _LONG_ENOUGH or not token.isalpha():
        return short.get(token, token)
    near: dict[str, int] = {}
    for word, letter in short.items():
        if (
            len(word) >= _LONG_ENOUGH
            and letter[0] in "WM"
            and word[0] == token[0]
            and not letter.endswith("s")
        ):
            slips = OSA.distance(word, token, score_cutoff=2)
            if slips <= (2 if len(word) > _LONG_ENOUGH else 1):
                near[letter] = min(slips, near.get(letter, slips))
    nearest = [letter for letter, slips in near.items() if slips == min(near.values())]
    return nearest[0] if len(nearest) == 1 else token


def with_day_words(said: Said) -> Said:
    """The text in the spelling that the patterns of ``dates`` are written for."""
    tokens = [_split(token, said.language) for token in said.tokens]
    for i in range(len(tokens) - 1):  # "twenty first" is the 21st
        if said.tokens[i] in _TENS and tokens[i + 1].endswith("th") and tokens[i + 1][:-2] in _UNITS:
            tokens[i], tokens[i + 1] = f"{_TENS[said.tokens[i]]}{tokens[i + 1]}", ""
    for one in _named(said.language).find(said):
        tokens[one.start] = f"N{NAMES.index(one.section)}"
        tokens[one.start + 1 : one.end] = [""] * (one.end - one.start - 1)
    return with_digits(said.with_tokens(tuple(tokens)))


def _split(token: str, language: str) -> str:
    """One word in short; "3rddec" and "3dec" come apart."""
    if token[0].isdigit() and not token.isdigit():
        digits = token.rstrip("abcdefghijklmnopqrstuvwxyz")
        letters = token[len(digits) :]
        for ending in ("", "st", "nd", "rd", "th"):
            month = _short(language).get(letters.removeprefix(ending), "")
            if letters.startswith(ending) and digits.isdigit() and month[:1] in ("M", "W"):
                return f"{digits}{ending} {month}"
    return _shortened(token, language)
