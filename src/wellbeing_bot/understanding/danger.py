"""How much the wording of a text speaks for danger, where no phrase of the vocabulary says so outright.

People in danger write in more ways than any list holds. What is learned from examples is which words, and
which kinds of words near each other, such texts have in common. The weights are data made by ``learn_danger``;
reading needs no library and gives the same on every machine. What it finds counts as uncertain: the numbers
are given gently and a person is told.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from wellbeing_bot.understanding.meaning import UrgentKind
from wellbeing_bot.understanding.vocabulary import vocabulary

NEAR = 5
"""Words apart that two kinds may stand and still be taken together."""

PIECE = 4
"""Letters of the pieces of a word, so that a misspelt one is not lost altogether."""


@dataclass(frozen=True, slots=True)
class Weights:
    """``danger`` adds up to how dangerous a wording is; ``kinds`` to which kind it is, in their order."""

    always: float
    enough: float
    danger: Mapping[str, float]
    order: tuple[UrgentKind, ...]
    kinds: Mapping[str, Sequence[float]]
    made_from: str


@lru_cache(maxsize=8)
def kinds_of_words(language: str) -> Mapping[str, tuple[str, ...]]:
    """Each word's kinds."""
    found: dict[str, list[str]] = {}
    for kind, words in vocabulary("danger_kinds", language)["kinds"].items():
        for word in words:
            found.setdefault(str(word), []).append(kind)
    return {word: tuple(kinds) for word, kinds in found.items()}


@lru_cache(maxsize=8)
def weights(language: str) -> Weights:
    """The learned weights of a language."""
    source = files("wellbeing_bot.understanding") / "vocabulary" / language / "danger_weights.json"
    stored = json.loads(source.read_text(encoding="utf-8"))
    return Weights(
        always=stored["always"],
        enough=stored["enough"],
        danger=stored["danger"],
        order=tuple(UrgentKind(kind) for kind in stored["order"]),
        kinds=stored["kinds"],
        made_from=stored["made_from"],
    )


def features(heard: str, language: str = "en") -> set[str]:
    """What a text is made of: words, their neighbours, pieces of long words, kinds of words near each other.

    Args:
        heard: the text in one spelling, as ``spelling.said`` gives it.
    """
    words = heard.split()
    known = kinds_of_words(language)
    kinds = [known.get(word, ()) for word in words]
    found = set(_of_words(words))
    for here, ours in enumerate(kinds):
        if not ours:
            continue
        nearby = {kind for theirs in kinds[here + 1 : here + 1 + NEAR] for kind in theirs}
        for kind in ours:
            found.add(f"@{kind}")
            found.update(f"@{kind}@{other}" for other in nearby)
            if here + 1 < len(words):
                found.add(f"@{kind} {words[here + 1]}")
            if here:
                found.add(f"{words[here - 1]} @{kind}")
    return found


def _of_words(words: Sequence[str]) -> Iterator[str]:
    for here, word in enumerate(words):
        if word != ".":
            yield word
        if here:
            yield f"{words[here - 1]} {word}"
        if here > 1:
            yield f"{words[here - 2]} {words[here - 1]} {word}"
        if len(word) > PIECE:
            for start in range(len(word) - PIECE + 1):
                yield f"#{word[start : start + PIECE]}"


def score(heard: str, language: str = "en") -> float:
    """How much the wording speaks for danger: from ``enough`` on, a person should see it."""
    known = weights(language)
    return known.always + total([known.danger[f] for f in features(heard, language) if f in known.danger])


def total(parts: Sequence[float]) -> float:
    """The sum, made comparable between short texts and long ones."""
    return sum(parts) / math.sqrt(len(parts) + 1)


def likeliest_kind(heard: str, language: str = "en") -> UrgentKind:
    """Which kind of danger the wording is most like."""
    known = weights(language)
    sums = [0.0] * len(known.order)
    for feature in features(heard, language):
        for index, weight in enumerate(known.kinds.get(feature, ())):
            sums[index] += weight
    return known.order[max(range(len(sums)), key=sums.__getitem__)]


def wording_is_dangerous(heard: str, language: str = "en") -> UrgentKind | None:
    """The kind of danger that a wording speaks for, or None when it speaks for none."""
    if score(heard, language) < weights(language).enough:
        return None
    return likeliest_kind(heard, language)
