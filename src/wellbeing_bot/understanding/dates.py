"""Reads a day: "weds", "a week on Friday", "the 3rd", "1/12", "bonfire night". Day before month, always.

Every date read is said back. What names no one day ("next week", "after Christmas", Thursday the 4th when
the 4th is a Friday) is asked about.
"""

from __future__ import annotations

from functools import lru_cache

from wellbeing_bot.understanding.day_patterns import find_days
from wellbeing_bot.understanding.day_rules import Today
from wellbeing_bot.understanding.day_words import with_day_words
from wellbeing_bot.understanding.meaning import Question, Reading, Unclear
from wellbeing_bot.understanding.mentions import Mention, settle
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.wordings import endings, openings, word_set, wordings

_WITHIN = 60
"""Characters before a day that are looked at for words like "after"."""


def read_date(question: Question, said: Said) -> Reading:
    """A ``date``, to be read back, or what is unclear. Without a reference no date can be told."""
    if question.reference is None:
        return Unclear()
    past, edges = _asks(question.prompt, said.language)
    said = with_day_words(said)
    found = find_days(said.plain, Today(question.reference.date(), past))
    if not found and _names_a_stretch(said):
        return Unclear("conditional")
    return settle(said, [_edged(said, one, edges) for one in found], read_back=True, engaged=True)


@lru_cache(maxsize=256)
def _asks(prompt: str, language: str) -> tuple[bool, tuple[str, ...]]:
    """Whether a question is about the past, and the words that make a day an edge of a stretch.

    "From Thursday" is no edge where a start is asked for, nor "till Friday" where the question says "until".
    """
    asked = cut(prompt, language)
    past = bool(wordings("dates", language, "asks_past").find(asked))
    starts = bool(wordings("dates", language, "asks_start").find(asked))
    until = word_set("dates", language, "until")
    sections = ("edge_before",) if starts else ("edge_before", "starting")
    if until.isdisjoint(asked.tokens):
        sections = (*sections, "until")
    return past, endings("dates", language, *sections)


def _names_a_stretch(said: Said) -> bool:
    """Whether a text speaks of days without naming one ("in December", "some time next week")."""
    words = f" {' '.join(said.tokens)} "
    if any(f" {vague} " in words for vague in word_set("dates", said.language, "vague")):
        return True
    return any(token[0] == "M" for token in said.tokens if token)


def _edged(said: Said, one: Mention, edges: tuple[str, ...]) -> Mention:
    """The mention, or a vague one where it is only the edge of a stretch ("after the 3rd")."""
    if one.value is None:
        return one
    before = f" {said.plain[max(one.start - _WITHIN, 0) : one.start]}".rstrip(" (")
    before = before.removesuffix(" the").removesuffix(" on")
    before = before.removesuffix(" how about").removesuffix(" what about")
    after = f"{said.plain[one.end : one.end + _WITHIN].lstrip()} "
    if before.endswith(edges) or after.startswith(openings("dates", said.language, "edge_after")):
        return Mention(None, one.start, one.end, "conditional", (one.value,))
    return one
