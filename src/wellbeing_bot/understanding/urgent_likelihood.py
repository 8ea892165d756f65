"""How likely a text is to be urgent, learned from examples: what no phrase foresaw, the wording may show.

Phrases find what was foreseen. People find words that nobody foresaw, and this adds up what each word, each
few words in a row and each pairing of senses ("not" with "life", "child" with "hitting") has meant in the
examples. The weights are made by ``urgent_learning`` and kept as data beside the vocabulary, so that reading
needs no library and is the same on every machine.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from wellbeing_bot.understanding.meaning import UrgentKind
from wellbeing_bot.understanding.vocabulary import vocabulary

_ROW = 3  # words in a row that are looked at together
_REACH = 4  # words; two senses that stand this far apart are no pair
_LONG = 40  # words; a longer text counts as this long
_PIECE = 4  # letters, spaces among them: what a word that nobody has met before is known by


@dataclass(frozen=True, slots=True)
class UrgentWeights:
    """What each feature adds to the score; a text that scores 0 is as likely urgent as not."""

    made_from: str  # a digest of what it was learned from
    by_feature: Mapping[str, float]


@lru_cache(maxsize=8)
def senses(language: str = "en") -> Mapping[str, tuple[str, ...]]:
    """The senses of each word that has any."""
    found: dict[str, tuple[str, ...]] = {}
    for sense, words in vocabulary("urgent_senses", language)["senses"].items():
        for word in words:
            found[str(word)] = (*found.get(str(word), ()), sense)
    return found


def features(heard: str, language: str = "en") -> dict[str, float]:
    """What is known of a text, from its ``spelling.said`` form with idioms blotted out."""
    known: dict[str, float] = {"always": 1.0}
    listed = senses(language)
    words = heard.split()
    meant = [listed.get(word, ()) for word in words]
    for at, word in enumerate(words):
        row = word
        known[row] = 1.0
        for following in words[at + 1 : at + _ROW]:
            row = f"{row} {following}"
            known[row] = 1.0
        soon = [
            sense
            for place in range(at + 1, min(at + _REACH, len(words)))
            for sense in meant[place] or (words[place],)
        ]
        for first in meant[at] or (word,):
            for second in soon:
                known[f"{first}>{second}"] = 0.7
        for sense in meant[at]:
            known[f"={sense}"] = 1.0
    for at in range(len(heard) - _PIECE + 1):
        known[f"#{heard[at : at + _PIECE]}"] = 0.5
    known["long"] = min(len(words), _LONG) / _LONG
    known[f"long {min(len(words) // 3, 5)}"] = 0.5
    return known


def score(heard: str, language: str = "en") -> float:
    """How far the wording speaks for (above 0) or against (below 0) a text being urgent."""
    weights, known = urgent_weights(language).by_feature, features(heard, language)
    # fsum, because a set has no order and a sum of floats depends on it
    return math.fsum(known[name] * weights[name] for name in known.keys() & weights.keys())


def likely_kind(heard: str, language: str = "en") -> UrgentKind:
    """The kind of danger that the senses of a text point to most."""
    listed = senses(language)
    meant = [sense for word in heard.split() for sense in listed.get(word, ())]
    kinds: dict[str, list[str]] = vocabulary("urgent_senses", language)["kinds"]
    return UrgentKind(max(kinds, key=lambda kind: sum(sense in kinds[kind] for sense in meant)))


@lru_cache(maxsize=8)
def urgent_weights(language: str = "en") -> UrgentWeights:
    """The weights of a language, as ``urgent_learning`` wrote them."""
    source = files("wellbeing_bot.understanding") / "vocabulary" / language / "urgent_weights.json"
    content: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    shared = {weight: weight / 100 for weight in content["weights"].values()}  # one object for each number
    return UrgentWeights(
        made_from=content["made_from"],
        by_feature={name: shared[weight] for name, weight in content["weights"].items()},
    )
