"""Does a text mean that somebody is in danger? Read before anything else, whatever question is open.

A safety net, never a clinical judgement. What is looked for is data: ``vocabulary/<language>/urgent_*.yaml``
holds, for each kind, the ways people say it. Idioms of ``safe_phrases.yaml`` are taken out first - the
idiom, never the text around it - so that "dying to meet you all, but I want to be dead" is still heard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wellbeing_bot.understanding.meaning import Urgent, UrgentKind
from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.spelling import said
from wellbeing_bot.understanding.vocabulary import vocabulary

SURE = 1.0
HINT = 0.5
"""What one way of saying something weighs. Two hints together are enough; one alone is not."""

_FILES: tuple[tuple[str, UrgentKind], ...] = (
    ("urgent_child", UrgentKind.SAFEGUARDING_CHILD),
    ("urgent_medical", UrgentKind.MEDICAL),
    ("urgent_suicide", UrgentKind.SUICIDE),
    ("urgent_self_harm", UrgentKind.SELF_HARM),
    ("urgent_abuse", UrgentKind.ABUSE),
)
_GAP_MARK = " _ "


@dataclass(frozen=True, slots=True)
class _Rule:
    """One thing that people say, in its many wordings."""

    kind: UrgentKind
    about: str
    weight: float
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Book:
    rules: tuple[_Rule, ...]
    signs: Phrasebook
    safe: Phrasebook
    contexts: Mapping[str, Phrasebook]
    facts: Mapping[str, Phrasebook]


@lru_cache(maxsize=8)
def _book(language: str) -> _Book:
    shared = vocabulary("urgent_words", language)
    words: dict[str, Sequence[str]] = {name: [str(w) for w in listed] for name, listed in shared["words"].items()}
    rules: list[_Rule] = []
    phrases: list[tuple[str, int]] = []
    for name, kind in _FILES:
        entries: list[dict[str, Any]] = vocabulary(name, language)
        for entry in entries:
            rules.append(
                _Rule(kind, entry["about"], HINT if entry.get("hint") else SURE, tuple(entry.get("unless", ())))
            )
            phrases += [(phrase, len(rules) - 1) for phrase in entry["says"]]
    safe = vocabulary("safe_phrases", language)
    return _Book(
        rules=tuple(rules),
        signs=Phrasebook(phrases, words),
        safe=Phrasebook([(phrase, 0) for phrase in safe["idioms"]], words),
        contexts={name: Phrasebook([(p, 0) for p in listed], words) for name, listed in safe["contexts"].items()},
        facts={name: Phrasebook([(p, 0) for p in listed], words) for name, listed in shared["facts"].items()},
    )


def _without_idioms(text: str, safe: Phrasebook) -> str:
    """The text with each harmless phrase replaced by a mark that no phrase crosses."""
    spans = sorted(safe.spans(text))
    for start, end in reversed(spans):
        text = text[:start] + " _" + text[end:]
    return text


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a match, with its full stops."""
    left = text.rfind(" .", 0, start + 2)
    right = text.find(" .", end)
    return text[max(left, 0) : right + 3 if right >= 0 else len(text)]


def read_urgent(text: str, language: str = "en") -> Urgent | None:
    """What in ``text`` a person must see today, or None. Never raises, whatever the text."""
    book = _book("en")
    heard = _without_idioms(said(text), book.safe)
    found: dict[int, float] = {}
    about_other = False
    for label, match in book.signs.matches(heard):
        rule = book.rules[label]
        sentence = _sentence(heard, *match.span())
        if any(next(book.contexts[name].matches(sentence), None) for name in rule.unless):
            continue
        found[label] = rule.weight
        about_other = about_other or next(book.facts["about_other"].matches(match.group() + " "), None) is not None
    if sum(found.values()) < SURE:
        return None
    weights = {kind: 0.0 for _, kind in _FILES}
    for label, weight in found.items():
        weights[book.rules[label].kind] += weight
    kind = max(weights, key=lambda kind: min(weights[kind], SURE))
    young = next(book.facts["under_16"].matches(heard), None) is not None
    return Urgent(kind, about_other=about_other, sender_under_16=young)
