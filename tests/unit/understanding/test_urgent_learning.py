"""What is learned from examples of danger: the same every time, and not forgotten to be learned."""

from __future__ import annotations

import json
from pathlib import Path

from wellbeing_bot.understanding.urgent import without_idioms
from wellbeing_bot.understanding.urgent_learning import digest, examples, learn, samples, write
from wellbeing_bot.understanding.urgent_likelihood import features, score, urgent_weights

TAUGHT = [
    ("he hurts me every night", True),
    ("she hurts me when I am slow", True),
    ("they hurt me and laugh", True),
    ("see you at the lunch on Thursday", False),
    ("the lunch was lovely thank you", False),
    ("lunch for two please", False),
]


def test_what_is_learned_tells_the_examples_apart() -> None:
    weights = learn(TAUGHT).by_feature
    for text, urgent in TAUGHT:
        known = features(without_idioms(text))
        assert (sum(value * weights.get(name, 0.0) for name, value in known.items()) > 0) is urgent


def test_learning_twice_gives_the_same_weights() -> None:
    assert learn(TAUGHT) == learn(TAUGHT)


def test_the_weights_are_no_older_than_the_examples() -> None:
    assert urgent_weights().made_from == digest(examples()), (
        "run the learning again (see urgent_learning.py): the examples have changed since"
    )


def test_the_wording_of_danger_scores_above_that_of_a_plain_question() -> None:
    assert score(without_idioms("he hurts me and I am frightened")) > score(
        without_idioms("what time is lunch")
    )


def test_sample_files_of_each_shape_are_read(tmp_path: Path) -> None:
    rows = [
        {"text": "a", "crisis": True, "kind": "abuse"},
        {"text": "b", "crisis": True, "kind": "abuse", "borderline": True},
        {"text": "c", "intent": "medical_emergency"},
        {"text": "d", "intent": "transport"},
        {"text": "e", "question": {"kind": "yes_no"}, "expect": {"interrupt": "crisis"}},
        {"text": "f", "question": {"kind": "yes_no"}, "expect": True},
    ]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert samples(file) == [("a", True), ("c", True), ("d", False), ("e", True), ("f", False)]


def test_weights_are_written_a_feature_a_line(tmp_path: Path) -> None:
    file = tmp_path / "weights.json"
    write(learn(TAUGHT, made_from="these"), file)
    content = json.loads(file.read_text(encoding="utf-8"))
    assert content["made_from"] == "these"
    assert content["weights"]["lunch"] < 0
