"""Reads how often something is so, on a scale of words: by the words, their number or their place.

Words that mean an answer are in ``likert.yaml``; slips of the thumb are allowed for in longer words only,
where no other answer is near.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from wellbeing_bot.understanding.courtesies import without_courtesies
from wellbeing_bot.understanding.meaning import Question, Reading, Unclear
from wellbeing_bot.understanding.mentions import Mention, settle
from wellbeing_bot.understanding.places import place_mentions
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import Wordings, as_phrases, word_set

_LONG_ENOUGH = 5
_SLIPS = 2


@dataclass(frozen=True, slots=True)
class _Scale:
    book: Wordings
    long_words: Mapping[str, str]  # a word of an answer that no other answer has -> the answer


def read_likert(question: Question, said: Said) -> Reading:
    """One of the options, or what is unclear: two of them, a number that is not there, no such word."""
    said = without_courtesies(said)
    scale = _scale(question.options, said.language)
    mentions = _word_mentions(said, scale)
    if not mentions:
        mentions = place_mentions(question, said)
    if not mentions:
        mentions = _misspelt(said, scale)
    return settle(said, mentions)


def _word_mentions(said: Said, scale: _Scale) -> list[Mention]:
    turned = word_set("likert", said.language, "turned_by")
    found: list[Mention] = []
    for one in scale.book.find(said):
        start = said.starts[one.start]
        end = said.starts[one.end - 1] + len(said.tokens[one.end - 1])
        before = said.tokens[one.start - 1] if one.start else ""
        if before in turned and one.start not in said.clauses:
            found.append(Mention(None, start, end))
        else:
            found.append(Mention(one.section, start, end))
    return found


def _misspelt(said: Said, scale: _Scale) -> list[Mention]:
    found: list[Mention] = []
    for i, token in enumerate(said.tokens):
        if len(token) < _LONG_ENOUGH:
            continue
        near = {
            option for word, option in scale.long_words.items() if OSA.distance(token, word) <= _allowed(word)
        }
        if len(near) == 1:
            found.append(Mention(near.pop(), said.starts[i], said.starts[i] + len(token)))
    return found


def _allowed(word: str) -> int:
    return _SLIPS if len(word) > _LONG_ENOUGH + 1 else 1


@lru_cache(maxsize=64)
def _scale(options: tuple[str, ...], language: str) -> _Scale:
    listed = vocabulary("likert", language) or {}
    plain = {" ".join(cut(option).tokens): option for option in options}
    entry = next((s for s in listed.get("scales", ()) if set(s["answers"]) == set(plain)), {})
    sections: dict[str, list[str]] = {}
    for words, option in plain.items():
        unless = set(entry.get("unless", {}).get(words, ()))
        general = [phrase for phrase in listed.get("anywhere", {}).get(words, ()) if phrase not in unless]
        own = list(entry.get("means", {}).get(words, ()))
        others = {p for other, listed_ in entry.get("means", {}).items() if other != words for p in listed_}
        sections[option] = [
            *as_phrases(cut(option)),
            *own,
            *(phrase for phrase in general if phrase not in others),
        ]
    return _Scale(Wordings(sections, {}), _own_words(plain))


def _own_words(plain: Mapping[str, str]) -> dict[str, str]:
    own: dict[str, str] = {}
    for words, option in plain.items():
        for word in words.split():
            shared = sum(word in other.split() for other in plain) > 1
            if len(word) >= _LONG_ENOUGH and not shared:
                own[word] = option
    return own
