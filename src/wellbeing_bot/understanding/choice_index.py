"""What can be said of the options of one question: their words, days, dates and times, and what is alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from rapidfuzz.distance import OSA

from wellbeing_bot.understanding.day_words import with_day_words
from wellbeing_bot.understanding.said import cut
from wellbeing_bot.understanding.times import possible_times, respelt_times
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import Wordings, as_phrases, word_set

Options = frozenset[str]
_K = TypeVar("_K")

_ENDINGS = ("ings", "ing", "est", "ers", "er", "ies", "ed", "es", "s")
_UNSTEMMED = frozenset({"evening", "evenings", "morning", "something", "nothing", "anything", "rest", "best"})
_SHORTEST_STEM = 3
_SHORTEST_SLIP = 4
_SHORTEST_DESCRIBING = 6
_WEEKDAY = re.compile(r"W([0-6])")
_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? M(\d+)|M(\d+) (\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Index:
    """Each thing that may be said, and the options it fits."""

    whole: Mapping[str, str]  # the option's own words, or an alias: that option
    words: Mapping[str, Options]  # stem of a word
    aliases: Wordings
    alike: Wordings
    alike_of: Mapping[str, Options]  # label of a phrase found in ``alike``
    describing: Mapping[str, Options]  # the long single words of ``alike``
    weekdays: Mapping[int, Options]
    days: Mapping[int, Options]
    months: Mapping[int, Options]
    times: Mapping[time, Options]


@lru_cache(maxsize=256)
def index_of(
    options: tuple[str, ...], aliases: tuple[tuple[str, tuple[str, ...]], ...], language: str
) -> Index:
    """The index of a question's options. Built once for each set of options."""
    empty = word_set("choice", language, "empty")
    words: dict[str, set[str]] = {}
    weekdays: dict[int, set[str]] = {}
    days: dict[int, set[str]] = {}
    months: dict[int, set[str]] = {}
    times: dict[time, set[str]] = {}
    whole: dict[str, str] = {}
    bare: dict[str, list[str]] = {}
    for option in options:
        said = cut(option, language)
        whole[" ".join(said.tokens)] = option
        whole.setdefault(" ".join(cut(option.split("(")[0], language).tokens), option)
        spelt = with_day_words(said)
        for weekday in _WEEKDAY.findall(spelt.plain):
            weekdays.setdefault(int(weekday), set()).add(option)
        for day, month, month_first, day_last in _DATE.findall(spelt.plain):
            days.setdefault(int(day or day_last), set()).add(option)
            months.setdefault(int(month or month_first), set()).add(option)
        for _, possible in possible_times(respelt_times(said)):
            if len(possible) == 1:
                times.setdefault(possible[0], set()).add(option)
        own = [
            token
            for token, day_word in zip(said.tokens, spelt.tokens, strict=True)
            if token == day_word and not any(map(str.isdigit, token))
        ]
        telling = [token for token in own if token not in empty]
        for token in (*telling, *map("".join, pairwise(telling))):
            words.setdefault(stem(token), set()).add(option)
        if not telling:
            bare[option] = own
    for option, own in bare.items():
        others = {token for other in options if other != option for token in cut(other, language).tokens}
        for token in own:
            if token not in others:
                words.setdefault(stem(token), set()).add(option)
    whole |= {" ".join(cut(way, language).tokens): option for option, ways in aliases for way in ways}
    alike, alike_of, describing = _alike(words, language)
    return Index(
        whole={said: option for said, option in whole.items() if said},
        words=_frozen(words),
        aliases=Wordings(
            {option: as_phrases(*(cut(way) for way in ways)) for option, ways in aliases}, {}, lasting=False
        ),
        alike=alike,
        alike_of=alike_of,
        describing=describing,
        weekdays=_frozen(weekdays),
        days=_frozen(days),
        months=_frozen(months),
        times=_frozen(times),
    )


def _alike(
    words: Mapping[str, set[str]], language: str
) -> tuple[Wordings, dict[str, Options], dict[str, Options]]:
    """The phrases for things that the options have, where not all of them have it."""
    phrases: dict[str, Sequence[str]] = {}
    fits: dict[str, Options] = {}
    describing: dict[str, set[str]] = {}
    every = set().union(*words.values()) if words else set()
    for number, line in enumerate(vocabulary("choice", language)["alike"]):
        having = set().union(*(words.get(stem(word), set()) for word in line["of"]))
        if not having or having == every:
            continue
        phrases[str(number)], fits[str(number)] = line["also"], frozenset(having)
        for phrase in line["also"]:
            for word in phrase.split("|") if " " not in phrase else ():
                if len(word) > _SHORTEST_DESCRIBING:
                    describing.setdefault(word, set()).update(having)
    return Wordings(phrases, {}, lasting=False), fits, _frozen(describing)


def _frozen(sets: Mapping[_K, set[str]]) -> dict[_K, Options]:
    return {key: frozenset(options) for key, options in sets.items()}


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending: "knitting" and "knits" as "knit"."""
    if word in _UNSTEMMED:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "lse":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM + 1 else word


@dataclass(frozen=True, slots=True)
class Slip:
    """The options that a misspelt word points at; weak when it is a word that only describes them."""

    options: Options
    weak: bool


def slip_of(token: str, index: Index, language: str) -> Slip | None:
    """The options whose word a misspelt word is near to; None when it is near to several words or none."""
    if len(token) < _SHORTEST_SLIP - 1 or token in word_set("name", language, "no_names"):
        return None
    short = stem(token)
    named = {options for word, options in index.words.items() if _near(short, word)}
    if len(named) == 1:
        return Slip(named.pop(), weak=False)
    described = {
        options for word, options in index.describing.items() if word[0] == token[0] and _near(token, word)
    }
    return Slip(described.pop(), weak=True) if len(described) == 1 and not named else None


def _near(token: str, word: str) -> bool:
    """Whether one is a slip of the thumb for the other. A first letter is rarely wrong."""
    if len(word) < _SHORTEST_SLIP:
        return False
    allowed = 2 if len(word) > 6 else 1
    if word[0] != token[0]:
        allowed = 1 if len(word) > 5 else 0
    return allowed > 0 and OSA.distance(token, word, score_cutoff=allowed) <= allowed
