"""Learns from examples how much each word and cue speaks for each intent.

Run ``make learn`` after any change to the phrases or examples of intents; a test says when that was
forgotten. Multinomial logistic regression by stochastic gradient descent, written out here because it is
thirty lines and must give the same weights on every machine.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from wellbeing_bot.understanding.intents import known_of
from wellbeing_bot.understanding.learned import Features, Weights, softmax
from wellbeing_bot.understanding.meaning import Intent
from wellbeing_bot.understanding.vocabulary import vocabulary

Example = tuple[str, Intent]

NOT_LEARNED = {Intent.STOP, Intent.CRISIS, Intent.MEDICAL_EMERGENCY}
"""Read by rules alone: what must never be got wrong is not left to likelihood."""

LEARNED = tuple(intent for intent in Intent if intent not in NOT_LEARNED)
_SOURCES = ("intents", "groups", "concerns", "everyday", "word_kinds", "intent_examples")
_SEEN_IN = {"word": 2, "pair": 2, "piece": 4}
"""Examples that a feature must be seen in to be learned from; others always are."""

_ROUNDS = 15
_STEP = 0.3
_SMALLEST_KEPT = 0.05
_SEED = 1


def digest(language: str = "en") -> str:
    """A short digest of everything that the weights are learned from."""
    folder = files("wellbeing_bot.understanding") / "vocabulary" / language
    content = b"".join((folder / f"{name}.yaml").read_bytes().replace(b"\r\n", b"\n") for name in _SOURCES)
    return hashlib.sha256(content).hexdigest()[:16]


def examples(language: str = "en") -> list[Example]:
    """The vocabulary's examples of the intents that are learned."""
    listed: dict[str, list[str]] = vocabulary("intent_examples", language)
    return [
        (text, Intent(name)) for name, texts in listed.items() for text in texts if Intent(name) in LEARNED
    ]


def learn(taught: Sequence[Example], language: str = "en", made_from: str = "") -> Weights:
    """Weights that fit the examples without fitting any one of them too well.

    Each example is learned from twice, with its cues and by its words alone. Phrases are written with
    examples in mind and fit them better than they will fit a new text; so the words must carry their share.
    """
    lines = [
        (known_of(text, language, by_cues=by_cues), LEARNED.index(intent))
        for text, intent in taught
        for by_cues in (True, False)
    ]
    times = Counter(name for known, _ in lines for name in known)
    rare = {name for name in times if times[name] < 2 * _SEEN_IN.get(name.split(" ", 1)[0], 1)}
    lines = [({name: known[name] for name in known if name not in rare}, right) for known, right in lines]
    rows = {name: [0.0] * len(LEARNED) for name in times if name not in rare}
    steps = {name: [1e-6] * len(LEARNED) for name in rows}
    order = random.Random(_SEED)
    for _ in range(_ROUNDS):
        order.shuffle(lines)
        for known, right in lines:
            _one_step(known, right, rows, steps, times)
    kept = {name: row for name, row in rows.items() if max(map(abs, row)) >= _SMALLEST_KEPT}
    return Weights(LEARNED, made_from, kept)


def _one_step(
    known: Features,
    right: int,
    rows: dict[str, list[float]],
    steps: dict[str, list[float]],
    times: Counter[str],
) -> None:
    """Moves the weights of one example's features a little towards the right intent.

    The step of each weight shrinks as it settles (AdaGrad). Each weight is also drawn to nothing, shared out
    over the examples that have its feature, so that a word seen once cannot decide (ridge penalty).
    """
    scores = [sum(value * rows[name][at] for name, value in known.items()) for at in range(len(LEARNED))]
    off = softmax(scores)
    off[right] -= 1.0
    for name, value in known.items():
        row, step = rows[name], steps[name]
        pull = 1.0 / times[name]
        for at, error in enumerate(off):
            slope = error * value + pull * row[at]
            step[at] += slope * slope
            row[at] -= _STEP * slope / step[at] ** 0.5


def write(weights: Weights, file: Path) -> None:
    """Writes weights, a feature a line, as hundredths."""
    lines = ",\n".join(
        f"{json.dumps(name, ensure_ascii=False)}: {[round(each * 100) for each in row]}"
        for name, row in sorted(weights.by_feature.items())
    )
    head = {"intents": list(weights.intents), "made_from": weights.made_from}
    file.write_text(f'{json.dumps(head)[:-1]}, "weights": {{\n{lines}\n}}}}\n', encoding="utf-8")


def main(language: str = "en") -> int:
    """Learns and writes the weights of one language."""
    weights = learn(examples(language), language, digest(language))
    write(weights, Path(__file__).parent / "vocabulary" / language / "intent_weights.json")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:2]))
