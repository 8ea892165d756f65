"""Which of the values that a text mentions counts.

People take back ("3 no make it 4"), rule out ("not Thursday, Friday") and waver ("6 or 7"). The rule is the
same for numbers, days, times and options, so it is here once.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wellbeing_bot.understanding.courtesies import rest_of
from wellbeing_bot.understanding.meaning import Answered, Reading, Unclear, Value
from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.wordings import word_set

_SIDE = re.compile(
    r"[,.;!?()]+(?:\s|$)|\s-\s|(?<!day )(?<!any )(?<!thing )\bbut\b"
    r"|\b(?:so|then|because|cos|cause|though|and then)\b"
)
_FAR = 40
_WITHIN = 160
"""Characters around a value that are looked at for "not" and the like."""
_TOO_MANY = 20
"""A text that names more values than this answers nothing."""
_COORDINATE = re.compile(r"\s*(?:or|nor)\s+(?:the |a |an |on )?")


@dataclass(frozen=True, slots=True)
class Mention:
    """A value that the text names at ``plain[start:end]``; without a value, something vague ("next week")."""

    value: Value | None
    start: int
    end: int
    reason: str = "not_understood"
    candidates: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    correcting: frozenset[str]
    correction: frozenset[str]
    rejecting: re.Pattern[str]
    engaged: re.Pattern[str]
    past: re.Pattern[str]
    rejected: re.Pattern[str]
    doubting: re.Pattern[str]
    wavering: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(language: str) -> _Words:
    def either(section: str) -> str:
        return "|".join(
            sorted(map(re.escape, word_set("mentions", language, section)), key=len, reverse=True)
        )

    return _Words(
        correcting=word_set("mentions", language, "correcting"),
        correction=word_set("mentions", language, "correction"),
        rejecting=re.compile(rf"\b(?:{either('rejecting')})\b"),
        past=re.compile(rf"\b(?:{either('past')})\b"),
        engaged=re.compile(rf"\b(?:{either('engaged')})\b"),
        rejected=re.compile(rf"^\W*(?:{either('rejected')})\b"),
        doubting=re.compile(rf"\b(?:{either('doubting')})\b"),
        wavering=re.compile(rf"\b(?:{either('wavering')})\b"),
    )


def settle(
    said: Said,
    mentions: Sequence[Mention],
    *,
    read_back: bool = False,
    doubts: bool = True,
    firm: bool = True,
    engaged: bool = False,
    reach: int = _FAR,
) -> Reading:
    """The one value that is meant, or what is unclear.

    Args:
        said: the text, as the places of the mentions count it.
        mentions: what it mentions, from left to right, not overlapping.
        read_back: the value should be said back to the person.
        doubts: "not sure" leaves a value in the air.
        firm: "maybe" does too.
        engaged: what somebody has on already rules out its day or time ("I have the nurse on Monday").
        reach: how many words before a value may hold the "not" that rules it out.
    """
    if len(mentions) > _TOO_MANY:
        return Unclear()
    words = _words(said.language)
    counted = [
        one for one in not_taken_back(said, mentions) if not ruled_out(said, mentions, one, engaged, reach)
    ]
    if not counted:
        return Unclear("conditional") if mentions else Unclear()
    values = tuple(dict.fromkeys(one.value for one in counted if one.value is not None))
    vague = [one for one in counted if one.value is None]
    if vague:
        guesses = (*values, *(guess for one in vague for guess in one.candidates))
        return Unclear(vague[0].reason, tuple(dict.fromkeys(guesses)))
    if len(values) > 1:
        return Unclear("two_values", values)
    if doubts and (words.doubting.search(said.plain) or (firm and words.wavering.search(said.plain))):
        return Unclear("conditional", values)
    used = {i for one in mentions for i in said.token_range(one.start, one.end)}
    return Answered(values[0], read_back=read_back, rest=rest_of(said, used))


def not_taken_back(said: Said, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """What follows the last "no, make it" that stands between two mentions."""
    words = _words(said.language)
    for i in range(len(mentions) - 1, 0, -1):
        between = _tokens(said.plain[mentions[i - 1].end : mentions[i].start])
        if not words.correction.isdisjoint(between) and words.correcting.issuperset(between):
            return mentions[i:]
    return mentions


class Ruling(enum.Enum):
    """Why a value that a text mentions does not count."""

    REFUSED = enum.auto()  # "not Thursday"
    PAST = enum.auto()  # "I used to go on Thursdays"


def ruled_out(
    said: Said, mentions: Sequence[Mention], one: Mention, engaged: bool = False, reach: int = _FAR
) -> Ruling | None:
    """What the words beside a mention say against it; None when it stands."""
    words = _words(said.language)
    before = _SIDE.split(said.plain[max(one.start - _WITHIN, 0) : one.start])[-1]
    after = _SIDE.split(said.plain[one.end : one.end + _WITHIN], maxsplit=1)[0]
    at = mentions.index(one)
    if at:
        between = said.plain[mentions[at - 1].end : one.start]
        if _COORDINATE.fullmatch(between):
            return ruled_out(said, mentions, mentions[at - 1], engaged, reach)
        before = _shorter(before, between)
    if at + 1 < len(mentions):
        after = _shorter(after, said.plain[one.end : mentions[at + 1].start])
    before = " ".join(before.split()[-reach:])
    if words.past.search(before):
        return Ruling.PAST
    if (
        words.rejecting.search(before)
        or (engaged and words.engaged.search(before))
        or words.rejected.match(after)
    ):
        return Ruling.REFUSED
    return None


def _shorter(first: str, second: str) -> str:
    return first if len(first) < len(second) else second


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)
