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
from wellbeing_bot.understanding.wordings import word_set, wordings


def read_date(question: Question, said: Said) -> Reading:
    """A ``date``, to be read back, or what is unclear. Without a reference no date can be told."""
    if question.reference is None:
        return Unclear()
    past, starts = _asks(question.prompt, said.language)
    said = with_day_words(said)
    found = find_days(said.plain, Today(question.reference.date(), past))
    return settle(said, [_edged(said, one, starts) for one in found], read_back=True, engaged=True)


@lru_cache(maxsize=256)
def _asks(prompt: str, language: str) -> tuple[bool, bool]:
    """Whether a question is about the past, and whether it is about a start."""
    asked = cut(prompt, language)
    return (
        bool(wordings("dates", language, "asks_past").find(asked)),
        bool(wordings("dates", language, "asks_start").find(asked)),
    )


def _edged(said: Said, one: Mention, starts: bool) -> Mention:
    """The mention, or a vague one where it is only the edge of a stretch ("after the 3rd")."""
    if one.value is None:
        return one
    before = said.plain[: one.start].rstrip(" (").removesuffix(" the").removesuffix(" on")
    before = before.removesuffix("how about").removesuffix("what about")
    after = said.plain[one.end :].lstrip()
    edges = word_set("dates", said.language, "edge_before")
    if not starts:
        edges |= word_set("dates", said.language, "starting")
    edged = any(before == edge or before.endswith(" " + edge) for edge in edges)
    if edged or after.startswith(tuple(word_set("dates", said.language, "edge_after"))):
        return Mention(None, one.start, one.end, "not_understood", (one.value,))
    return one
