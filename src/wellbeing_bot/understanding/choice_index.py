"""What can be said of the options of one question: their words, days, dates and times, and what is alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import TypeVar

from rapidfuzz.distance import OSA

from wellbeing_bot.understanding.day_words import with_day_words
from wellbeing_bot.understanding.said import cut
from wellbeing_bot.understanding.times import possible_times, respelt_times
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import Wordings, as_phrases, word_set

Options = frozenset[str]
_K = TypeVar("_K")

_ENDINGS = ("ings", "ing", "ers", "er", "ies", "ed", "es", "s")
_SHORTEST_STEM = 3
_SHORTEST_SLIP = 4
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
        for token in [token for token in own if token not in empty] or own:
            words.setdefault(stem(token), set()).add(option)
    whole |= {" ".join(cut(way, language).tokens): option for option, ways in aliases for way in ways}
    alike, alike_of = _alike(words, language)
    return Index(
        whole={said: option for said, option in whole.items() if said},
        words=_frozen(words),
        aliases=Wordings({option: as_phrases(*(cut(way) for way in ways)) for option, ways in aliases}, {}),
        alike=alike,
        alike_of=alike_of,
        weekdays=_frozen(weekdays),
        days=_frozen(days),
        months=_frozen(months),
        times=_frozen(times),
    )


def _alike(words: Mapping[str, set[str]], language: str) -> tuple[Wordings, dict[str, Options]]:
    """The phrases for things that the options have, where not all of them have it."""
    phrases: dict[str, Sequence[str]] = {}
    fits: dict[str, Options] = {}
    every = set().union(*words.values()) if words else set()
    for number, line in enumerate(vocabulary("choice", language)["alike"]):
        having = set().union(*(words.get(stem(word), set()) for word in line["of"]))
        if having and having != every:
            phrases[str(number)], fits[str(number)] = line["also"], frozenset(having)
    return Wordings(phrases, {}), fits


def _frozen(sets: Mapping[_K, set[str]]) -> dict[_K, Options]:
    return {key: frozenset(options) for key, options in sets.items()}


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending: "knitting" and "knits" as "knit"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    if len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "lse":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > _SHORTEST_STEM + 1 else word


def slip_of(token: str, index: Index, language: str) -> Options:
    """The options whose word a misspelt word is near to; none when it is near to several words."""
    if len(token) < _SHORTEST_SLIP - 1 or token in word_set("name", language, "no_names"):
        return frozenset()
    short = stem(token)
    near: set[Options] = set()
    for word, options in index.words.items():
        allowed = 2 if len(word) > 6 else 1 if len(word) >= _SHORTEST_SLIP else 0
        if allowed and word[0] == token[0] and OSA.distance(short, word, score_cutoff=allowed) <= allowed:
            near.add(options)
    return near.pop() if len(near) == 1 else frozenset()
