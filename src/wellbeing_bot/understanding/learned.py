"""How likely each intent is, learned from examples: what the cues leave open, the wording decides.

The weights are made by ``learn`` from the vocabulary's examples and kept beside them as data, so that
reading needs no library and gives the same on every machine.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from wellbeing_bot.understanding.cues import Cue, weigh
from wellbeing_bot.understanding.meaning import Intent
from wellbeing_bot.understanding.vocabulary import vocabulary

Features = Mapping[str, float]

CUE_WEIGHTS = {"whole": 2.0, "certain": 1.7, "sure": 1.0, "likely": 0.4, "against": -0.8}
_FADING = 0.5
_MOST = 4
_PIECE = 5
"""Letters in a piece of text: enough to know a word by, however it is spelt or ends."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to each intent, in the order of ``intents``."""

    intents: tuple[Intent, ...]
    made_from: str  # a digest of the phrases and examples it was learned from
    by_feature: Mapping[str, Sequence[float]]


def features(
    heard: str, marked: str, cues: Sequence[Cue], asks: bool, language: str = "en"
) -> dict[str, float]:
    """What is known of a text: its cues, its words, their kinds, pairs and pieces, how it begins, and so on.

    Args:
        heard: the text in one spelling.
        marked: the same with mentions of groups marked.
        cues: the phrases found in it.
        asks: it holds a question mark.
        language: whose kinds of words to use.
    """
    known: dict[str, float] = {"always": 1.0}
    for intent, weight in weigh(list(cues), CUE_WEIGHTS, _FADING).items():
        known[f"weight {intent}"] = max(-2.0, min(weight, 4.0))
    for (intent, level), times in Counter((cue.intent, cue.level) for cue in cues).items():
        known[f"{level} {intent}"] = min(times, _MOST) / 2
    words = heard.split()
    kinds = word_kinds(language)
    for word in words:
        known[f"word {word}"] = 1.0
        for kind in kinds.get(word, ()):
            known[f"kind {kind}"] = 1.0
    marks = marked.split()
    for first, second in pairwise(marks):
        known[f"pair {first} {second}"] = 1.0
    for at in range(len(heard) - _PIECE + 1):
        known[f"piece {heard[at : at + _PIECE]}"] = 1.0
    known[f"begins {' '.join(marks[1:2])}"] = 1.0
    known[f"long {min(len(words) // 4, 6)}"] = 1.0
    if asks:
        known["asks"] = 1.0
    return known


@lru_cache(maxsize=8)
def word_kinds(language: str = "en") -> Mapping[str, tuple[str, ...]]:
    """The kinds that each word is of, so that what is learned of "drive" holds for "ferry"."""
    kinds: dict[str, tuple[str, ...]] = {}
    for kind, words in vocabulary("word_kinds", language).items():
        for word in words.split():
            kinds[word] = (*kinds.get(word, ()), kind)
    return kinds


def likelihood(known: Features, weights: Weights) -> dict[Intent, float]:
    """The probability of each intent; they add up to 1."""
    rows = [
        row if value == 1.0 else [value * each for each in row]
        for name, value in known.items()
        if (row := weights.by_feature.get(name)) is not None
    ]
    scores = [sum(column) for column in zip(*rows, strict=True)]
    return dict(zip(weights.intents, softmax(scores), strict=True))


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities."""
    highest = max(scores)
    parts = [math.exp(score - highest) for score in scores]
    total = sum(parts)
    return [part / total for part in parts]


@lru_cache(maxsize=8)
def learned_weights(language: str = "en") -> Weights:
    """The weights of a language, as ``learn`` wrote them."""
    source = files("wellbeing_bot.understanding") / "vocabulary" / language / "intent_weights.json"
    content: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    # A few hundred different numbers stand in a few hundred thousand places: each is one object.
    shared = {each: each / 100 for row in content["weights"].values() for each in row}
    return Weights(
        intents=tuple(Intent(name) for name in content["intents"]),
        made_from=content["made_from"],
        by_feature={name: [shared[each] for each in row] for name, row in content["weights"].items()},
    )
