"""Reads a whole number from 0 to 10: "7/10", "seven", "about a 7 I suppose", "completely"."""

from __future__ import annotations

import re
from functools import lru_cache

from wellbeing_bot.understanding.courtesies import without_courtesies
from wellbeing_bot.understanding.meaning import Answered, Question, Reading, Unclear
from wellbeing_bot.understanding.mentions import Mention, settle
from wellbeing_bot.understanding.numbers import with_digits
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.wordings import word_set

LOWEST, HIGHEST = 0, 10
_OF_TEN = r"(?:\s*(?:/|out\s*o[fv]?|outof|outta|of|over|oot\s*o)\s*(?:a\s+)?(?:10|ten)\b)?"
_NUMBER = re.compile(
    rf"(?<![\d.,/])(?P<minus>-\s?|minus\s+)?(?P<whole>\d+)(?P<part>[.,]\d+|\s+and\s+a\s+half|\s*1/2|½)?{_OF_TEN}(?P<percent>\s*(?:%|percent|per cent))?(?P<ish>\s?ish)?"
)
_RANGE = re.compile(
    r"(?<![\d.])(\d{1,2})\s*(?:-|/|to|or|and|n|&|,|maybe|perhaps|possibly)\s*(?:maybe |even |perhaps |possibly |an? )?(\d{1,2})(?![\d/])"
)
_APART = re.compile(r"^\W*1\s+0\W*$")
_END_NAMED = re.compile(r"\b(0|10)\s*(?:is|=|means|being|meaning|to)\s*[\"']?([a-z][a-z ]*[a-z])")
_PLUS = re.compile(r"\d\s*\+")


def read_scale(question: Question, said: Said) -> Reading:
    """An integer, or what is unclear: two numbers, a half, a number off the scale, no number."""
    said = without_courtesies(said)
    named = _named_end(question.prompt, said)
    if named is not None:
        return Answered(named)
    said = with_digits(said, alone=True)
    if _APART.match(said.plain):
        return Answered(HIGHEST)
    between = _RANGE.search(said.plain)
    first_part = _first_clause(said)
    if first_part is not None and not between:
        said = first_part
    return settle(said, _mentions(said))


def _first_clause(said: Said) -> Said | None:
    """The text up to the first full stop, when that is a number alone: "3. Was 8 last year"."""
    ends = sorted(said.clauses - {0})
    if not ends:
        return None
    head = without_courtesies(said.part(0, ends[0]))
    rest = said.tokens[ends[0] :]
    if len(head.tokens) == 1 and head.tokens[0].isdigit() and not _also_scores(said, rest):
        return said
    return None


def _also_scores(said: Said, rest: tuple[str, ...]) -> bool:
    return any(token.isdigit() for token in rest)


def _mentions(said: Said) -> list[Mention]:
    counted = word_set("scale", said.language, "counted")
    found: list[Mention] = []
    for match in _NUMBER.finditer(said.plain):
        following = re.match(r"[\s-]*([a-z]+)(?:\s+([a-z]+))?", said.plain[match.end() :])
        if following and not match["ish"]:
            one, two = following.group(1), following.group(2)
            if one in counted or (two and f"{one} {two}" in counted):
                continue
        found.append(_mention(match))
    return found


def _mention(match: re.Match[str]) -> Mention:
    start, end = match.span()
    number = int(match["whole"][:4])
    if match["percent"]:
        tenth = (number // 10,) if number % 10 == 0 and number <= 100 else ()
        return Mention(None, start, end, "not_understood", tenth)
    if match["part"] and match["part"].strip(".,0 "):
        near = tuple(n for n in (number, number + 1) if n <= HIGHEST)
        return Mention(None, start, end, "two_values", near)
    if match["minus"] or not LOWEST <= number <= HIGHEST or len(match["whole"]) > 2:
        return Mention(None, start, end, "out_of_range")
    return Mention(number, start, end)


def _named_end(prompt: str, said: Said) -> int | None:
    """The number whose name is the whole text: "completely", "not at all", "in the middle"."""
    words = " ".join(said.tokens)
    ends = _ends(prompt, said.language)
    if words in ends:
        return ends[words]
    for lead in ("it was ", "i was ", "im ", "i am ", "id say ", "its "):
        if words.startswith(lead) and words[len(lead) :] in ends:
            return ends[words[len(lead) :]]
    return None


@lru_cache(maxsize=256)
def _ends(prompt: str, language: str) -> dict[str, int]:
    ends = {words: 5 for words in word_set("scale", language, "middle")}
    ends |= {words: LOWEST for words in word_set("scale", language, "lowest")}
    ends |= {words: HIGHEST for words in word_set("scale", language, "highest")}
    for number, words in _END_NAMED.findall(cut(prompt).plain):
        ends[words] = int(number)
    return ends
