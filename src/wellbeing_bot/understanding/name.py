"""Reads what somebody wishes to be called: "its Dot x" is Dot, "Mrs Begum here" is Mrs Begum.

A name is a few words that are no others. Sentences are not names, nor are two people ("Bob and Jean") or two
choices ("Pat or Patricia").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from wellbeing_bot.understanding.courtesies import rest_of
from wellbeing_bot.understanding.meaning import Answered, Question, Reading, Unclear
from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.wordings import Wordings, word_set

_LONGEST = 5
_JOINING = frozenset({"and", "or", "n"})
_TURNS = frozenset({"but", "sorry", "oops", "actually"})
_BUT = (("anything",), ("nothing",), ("all",))
_JOINING_SIGN = re.compile(r"[&/+]")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Part:
    """A name in one part of a text: its tokens, and how it was brought in (2 by a lead, 0 by nothing)."""

    start: int
    end: int
    weight: int
    led_from: int  # where the words that bring it in start


_MOST_CLAUSES = 30
"""Parts of a text that a name is looked for in: nobody says theirs later, and each is compared with each."""


def read_name(question: Question, said: Said) -> Reading:
    """The name as written, with capitals where it has none; or what is unclear: no name, or two of them."""
    parts: list[_Part] = []
    for start, end in _clauses(said)[:_MOST_CLAUSES]:
        part = _name_in(said, start, end)
        if part == "two":
            return Unclear("two_values")
        if isinstance(part, _Part) and not (parts and "(" in said.gap(part.start)):
            parts.append(part)
    most = max((part.weight for part in parts), default=0)
    heaviest = [part for part in parts if part.weight == most]
    whole = [part for part in parts if all(_holds(said, part, other) for other in heaviest)]
    chosen = (whole or heaviest)[-1:]
    names = {_as_written(said, part) for part in heaviest}
    if not chosen or (len(names) > 1 and not whole and not heaviest[0].weight):
        return Unclear("two_values" if names else "not_understood", tuple(sorted(names)))
    used = range(chosen[0].led_from, chosen[0].end)
    return Answered(_as_written(said, chosen[0]), rest=rest_of(said, used))


def _holds(said: Said, part: _Part, other: _Part) -> bool:
    """Whether one name is in the other ("Bond, Reg Bond")."""
    return set(said.tokens[other.start : other.end]) <= set(said.tokens[part.start : part.end])


def _clauses(said: Said) -> list[tuple[int, int]]:
    titles = word_set("name", said.language, "titles")
    if not said.tokens:
        return []
    starts = [0]
    for i in range(1, len(said.tokens)):
        before = said.tokens[i - 1]
        abbreviated = (before in titles or len(before) == 1) and said.gap(i).strip() == "."
        turns = before in _TURNS and said.tokens[i - 2 : i - 1] not in _BUT
        if (i in said.clauses and not abbreviated) or turns:
            starts.append(i)
    return [(start, end) for start, end in zip(starts, [*starts[1:], len(said.tokens)], strict=True)]


@lru_cache(maxsize=8)
def _phrases(language: str) -> Wordings:
    return Wordings({name: sorted(word_set("name", language, name)) for name in ("leads", "weak_leads")}, {})


@lru_cache(maxsize=8)
def _stops(language: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    pairs = {tuple(stop.split()) for stop in word_set("name", language, "stops")}
    return frozenset(one[0] for one in pairs if len(one) == 1), frozenset(
        (one[0], one[1]) for one in pairs if len(one) == 2
    )


def _name_in(said: Said, start: int, end: int) -> _Part | str | None:
    """The name in one clause; "two" when it names two."""
    led_from = start
    weight = 2 if start and said.tokens[start - 1] in _TURNS else 0
    if said.tokens[end - 2 : end] in (("i", "mean"), ("i", "meant")):
        weight = 2
    openers = word_set("name", said.language, "openers")
    while start < end - 1 and said.tokens[start] in openers:
        start += 1
    clause = said.part(start, end)
    for found in reversed(_phrases(said.language).find(clause)):
        before = clause.tokens[: found.start]
        if (
            before[-1:] and before[-1] in word_set("name", said.language, "of_others")
        ) or found.end == end - start:
            continue
        if not word_set("name", said.language, "denying").isdisjoint(before):
            return None
        strong = found.section == "leads"
        if found.start and not strong and clause.tokens[found.start] != "mine":
            continue
        return _run(
            said, _past_leads(said, start + found.end, end), end, max(weight, 2 if strong else 1), led_from
        )
    return _run(said, start, end, weight, led_from)


def _past_leads(said: Said, start: int, end: int) -> int:
    """Where the name starts after more words that bring it in ("its just Rose")."""
    for found in _phrases(said.language).find(said.part(start, end)):
        if found.start == 0 and start + found.end < end:
            return start + found.end
    return start


def _run(said: Said, start: int, end: int, weight: int, led_from: int) -> _Part | str | None:
    stop = start
    while stop < end and stop - start < _LONGEST and _may_be_name(said, stop, start):
        if stop > start and _JOINING_SIGN.search(said.gap(stop)):
            return "two"
        if stop > start and (said.tokens[stop] in _JOINING or _ends_here(said, stop, end)):
            break
        stop += 1
    if stop == start or stop - start == _LONGEST or not _enough(said, start, stop):
        return None
    if stop < end and said.tokens[stop] in _JOINING:
        after = stop + 1
        if after < end and _may_be_name(said, after, after) and not _ends_here(said, stop, end):
            return "two"
    if stop < end and not _ends_here(said, stop, end) and weight < 2:
        return None
    return _Part(start, stop, weight, led_from)


def _ends_here(said: Said, at: int, end: int) -> bool:
    """Whether the words from here on only follow a name."""
    singles, pairs = _stops(said.language)
    return (
        said.tokens[at] in singles
        or any(map(str.isdigit, said.tokens[at]))
        or (at + 1 < end and (said.tokens[at], said.tokens[at + 1]) in pairs)
    )


def _may_be_name(said: Said, at: int, start: int) -> bool:
    token = said.tokens[at]
    if not token.isalpha() or not said.text[said.spans[at][0]].isalpha():
        return False
    language = said.language
    if token in word_set("name", language, "titles"):
        return True
    if len(token) == 1 and said.text[said.spans[at][0]].isupper() and token != "i":
        return True
    if token in word_set("name", language, "no_names"):
        return False
    if at > start and token in word_set("name", language, "particles"):
        return True
    usual = token in word_set("name", language, "in_spite")
    return usual or len(token) < 5 or not token.endswith(tuple(word_set("name", language, "endings")))


def _enough(said: Said, start: int, stop: int) -> bool:
    """Whether there is more than a title or a single letter."""
    titles = word_set("name", said.language, "titles")
    real = [token for token in said.tokens[start:stop] if token not in titles]
    if not real:  # "Nan" and "Lady" are titles that may be all there is, but tell nobody apart
        return False
    return any(len(token) > 1 for token in real)


def _as_written(said: Said, part: _Part) -> str:
    written = said.text[said.spans[part.start][0] : said.spans[part.end - 1][1]]
    if written.islower() or (written.isupper() and len(written) > 3):
        particles = word_set("name", said.language, "particles")
        written = _LETTERS.sub(
            lambda m: m.group() if m.group() in particles and m.start() else m.group().capitalize(),
            written.lower(),
        )
    return written
