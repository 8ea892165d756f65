"""Every line of the vocabulary of answers can be read, also those that few questions use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.vocabulary import VocabularyError, vocabulary
from wellbeing_bot.understanding.wordings import wordings

WITH_PHRASES = ["yes_no", "yes_no_topics", "access_needs", "phone", "skipping", "corrections"]


def phrases(content: Any) -> Iterator[str]:
    """Every phrase in a part of a file, however deep."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        for entry in content:
            yield from phrases(entry)
    elif isinstance(content, dict):
        for name, entry in content.items():
            if name != "words":
                yield from phrases(entry)


@pytest.mark.parametrize("topic", WITH_PHRASES)
def test_every_phrase_can_be_looked_for(topic: str) -> None:
    words = vocabulary("yes_no" if topic.startswith("yes_no") else topic).get("words", {})
    assert Phrasebook([(phrase, 0) for phrase in phrases(vocabulary(topic))], words)


def test_every_description_of_an_option_can_be_looked_for() -> None:
    for line in vocabulary("choice")["alike"]:
        assert Phrasebook([(phrase, 0) for phrase in line["also"]], {})


def test_every_way_of_saying_how_often_can_be_looked_for() -> None:
    listed = vocabulary("likert")
    assert Phrasebook([(phrase, 0) for phrase in phrases(listed["anywhere"])], {})
    for scale in listed["scales"]:
        assert set(scale["means"]) <= set(scale["answers"])
        assert Phrasebook([(phrase, 0) for phrase in phrases(scale["means"])], {})


def test_a_word_that_lacks_its_quotes_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "wellbeing_bot.understanding.wordings.vocabulary",
        lambda topic, language: {"words": {}, "said": [True]},
    )
    with pytest.raises(VocabularyError, match=r"made_up\.yaml, said: write quotes"):
        wordings("made_up", "en", "said")
