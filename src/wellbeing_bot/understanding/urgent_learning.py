"""Learns from examples how much each feature of a text speaks for danger.

Run ``python -m wellbeing_bot.understanding.urgent_learning FILE...`` after any change to the examples
(``vocabulary/<language>/urgent_examples.yaml``), the senses or the idioms; FILEs are samples to learn from
too. Logistic regression by stochastic gradient descent, written out here because it is short and must give
the same weights on every machine. Urgent and harmless examples weigh the same together, however many.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from wellbeing_bot.understanding.meaning import Intent
from wellbeing_bot.understanding.phrases import lines
from wellbeing_bot.understanding.urgent import without_idioms
from wellbeing_bot.understanding.urgent_likelihood import UrgentWeights, features
from wellbeing_bot.understanding.vocabulary import vocabulary

Example = tuple[str, bool]
"""A text, and whether it is urgent."""

_URGENT = (Intent.CRISIS, Intent.MEDICAL_EMERGENCY)
_ROUNDS = 20
_STEP = 0.1
_PULL = 0.5
"""How strongly each weight is drawn to nothing, shared out over the examples that have its feature."""

_LEAST_SEEN = 2
_SMALLEST_KEPT = 0.04
_SEED = 1


def examples(language: str = "en") -> list[Example]:
    """The vocabulary's own examples, those of intents among them, for what people text is mostly harmless."""
    listed: dict[str, str] = vocabulary("urgent_examples", language)
    intents: dict[str, list[str]] = vocabulary("intent_examples", language)
    urgent = [(text, kind != "harmless") for kind, block in listed.items() for text in lines(block)]
    return urgent + [(text, intent in _URGENT) for intent, texts in intents.items() for text in texts]


def samples(file: Path) -> list[Example]:
    """The lines of a sample file of any of the three shapes."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(str(row["text"]), _is_urgent(row)) for row in rows if not row.get("borderline")]


def _is_urgent(row: dict[str, object]) -> bool:
    expected = row.get("expect")
    if isinstance(expected, dict):
        return expected.get("interrupt") == "crisis"
    return bool(row.get("crisis")) or row.get("intent") in _URGENT


def learn(taught: Sequence[Example], language: str = "en", made_from: str = "") -> UrgentWeights:
    """Weights that fit the examples without fitting any one of them too well."""
    known = [(features(without_idioms(text, language), language), urgent) for text, urgent in taught]
    times = Counter(name for one, _ in known for name in one)
    names = [name for name, seen in times.items() if seen >= _LEAST_SEEN]
    place = {name: at for at, name in enumerate(names)}
    rows = [([(place[n], v) for n, v in one.items() if n in place], urgent) for one, urgent in known]
    of_urgent = sum(urgent for _, urgent in rows) or 1
    share = {True: len(rows) / (2 * of_urgent), False: len(rows) / (2 * max(len(rows) - of_urgent, 1))}
    pull = [_PULL / times[name] for name in names]
    weights = [0.0] * len(names)
    settled = [1e-6] * len(names)
    order = random.Random(_SEED)
    for _ in range(_ROUNDS):
        order.shuffle(rows)
        for one, urgent in rows:
            said = sum([value * weights[at] for at, value in one])
            off = (1 / (1 + math.exp(-max(-30.0, min(30.0, said)))) - urgent) * share[urgent]
            for at, value in one:
                slope = off * value + pull[at] * weights[at]
                settled[at] += slope * slope
                weights[at] -= _STEP * slope / math.sqrt(settled[at])
    kept = {name: w for name, w in zip(names, weights, strict=True) if abs(w) >= _SMALLEST_KEPT}
    return UrgentWeights(made_from, kept)


def digest(taught: Sequence[Example]) -> str:
    """A short digest of examples, to tell whether the weights are older than the vocabulary's."""
    return hashlib.sha256(repr(sorted(taught)).encode()).hexdigest()[:16]


def write(weights: UrgentWeights, file: Path) -> None:
    """Writes weights, a feature a line, as hundredths."""
    rows = ",\n".join(
        f"{json.dumps(name)}: {round(weight * 100)}" for name, weight in sorted(weights.by_feature.items())
    )
    file.write_text(f'{{"made_from": "{weights.made_from}", "weights": {{\n{rows}\n}}}}\n', encoding="utf-8")


def main(arguments: Iterable[str]) -> int:
    """Learns from the vocabulary's examples and from sample files, and writes the weights."""
    own = examples()
    taught = own + [example for file in arguments for example in samples(Path(file))]
    write(
        learn(taught, made_from=digest(own)),
        Path(__file__).parent / "vocabulary" / "en" / "urgent_weights.json",
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
