"""Greetings, thanks and fillers around an answer, which say nothing about it."""

from __future__ import annotations

from collections.abc import Iterable

from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.wordings import word_set


def without_courtesies(said: Said) -> Said:
    """The text without a greeting before it and thanks after it; one word of it when it is nothing else."""
    before = word_set("courtesies", said.language, "before")
    after = word_set("courtesies", said.language, "after")
    start, end = 0, len(said.tokens)
    while end > start + 1 and said.tokens[end - 1] in after:
        end -= 1
    while start < end - 1:
        if said.tokens[start] in before:
            start += 1
        elif start < end - 2 and _greets(said, start):
            start += 2
        else:
            break
    if start == 0 and end == len(said.tokens):
        return said
    return said.part(start, end)


def _greets(said: Said, start: int) -> bool:
    good, day = said.tokens[start : start + 2]
    return good in word_set("courtesies", said.language, "good") and day in word_set(
        "courtesies", said.language, "times_of_day"
    )


def rest_of(said: Said, used: Iterable[int]) -> str:
    """The words that the answer did not use, as written; "" when they are only fillers ("so", "please")."""
    taken = set(used)
    fillers = word_set("courtesies", said.language, "fillers")
    if all(token in fillers for i, token in enumerate(said.tokens) if i not in taken):
        return ""
    return said.without(taken)
