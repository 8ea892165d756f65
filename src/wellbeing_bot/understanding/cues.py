"""The phrases of ``vocabulary/<language>/intents.yaml`` that a text holds: what speaks for which intent.

A mention of something to join ("walkin grp", "knit and natter") is found first and stands in the phrases as
``{group}``, with a noun after it ("art class") also as ``{club}``, so that one phrase serves every group.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from wellbeing_bot.understanding.meaning import Intent
from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.vocabulary import vocabulary

WHOLE = "whole"
AGAINST = "against"
LEVELS = (WHOLE, "certain", "sure", "likely", AGAINST)
_BARE, _WITH_NOUN = "xgroup", "xclub"
_LONGEST_WHOLE = 18  # spaces in the longest text that a phrase for a whole text is looked for in
_MENTION = re.compile(r"\{(?:group|club)\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase found: what it speaks for, and how strongly (see ``LEVELS``)."""

    intent: Intent
    level: str
    phrase: str


@dataclass(frozen=True, slots=True)
class _Books:
    cues: tuple[Cue, ...]
    plain: Phrasebook  # phrases that name no group, matched as the text stands
    marked: Phrasebook  # phrases with {group}, matched where each mention is a mark
    whole: Phrasebook
    mentions: Phrasebook
    before: re.Pattern[str]  # greetings at the start
    after: re.Pattern[str]  # courtesies at the end


@lru_cache(maxsize=8)
def phrase_words(language: str) -> dict[str, list[str]]:
    """The lists that ``{name}`` stands for in phrases about intents."""
    words = {name: list(listed) for name, listed in vocabulary("intents", language)["words"].items()}
    words["concern"] = [phrase for listed in vocabulary("concerns", language).values() for phrase in listed]
    return {**words, "group": [_BARE, _WITH_NOUN], "club": [_WITH_NOUN]}


@lru_cache(maxsize=8)
def _books(language: str) -> _Books:
    content = vocabulary("intents", language)
    cues = tuple(
        Cue(Intent(name), level, phrase)
        for name, levels in content.items()
        if name not in ("words", "courtesies")
        for level, listed in levels.items()
        for phrase in listed
    )
    words = phrase_words(language)
    numbered = list(enumerate(cues))
    inside = [(n, cue.phrase) for n, cue in numbered if cue.level != WHOLE]
    names = [phrase for listed in vocabulary("groups", language).values() for phrase in listed]
    noun = words["group_noun"]
    return _Books(
        cues=cues,
        plain=Phrasebook([(phrase, n) for n, phrase in inside if not _MENTION.search(phrase)], words),
        marked=Phrasebook([(phrase, n) for n, phrase in inside if _MENTION.search(phrase)], words),
        whole=Phrasebook([(f"^ ({cue.phrase}) $", n) for n, cue in numbered if cue.level == WHOLE], words),
        mentions=Phrasebook(
            [(name, 0) for name in names] + [(f"({name}) {entry}", 1) for name in names for entry in noun], {}
        ),
        before=_any_of(content["courtesies"]["before"], r"^ \.(?:{})*"),
        after=_any_of(content["courtesies"]["after"], r"(?:{})* $"),
    )


def _any_of(courtesies: list[str], around: str) -> re.Pattern[str]:
    longest_first = sorted(courtesies, key=len, reverse=True)
    either = "|".join(rf" {re.escape(one)}(?= )" for one in [*longest_first, "."])
    return re.compile(around.replace("{}", either))


def with_mentions_marked(heard: str, language: str = "en") -> str:
    """The text with a mark for each mention of a group; of mentions that overlap the longest counts."""
    found = sorted(
        ((match.start(), match.end(), noun) for noun, match in _books(language).mentions.every_match(heard)),
        key=lambda span: (span[0], -span[1]),
    )
    parts: list[str] = []
    at = 0
    for start, end, noun in found:
        if start >= at:
            parts += [heard[at:start], " ", _WITH_NOUN if noun else _BARE]
            at = end
    return "".join([*parts, heard[at:]])


def find_cues(heard: str, marked: str, language: str = "en") -> list[Cue]:
    """Every phrase that ``heard`` holds; ``marked`` is the same text with its mentions of groups marked."""
    books = _books(language)
    found = [label for label, _ in books.plain.matches(heard)]
    found += [label for label, _ in books.marked.matches(marked)]
    found += _whole(books, heard, marked)
    return [books.cues[number] for number in found]


def _whole(books: _Books, heard: str, marked: str) -> set[int]:
    """The phrases that are a whole text, as it stands or without its greeting and thanks."""
    forms = {heard, marked}
    forms |= {_bare(books, form) for form in forms}
    forms = {form for form in forms if form.count(" ") <= _LONGEST_WHOLE}
    return {
        label
        for form in forms
        for label, match in books.whole.matches(form)
        if match.start() == 0 and match.end() == len(form) - 3
    }


def _bare(books: _Books, text: str) -> str:
    core = books.before.sub("", text).rstrip(" .")
    core = books.after.sub("", f"{core} ").strip(" .")
    return f" . {core} . "


def without_courtesies(heard: str, language: str = "en") -> str:
    """The text without its greeting and thanks."""
    return _bare(_books(language), heard)


def weigh(cues: list[Cue], weights: Mapping[str, float], fading: float) -> dict[Intent, float]:
    """How much the cues speak for each intent: the strongest in full, each further one fading."""
    by_intent: dict[Intent, list[float]] = {}
    for cue in cues:
        by_intent.setdefault(cue.intent, []).append(weights[cue.level])
    total: dict[Intent, float] = {}
    for intent, found in by_intent.items():
        speaking_for = sorted((weight for weight in found if weight > 0), reverse=True)
        total[intent] = sum(weight * fading**place for place, weight in enumerate(speaking_for)) + sum(
            weight for weight in found if weight < 0
        )
    return total
