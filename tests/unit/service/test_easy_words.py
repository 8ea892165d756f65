"""Easy read, as it ships: all of it is there, and all of it is easy."""

from __future__ import annotations

import re
from statistics import mean

import pytest

from wellbeing_bot.app import load_scripts
from wellbeing_bot.channels import gsm7
from wellbeing_bot.config import read_settings
from wellbeing_bot.conversation.reading_age import sentence_lengths
from wellbeing_bot.conversation.script import EASY_READ
from wellbeing_bot.conversation.texts import Entry, entries, sample
from wellbeing_bot.conversation.words import placeholders

USUAL_SENTENCE = 7
"""Words in a sentence of easy read, on average over everything that is said."""

HOW_TO_ADD = """Texts that easy read lacks, or whose English has changed; meanwhile they are said in English.
Run `wellbeing-bot translate`, then write each again in short sentences, one idea in each, in its file under
conversations/locale/en-x-easy/. Where the English is as easy as can be, write the same words."""

NUMBERED = re.compile(r"^\d+\. .*", re.MULTILINE)

Pair = tuple[Entry, str]


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    """Every text with its easy words; empty where there are none."""
    scripts = load_scripts(read_settings(_env_file=None))
    return [(entry, scripts.languages[EASY_READ].words.get(entry.key, "")) for entry in entries(scripts)]


def _parts(entry: Entry, words: str) -> int:
    return gsm7.parts(sample(words, entry.types)).parts


def test_every_text_is_there_in_easy_words(pairs: list[Pair]) -> None:
    missing = [f"{entry.stem}.po: {entry.key}" for entry, words in pairs if not words]
    assert not missing, f"{HOW_TO_ADD}\n" + "\n".join(missing)


def test_easy_words_cost_no_more_than_english(pairs: list[Pair]) -> None:
    dearer = [entry.key for entry, words in pairs if _parts(entry, words) > _parts(entry, entry.text)]
    assert dearer == []


def test_easy_words_say_every_fact_that_the_english_says(pairs: list[Pair]) -> None:
    other = [
        entry.key
        for entry, words in pairs
        if words and sorted(placeholders(words)) != sorted(placeholders(entry.text))
    ]
    assert other == []


def test_easy_words_keep_the_numbers_that_people_answer_with(pairs: list[Pair]) -> None:
    """The lines are the options' own words, which a person may type as well."""
    other = [
        entry.key
        for entry, words in pairs
        if words and NUMBERED.findall(words) != NUMBERED.findall(entry.text)
    ]
    assert other == []


def test_easy_sentences_are_half_as_long_as_they_may_be(pairs: list[Pair]) -> None:
    lengths = [length for _, words in pairs for length in sentence_lengths(words)]
    assert mean(lengths) <= USUAL_SENTENCE
