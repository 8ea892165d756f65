"""Reads a yes or a no. Words are looked up, never guessed by likeness: "nope" and "noon" are too close.

What people mean depends on the question: "keep sending" is a no to "Shall we stop sending?", and "I've got
the dentist" is a no to "Can we expect you?". ``vocabulary/<language>/yes_no_topics.yaml`` says which
questions have words of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wellbeing_bot.understanding.courtesies import rest_of, without_courtesies
from wellbeing_bot.understanding.meaning import Answered, Question, Reading, Unclear
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import Found, Wordings, word_set, wordings

_TOPICAL = ("means_yes", "means_no")
_GENERAL = ("yes_phrase", "no_phrase", "no_but")
_STRICT = ("yes_phrase", "no_phrase")
_SIGN = {
    "means_yes": True,
    "means_no": False,
    "yes_words": True,
    "no_words": False,
    "yes_phrase": True,
    "no_phrase": False,
    "no_but": False,
    "weak_yes": True,
}
_OPENERS = ("yes_words", "no_words")
_NEAR = 2
"""How many words may stand between a yes and a "maybe" that takes it back ("yes, probably")."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What to look for in an answer to one question."""

    books: tuple[Wordings, ...]
    alone: bool  # short answers ("i do", "busy") may be read as they stand
    turned: bool  # the question asks about something not being so
    coming: bool  # whether somebody comes: a yes with a "can't" in it is not a yes
    ending: bool  # a yes means that something ends


@dataclass(frozen=True, slots=True)
class _Sign:
    """A yes or a no, and where."""

    value: bool
    section: str
    start: int
    end: int


def read_yes_no(question: Question, said: Said) -> Reading:
    """True, False, or what is unclear: a doubt, a condition, a yes and a no at once."""
    said = without_courtesies(said)
    if not said.tokens:
        return Unclear()
    asked = _asked(question.prompt, said.language)
    found = [one for one in asked.books[0].find(said, *asked.books[1:]) if _counts(said, one)]
    short = _short_answer(said, asked)
    if short and not any(one.section in _TOPICAL for one in found):
        if short.end == len(said.tokens):
            return Answered(short.section == "yes_words")
        found = [short, *(one for one in found if one.start >= short.end)]
    return _weigh(said, found, asked)


def is_plain_no(question: Question, said: Said) -> bool:
    """Whether a reply is, as a whole, a way of saying no to this question ("no need", "not needed")."""
    said = without_courtesies(said)
    short = _short_answer(said, _asked(question.prompt, said.language)) if said.tokens else None
    return short is not None and short.section == "no_words" and short.end == len(said.tokens)


def prepare_topics(language: str) -> None:
    """Build what is looked for in the answers to every sort of question."""
    for name in vocabulary("yes_no_topics", language) or {}:
        _asks(name, language)
        _topic(name, language)
    for only in (True, False):
        _general(only, language)


def asks_to_end(prompt: str, language: str) -> bool:
    """Whether a yes to the question means that something ends ("Shall we cancel your lift?")."""
    return _asked(prompt, language).ending


@lru_cache(maxsize=512)
def _asked(prompt: str, language: str) -> _Asked:
    topics: dict[str, Any] = vocabulary("yes_no_topics", language) or {}
    asked = cut(prompt, language)
    names = tuple(name for name in topics if _asks(name, language).find(asked))
    only = any(topics[name].get("only") for name in names)
    if only:
        names = tuple(name for name in names if topics[name].get("only"))[:1]
    return _Asked(
        books=(*(_topic(name, language) for name in names), _general(only, language)),
        alone="ends" not in names,
        ending="ends" in names,
        turned=any(topics[name].get("turned") for name in names),
        coming="coming" in names,
    )


def _short_answer(said: Said, asked: _Asked) -> Found | None:
    """A short answer ("i do", "busy") that is all of the text, or of its first part, as a plain yes or no."""
    if not asked.alone:
        return None
    end = min((i for i in said.clauses if i), default=len(said.tokens))
    whole = wordings("yes_no", said.language, "whole_yes", "whole_no").whole(said.part(0, end))
    if whole is None:
        return None
    return Found("yes_words" if (whole == "whole_yes") is not asked.turned else "no_words", 0, end)


@lru_cache(maxsize=64)
def _asks(topic: str, language: str) -> Wordings:
    return Wordings({topic: vocabulary("yes_no_topics", language)[topic]["asks"]}, {})


@lru_cache(maxsize=64)
def _topic(name: str, language: str) -> Wordings:
    topic = vocabulary("yes_no_topics", language)[name]
    words = vocabulary("yes_no", language)["words"]
    return Wordings({part: topic[part] or () for part in _TOPICAL}, words)


def _general(only: bool, language: str) -> Wordings:
    """The words of yes_no.yaml, without its sayings where only a topic's own count."""
    sayings = () if only else (*_GENERAL, "condition")
    return wordings("yes_no", language, "nothing", *_OPENERS, *sayings, "weak_yes", "unsure")


def _counts(said: Said, found: Found) -> bool:
    if found.section == "nothing":
        return False
    return found.section != "weak_yes" or found.start in said.clauses


def _weigh(said: Said, found: list[Found], asked: _Asked) -> Reading:
    signs = [
        _Sign(
            _SIGN[one.section] is not (asked.turned and one.section in _GENERAL),
            one.section,
            one.start,
            one.end,
        )
        for one in found
        if one.section in _SIGN
    ]
    signs = _settled(_after_correction(said, signs), asked)
    values = {one.value for one in signs}
    doubts = [one for one in found if one.section in ("unsure", "condition")]
    if not values:
        return Unclear("conditional" if doubts else "not_understood")
    if len(values) == 2:
        return Unclear("two_values", (True, False))
    doubt = _doubt(said, signs, doubts)
    used = (i for one in signs for i in range(one.start, one.end))
    return doubt or Answered(values.pop(), rest=rest_of(said, used))


def _after_correction(said: Said, signs: list[_Sign]) -> list[_Sign]:
    """Only what follows the last "sorry I mean" or the like that stands between two signs."""
    correcting = word_set("yes_no", said.language, "correcting")
    correction = word_set("mentions", said.language, "correction")
    for i in range(len(signs) - 1, 0, -1):
        between = said.tokens[signs[i - 1].end : signs[i].start]
        if not correction.isdisjoint(between) and correcting.issuperset(between):
            return signs[i:]
    return signs


def _settled(signs: list[_Sign], asked: _Asked) -> list[_Sign]:
    """Of a yes and a no the one that counts: strong before weak, an opening word before what follows.

    Unless the question is whether somebody comes or whether something ends: "yes but I can't make it" and
    "yes keep sending" must be asked again.
    """
    strong = [one for one in signs if one.section != "weak_yes"] or signs
    if len({one.value for one in strong}) < 2:
        return strong
    first = strong[0]
    against = {one.section for one in strong if one.value is not first.value}
    strict = {*_OPENERS, *(_STRICT if asked.coming else ()), *(_TOPICAL if asked.ending else ())}
    if first.section in _OPENERS and not against & strict:
        return [one for one in strong if one.value is first.value]
    return strong


def _doubt(said: Said, signs: list[_Sign], doubts: list[Found]) -> Unclear | None:
    """What leaves the answer in the air; nothing does when it ends in "but yes"."""
    first, last = signs[0], signs[-1]
    if last.section in _OPENERS and last.start and said.tokens[last.start - 1] == "but":
        return None
    for one in doubts:
        if one.section == "condition" and first.value:
            return Unclear("conditional", (True,))
        if one.section == "condition" and 0 <= first.start - one.end < _NEAR:  # "if I'm not too tired"
            return Unclear("conditional")
        near = one.start - first.end < (_NEAR if first.value else 1)
        if one.section == "unsure" and (near or first.section not in _OPENERS):
            return Unclear("conditional")
    return None
