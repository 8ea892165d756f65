"""Reads a whole number from 0 to 10: "7/10", "seven", "about a 7 I suppose", "completely"."""

from __future__ import annotations

import re
from functools import lru_cache

from wellbeing_bot.understanding.courtesies import without_courtesies
from wellbeing_bot.understanding.meaning import Answered, Question, Reading
from wellbeing_bot.understanding.mentions import Mention, settle
from wellbeing_bot.understanding.numbers import with_digits
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.wordings import endings, openings, word_set

LOWEST, MIDDLE, HIGHEST = 0, 5, 10
_OF_TEN = r"(?:\s*(?:/|out\s*o[fv]?|outof|outt?a|of|over|oot\s*o)\s*(?:a\s+)?(?:10|ten)\b)?"
_NUMBER = re.compile(
    r"(?<![\d.,/])(?P<minus>-\s?|minus\s+)?(?P<whole>\d+)(?P<part>[.,]\d+|\s+and\s+a\s+half|\s*1/2|½)?"
    rf"{_OF_TEN}(?P<of_other>\s?/\s?\d+)?(?P<percent>\s*(?:%|percent|per cent))?(?P<ish>\s?ish)?"
)
_WITHIN = 60
"""Characters around a number that are looked at for what it counts."""
_APART = re.compile(r"^\W*1\s+0\W*$")
_END_NAMED = re.compile(r"\b(0|10)\s*(?:is|=|means|being|meaning|to)\s*[\"']?([a-z][a-z ]*[a-z])")


def read_scale(question: Question, said: Said) -> Reading:
    """An integer, or what is unclear: two numbers, a half, a number off the scale, no number."""
    said = without_courtesies(said)
    named = _named_end(question.prompt, said)
    if named is not None:
        return Answered(named)
    said = with_digits(said, alone=True)
    if _APART.match(said.plain):
        return Answered(HIGHEST)
    mentions = _about_when(question.prompt, said, _mentions(said))
    return settle(said, _without_asides(said, mentions), firm=False)


def _without_asides(said: Said, mentions: list[Mention]) -> list[Mention]:
    """Only the first number where it opens the text and the others tell of something else.

    "8, I had the dentist at 2"; "3. Was 8 last year".
    """
    if len(mentions) < 2 or mentions[0].start > 0:
        return mentions
    if all(_aside(said, one) for one in mentions[1:]):
        return mentions[:1]
    stands_alone = said.token_range(mentions[0].start, mentions[0].end).stop in said.clauses
    told = not word_set("scale", said.language, "told_of_then").isdisjoint(said.tokens)
    return mentions[:1] if stands_alone and told else mentions


def _aside(said: Said, one: Mention) -> bool:
    at = said.token_range(one.start, one.end).start
    return said.tokens[at - 1] in word_set("scale", said.language, "aside_before")


def _about_when(prompt: str, said: Said, mentions: list[Mention]) -> list[Mention]:
    """Of "today 7 yesterday 3" the number of the day that the question asks about."""
    for day in word_set("scale", said.language, "days_asked_about"):
        if len(mentions) > 1 and day in prompt.lower() and day in said.tokens:
            starts = [0, *(one.end for one in mentions)]
            before = [said.plain[a : one.start] for a, one in zip(starts, mentions, strict=False)]
            named = [one for one, words in zip(mentions, before, strict=True) if day in words]
            return named if len(named) == 1 else mentions
    return mentions


def _mentions(said: Said) -> list[Mention]:
    found: list[Mention] = []
    for match in _NUMBER.finditer(said.plain):
        before = f" {said.plain[max(match.start() - _WITHIN, 0) : match.start()]}".rstrip(" -")
        after = f"{said.plain[match.end() : match.end() + _WITHIN].lstrip(' -')} "
        if not match["ish"] and after.startswith(openings("scale", said.language, "counted", "explained")):
            continue
        edged = before.endswith(endings("scale", said.language, "edges"))
        found.append(Mention(None, *match.span()) if edged else _mention(match))
    return found


def _mention(match: re.Match[str]) -> Mention:
    start, end = match.span()
    number = int(match["whole"][:4])
    if match["percent"]:
        tenth = (number // 10,) if number % 10 == 0 and number <= 100 else ()
        return Mention(None, start, end, "not_understood", tenth)
    if match["of_other"]:
        return Mention(None, start, end)
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
    ends = dict.fromkeys(word_set("scale", language, "middle"), MIDDLE)
    ends |= dict.fromkeys(word_set("scale", language, "lowest"), LOWEST)
    ends |= dict.fromkeys(word_set("scale", language, "highest"), HIGHEST)
    for number, words in _END_NAMED.findall(cut(prompt).plain):
        ends[words] = int(number)
    return ends
