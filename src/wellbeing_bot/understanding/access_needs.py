"""Reads what would make it easier for somebody to come, as tags: wheelchair, hearing, no_steps ...

What is denied ("no frame, just a stick") or past ("used to have a frame") is not stored, nor what somebody
else needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from wellbeing_bot.understanding.courtesies import rest_of, without_courtesies
from wellbeing_bot.understanding.meaning import Answered, Question, Reading, Unclear
from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import Found, Wordings, word_set

TAGS = (
    "wheelchair",
    "walking_frame",
    "stick",
    "crutches",
    "scooter",
    "guide_dog",
    "sight",
    "hearing",
    "no_steps",
    "oxygen",
    "carer",
    "toilet",
    "other",
)
NONE = "none"
_LONG_ENOUGH = 6
_SIDE = re.compile(r"[,.;!?()]|\s-\s|\b(?:but|just|only|so|though|because|cos|now|and)\b")
_NEAR = 3
"""How many words may stand between a denial and what it denies ("no need for a wheelchair")."""


@dataclass(frozen=True, slots=True)
class _Context:
    denied: frozenset[str]
    past: re.Pattern[str]
    others: re.Pattern[str]
    doubting: re.Pattern[str]
    not_denying: re.Pattern[str]


def read_access_needs(question: Question, said: Said) -> Reading:
    """A sorted tuple of tags, empty for none, or what is unclear."""
    said = without_courtesies(said)
    said = said.respelt(_slips(said))
    context = _context(said.language)
    plain = " ".join(said.tokens)
    if context.doubting.search(plain):
        return Unclear()
    found = _book(said.language).find(said)
    needs = [one for one in found if one.section != NONE]
    standing = [one for one in needs if not _ruled_out(said, one, context)]
    if any(context.others.search(_part(said, one)) for one in standing):
        return Unclear()
    if standing:
        used = (i for one in found for i in range(one.start, one.end))
        return Answered(tuple(sorted({one.section for one in standing})), rest=rest_of(said, used))
    if needs or any(one.section == NONE for one in found):
        return Answered(()) if needs or _says_none(said, found) else Unclear()
    return Unclear()


def _says_none(said: Said, found: list[Found]) -> bool:
    """Whether a "no" is the answer and not the start of something else that was not understood."""
    last = max(one.end for one in found if one.section == NONE)
    return not rest_of(said, range(last)) or found[0].start == 0


@lru_cache(maxsize=8)
def _book(language: str) -> Wordings:
    listed = vocabulary("access_needs", language)
    return Wordings({**{tag: listed["tags"][tag] for tag in TAGS}, NONE: listed["none"]}, {})


@lru_cache(maxsize=8)
def _context(language: str) -> _Context:
    def either(section: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, word_set('access_needs', language, section)))})\b")

    return _Context(
        denied=word_set("access_needs", language, "denied"),
        past=either("past"),
        others=either("others"),
        doubting=either("doubting"),
        not_denying=either("not_denying"),
    )


@lru_cache(maxsize=8)
def _long_words(language: str) -> tuple[str, ...]:
    return tuple(sorted(word_set("access_needs", language, "slips")))


def _slips(said: Said) -> dict[str, str]:
    """Long words of this topic that are one or two slips away from how they are spelt."""
    slips: dict[str, str] = {}
    words = _long_words(said.language)
    for token in said.tokens:
        if len(token) >= _LONG_ENOUGH and token not in words:
            near = [
                word
                for word in words
                if OSA.distance(token, word, score_cutoff=2) <= (2 if len(word) > 7 else 1)
            ]
            if len(near) == 1:
                slips[token] = near[0]
    return slips


def _ruled_out(said: Said, one: Found, context: _Context) -> bool:
    before = " ".join(said.tokens[max(one.start - _NEAR, 0) : one.start])
    before = _SIDE.split(said.plain[: said.starts[one.start]])[-1]
    close = before.split()[-_NEAR:]
    if not context.denied.isdisjoint(close) and not context.not_denying.search(before):
        return True
    return bool(context.past.search(_part(said, one)))


def _part(said: Said, one: Found) -> str:
    """The part of the sentence that a phrase stands in."""
    start, end = said.starts[one.start], said.starts[one.end - 1]
    return _SIDE.split(said.plain[:start])[-1] + said.plain[start:end] + _SIDE.split(said.plain[end:])[0]
