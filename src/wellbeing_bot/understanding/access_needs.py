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
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import Found, Wordings, word_set, wordings

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
NONE, ILLNESS = "none", "other"
_LONG_ENOUGH = 6
_SIDE = re.compile(r"[,.;!?()]|\s-\s|\b(?:but|just|only|so|though|because|cos|now|and)\b")
_NEAR = 3
"""How many words may stand between a denial and what it denies ("no need for a wheelchair")."""


@dataclass(frozen=True, slots=True)
class _Context:
    denied: frozenset[str]
    not_denying: re.Pattern[str]
    past_before: re.Pattern[str]
    past_before_aid: re.Pattern[str]
    past_after: re.Pattern[str]
    fine_after: re.Pattern[str]
    doubting: re.Pattern[str]


def read_access_needs(question: Question, said: Said) -> Reading:
    """A sorted tuple of tags, empty for none, or what is unclear."""
    said = without_courtesies(said)
    said = said.respelt(_slips(said))
    context = _context(said.language)
    if context.doubting.search(" ".join(said.tokens)):
        return Unclear()
    needs = _needs(said.language).find(said)
    standing = [one for at, one in enumerate(needs) if not _ruled_out(said, needs, at, context)]
    if standing:
        if wordings("access_needs", said.language, "others").find(said):
            return Unclear() if _also_of_themselves(said) else Answered(())
        used = (i for one in needs for i in range(one.start, one.end))
        return Answered(tuple(sorted({one.section for one in standing})), rest=rest_of(said, used))
    nothing = wordings("access_needs", said.language, NONE).find(said)
    if needs or (nothing and _says_none(said, nothing)):
        return Answered(())
    return Unclear()


def needs_of_another(text: str, language: str = "en") -> bool:
    """Whether a text is about what somebody else needs ("wheelchair for my wife").

    It answers what the person themselves need with nothing, and is for staff to read.
    """
    said = cut(text, language)
    others = wordings("access_needs", language, "others").find(said)
    return bool(others and _needs(language).find(said))


def _also_of_themselves(said: Said) -> bool:
    """ "Stick for me, frame for my wife": whose is which cannot be told."""
    return not word_set("access_needs", said.language, "themselves").isdisjoint(said.tokens)


def _says_none(said: Said, found: list[Found]) -> bool:
    """Whether a "no" is the answer and not the start of something else that was not understood."""
    return found[0].start == 0 or not rest_of(said, range(found[-1].end))


@lru_cache(maxsize=8)
def _needs(language: str) -> Wordings:
    listed = vocabulary("access_needs", language)
    return Wordings({tag: listed["tags"][tag] for tag in TAGS}, listed["words"])


@lru_cache(maxsize=8)
def _context(language: str) -> _Context:
    def either(section: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, word_set('access_needs', language, section)))})\b")

    return _Context(
        denied=word_set("access_needs", language, "denied"),
        not_denying=either("not_denying"),
        past_before=either("past_before"),
        past_before_aid=either("past_before_aid"),
        past_after=either("past_after"),
        fine_after=re.compile(rf"\W*{either('fine_after').pattern}"),
        doubting=either("doubting"),
    )


def _slips(said: Said) -> dict[str, str]:
    """Long words of this topic that are a slip or two away from how they are spelt."""
    slips: dict[str, str] = {}
    words = word_set("access_needs", said.language, "slips")
    for token in said.tokens:
        if len(token) < _LONG_ENOUGH or token in words:
            continue
        near = [
            word
            for word in words
            if word[0] == token[0] and OSA.distance(token, word) <= (2 if len(word) > 7 else 1)
        ]
        if len(near) == 1:
            slips[token] = near[0]
    return slips


def _ruled_out(said: Said, needs: list[Found], at: int, context: _Context) -> bool:
    """Whether the words beside a need deny it or put it in the past."""
    start, end = (
        said.starts[needs[at].start],
        said.starts[needs[at].end - 1] + len(said.tokens[needs[at].end - 1]),
    )
    first = said.starts[needs[at - 1].end] if at and needs[at - 1].end < len(said.tokens) else 0
    last = said.starts[needs[at + 1].start] if at + 1 < len(needs) else len(said.plain)
    before = _SIDE.split(said.plain[first:start])[-1]
    after = said.plain[end:last]
    if context.past_before.search(before):
        return True
    if needs[at].section != ILLNESS:  # "had a stroke last year" is told because it still matters
        fine = context.fine_after.match(after) and " but " not in after
        if fine or context.past_after.search(after) or context.past_before_aid.search(before):
            return True
    close = before.split()[-_NEAR:]
    return not context.denied.isdisjoint(close) and not context.not_denying.search(said.plain[:start])
