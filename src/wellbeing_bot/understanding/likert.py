"""Reads how often something is so, on a scale of words: by the words, their number or their place.

Words that mean an answer are in ``likert.yaml``; slips of the thumb are allowed for in longer words only,
where no other answer is near.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from wellbeing_bot.understanding.courtesies import without_courtesies
from wellbeing_bot.understanding.meaning import Question, Reading
from wellbeing_bot.understanding.mentions import Mention, settle
from wellbeing_bot.understanding.places import place_mentions
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import Wordings, as_phrases, word_set

_LONG_ENOUGH = 5
_SLIPS = 2
_ALIKE = 82
"""Of 100: how like an option a whole text must be to be taken for a slip of the thumb in it."""


@dataclass(frozen=True, slots=True)
class _Scale:
    book: Wordings
    plain: Mapping[str, str]  # an option in plain words -> the option
    long_words: Mapping[str, str]  # a word of an answer that no other answer has -> the answer


def read_likert(question: Question, said: Said) -> Reading:
    """One of the options, or what is unclear: two of them, a number that is not there, no such word."""
    said = without_courtesies(said)
    scale = _scale(question.options, said.language)
    mentions, places = _word_mentions(said, scale), place_mentions(question, said)
    if mentions and places and places[0].start == 0:  # "3 - some of the time": the two must agree
        mentions = [places[0], *(one for one in mentions if one.start >= places[0].end)]
    mentions = mentions or places or _misspelt(said, scale)
    return settle(said, _without_asides(said, mentions), firm=False)


def _without_asides(said: Said, mentions: list[Mention]) -> list[Mention]:
    """The mentions, without what is said in passing ("Sometimes. When the sun is out mainly")."""
    later = sorted(said.clauses - {0})
    if len(mentions) < 2 or not later or mentions[0].end > said.starts[later[0]] or mentions[0].start > 0:
        return mentions
    alone = said.token_range(mentions[0].start, mentions[0].end).stop == later[0]
    correction = word_set("mentions", said.language, "correction")
    openings = [said.token_range(one.start, one.end).start for one in mentions[1:]]
    opens = any(i in said.clauses or said.tokens[i - 1] in correction for i in openings)
    return mentions[:1] if alone and not opens else mentions


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
    written = " ".join(said.tokens)
    alike = [option for words, option in scale.plain.items() if fuzz.ratio(written, words) >= _ALIKE]
    if len(alike) == 1 and len(written) > _LONG_ENOUGH:
        return [Mention(alike[0], 0, len(said.plain))]
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
    entry: dict[str, Any] = next((s for s in listed.get("scales", ()) if set(s["answers"]) == set(plain)), {})
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
    return _Scale(Wordings(sections, {}), plain, _long_words(sections))


def _long_words(sections: Mapping[str, list[str]]) -> dict[str, str]:
    """The long single words that mean one answer only."""
    means: dict[str, set[str]] = {}
    for option, phrases in sections.items():
        for phrase in phrases:
            for word in phrase.split("|") if " " not in phrase else ():
                means.setdefault(word, set()).add(option)
    return {
        word: options.pop()
        for word, options in means.items()
        if len(options) == 1 and len(word) >= _LONG_ENOUGH and word.isalpha()
    }
