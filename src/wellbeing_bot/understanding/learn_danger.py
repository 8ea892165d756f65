"""Learns from examples how much each word, and each pair of kinds of words, speaks for danger.

Run ``make learn`` after any change to the examples or to ``danger_kinds.yaml``; a test says when that was
forgotten. Logistic regression with AdaGrad steps (Duchi, Hazan and Singer, 2011), written out here because it
is a page and must give the same weights on every machine.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

from wellbeing_bot.understanding.danger import features
from wellbeing_bot.understanding.meaning import UrgentKind
from wellbeing_bot.understanding.spelling import said

Example = tuple[str, str]  # the text, and the kind of danger or "none"

ROUNDS = 12
STEP = 0.5
SHRINK = 1e-3
SEEN_AT_LEAST = 2
KEPT_FROM = 0.15
ENOUGH = 1.3
"""Chosen on the half that is there to build with, by five-fold comparison: see docs/understanding.md."""


def examples(folder: Path) -> list[Example]:
    """The examples of a folder of text sets: urgent ones, and all that only sounds so."""
    found: list[Example] = []
    for row in _rows(folder / "crisis.jsonl"):
        if not row.get("borderline"):
            found.append((str(row["text"]), str(row["kind"]) if row["crisis"] else "none"))
    for row in _rows(folder / "first_messages.jsonl"):
        if row["intent"] not in {"crisis", "medical_emergency"}:
            found.append((str(row["text"]), "none"))
    for row in _rows(folder / "answers.jsonl"):
        if row["expect"] != {"interrupt": "crisis"} and len(str(row["text"]).split()) > 2:
            found.append((str(row["text"]), "none"))
    return found


def _rows(file: Path) -> Iterable[dict[str, object]]:
    return map(json.loads, file.read_text(encoding="utf-8").splitlines())


def digest(taught: Sequence[Example], language: str = "en") -> str:
    """A short digest of everything that the weights are learned from."""
    source = files("wellbeing_bot.understanding") / "vocabulary" / language / "danger_kinds.yaml"
    content = source.read_bytes().replace(b"\r\n", b"\n")
    return hashlib.sha256(content + repr(list(taught)).encode()).hexdigest()[:16]


def learn(taught: Sequence[Example]) -> dict[str, object]:
    """The weights, ready to be written as JSON."""
    texts = [(sorted(features(said(text))), kind) for text, kind in taught]
    seen = Counter(feature for found, _ in texts for feature in found)
    texts = [([f for f in found if seen[f] >= SEEN_AT_LEAST], kind) for found, kind in texts]
    always, danger = _danger([(found, kind != "none") for found, kind in texts])
    kept = {feature: round(weight, 2) for feature, weight in danger.items() if abs(weight) >= KEPT_FROM}
    order = [kind.value for kind in UrgentKind]
    return {
        "made_from": digest(taught),
        "always": round(always, 3),
        "enough": ENOUGH,
        "order": order,
        "danger": dict(sorted(kept.items())),
        "kinds": _kinds([(found, kind) for found, kind in texts if kind != "none"], order),
    }


def _danger(texts: list[tuple[list[str], bool]]) -> tuple[float, dict[str, float]]:
    dice = random.Random(1)
    weight: dict[str, float] = defaultdict(float)
    walked: dict[str, float] = defaultdict(lambda: 1e-6)
    always = 0.0
    urgent = sum(dangerous for _, dangerous in texts)
    rarer = (len(texts) - urgent) / urgent
    texts = list(texts)
    for _ in range(ROUNDS):
        dice.shuffle(texts)
        for found, dangerous in texts:
            scale = 1 / math.sqrt(len(found) + 1)
            reached = always + scale * sum(weight[f] for f in found)
            likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, reached))))
            slope = (likely - dangerous) * (rarer if dangerous else 1.0)
            always -= 0.05 * slope
            for feature in found:
                step = slope * scale + SHRINK * weight[feature]
                walked[feature] += step * step
                weight[feature] -= STEP * step / math.sqrt(walked[feature])
    return always, dict(weight)


def _kinds(texts: list[tuple[list[str], str]], order: Sequence[str]) -> dict[str, list[float]]:
    """How much each feature speaks for each kind: the logarithm of how much likelier it is there."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in order}
    sizes = Counter(kind for _, kind in texts)
    for found, kind in texts:
        counts[kind].update(found)
    total = Counter(feature for found, _ in texts for feature in found)
    table: dict[str, list[float]] = {}
    for feature, times in sorted(total.items()):
        if times < 4:
            continue
        rest = times / len(texts)
        row = [
            round(math.log((counts[kind][feature] + rest) / (sizes[kind] + 1) / rest), 1) for kind in order
        ]
        if max(map(abs, row)) >= 0.5:
            table[feature] = row
    return table


def main(sets: Path, out: Path) -> None:
    """Learn from the folder ``sets`` and write the weights to ``out``."""
    learned = learn(examples(sets))
    out.write_text(json.dumps(learned, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    here = Path(__file__).resolve()
    main(
        here.parents[3] / "tests" / "understanding" / "build",
        here.parent / "vocabulary" / "en" / "danger_weights.json",
    )
