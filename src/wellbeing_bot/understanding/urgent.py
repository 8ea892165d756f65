"""Does a text mean that somebody is in danger? Read before anything else, whatever question is open.

A safety net, never a clinical judgement. What is looked for is data: ``vocabulary/<language>/urgent_*.yaml``
holds, for each kind, the ways people say it. Idioms of ``safe_phrases.yaml`` are taken out first - the
idiom, never the text around it - so that "dying to meet you all, but I want to be dead" is still heard.
Each way of saying it weighs 1 (enough alone) or less; what belongs together is added up, so that several
hints, none of which would do alone, are heard too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wellbeing_bot.understanding.meaning import AnswerKind, Urgent, UrgentKind
from wellbeing_bot.understanding.phrases import Phrasebook, lines
from wellbeing_bot.understanding.spelling import said
from wellbeing_bot.understanding.urgent_likelihood import likely_kind, score
from wellbeing_bot.understanding.vocabulary import spoken, vocabulary

ENOUGH = 1.0
"""The weight at which a text is urgent."""

_NEEDED: tuple[tuple[float, float], ...] = ((2.0, -4.0), (ENOUGH, -2.0), (0.3, 1.0), (0.0, 2.0))
"""How likely the wording must be (``urgent_likelihood.score``) for what the phrases found to be believed:
from a text in which two plain phrases were found, down to one in which none was. Chosen by
cross-validation on the half of the test set that is there to build with: lower finds more, and cries wolf
more often.
"""

_FILES: tuple[tuple[str, UrgentKind, str], ...] = (
    ("urgent_child", UrgentKind.SAFEGUARDING_CHILD, "harm"),
    ("urgent_medical", UrgentKind.MEDICAL, "body"),
    ("urgent_child_plain", UrgentKind.SAFEGUARDING_CHILD, "harm"),
    ("urgent_child_signs", UrgentKind.SAFEGUARDING_CHILD, "harm"),
    ("urgent_medical_plain", UrgentKind.MEDICAL, "body"),
    ("urgent_medical_signs", UrgentKind.MEDICAL, "body"),
    ("urgent_medical_hints", UrgentKind.MEDICAL, "body"),
    ("urgent_suicide", UrgentKind.SUICIDE, "self"),
    ("urgent_suicide_means", UrgentKind.SUICIDE, "self"),
    ("urgent_suicide_plain", UrgentKind.SUICIDE, "self"),
    ("urgent_suicide_signs", UrgentKind.SUICIDE, "self"),
    ("urgent_suicide_hints", UrgentKind.SUICIDE, "self"),
    ("urgent_self_harm", UrgentKind.SELF_HARM, "self"),
    ("urgent_self_harm_plain", UrgentKind.SELF_HARM, "self"),
    ("urgent_self_harm_signs", UrgentKind.SELF_HARM, "self"),
    ("urgent_abuse", UrgentKind.ABUSE, "harm"),
    ("urgent_abuse_plain", UrgentKind.ABUSE, "harm"),
    ("urgent_abuse_signs", UrgentKind.ABUSE, "harm"),
    ("urgent_abuse_hints", UrgentKind.ABUSE, "harm"),
)
"""File, kind, and the family within which hints add up. Of kinds that weigh the same the first wins."""

_MINE = frozenset(("i", "im", "ive", "id", "ill", "me", "myself", "us"))


@dataclass(frozen=True, slots=True)
class _Rule:
    """One thing that people say, in its many wordings."""

    kind: UrgentKind
    family: str
    weight: float
    unless: tuple[str, ...]
    uncertain: bool


@dataclass(frozen=True, slots=True)
class _Context:
    """Words that show what is said is not meant now, and words that show it is after all."""

    says: Phrasebook
    but_not: Phrasebook

    def holds(self, sentence: str) -> bool:
        return self.says.found(sentence) and not self.but_not.found(sentence)


@dataclass(frozen=True, slots=True)
class _Book:
    rules: tuple[_Rule, ...]
    signs: Phrasebook
    idioms: Phrasebook
    contexts: Mapping[str, _Context]
    about_other: Phrasebook
    under_16: Phrasebook


@dataclass(frozen=True, slots=True)
class _Heard:
    """A rule that matched, and where."""

    rule: _Rule
    start: int
    end: int


@lru_cache(maxsize=8)
def _book(language: str) -> _Book:
    shared = vocabulary("urgent_words", language)
    words: dict[str, Sequence[str]] = shared["words"]

    def book(phrases: str | None) -> Phrasebook:
        return Phrasebook([(phrase, 0) for phrase in lines(phrases)], words)

    rules: list[_Rule] = []
    phrases: list[tuple[str, int]] = []
    for name, kind, family in _FILES:
        entries: list[dict[str, Any]] = vocabulary(name, language)
        for entry in entries:
            weight, unless = float(entry.get("weight", ENOUGH)), tuple(entry.get("unless", ()))
            rules.append(_Rule(kind, family, weight, unless, bool(entry.get("uncertain"))))
            phrases += [(phrase, len(rules) - 1) for phrase in lines(entry["says"])]
    return _Book(
        rules=tuple(rules),
        signs=Phrasebook(phrases, words),
        idioms=book(vocabulary("safe_phrases", language)["idioms"]),
        contexts={
            name: _Context(book(context["says"]), book(context.get("but_not")))
            for name, context in vocabulary("safe_contexts", language)["contexts"].items()
        },
        about_other=book(shared["facts"]["about_other"]),
        under_16=book(shared["facts"]["under_16"]),
    )


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a match, with its full stops."""
    left = text.rfind(" .", 0, start + 2)
    right = text.find(" .", end)
    return text[max(left, 0) : right + 3 if right >= 0 else len(text)]


def _hear(text: str, book: _Book) -> list[_Heard]:
    """Every rule that matches and that its sentence does not take back; hints do not overlap."""
    found: list[_Heard] = []
    for label, match in book.signs.matches(text):
        rule = book.rules[label]
        start, end = match.span()
        if rule.weight < ENOUGH and any(
            start < other.end and other.start < end for other in found if other.rule.family == rule.family
        ):
            continue
        sentence = _sentence(text, start, end)
        if not any(book.contexts[name].holds(sentence) for name in rule.unless):
            found.append(_Heard(rule, start, end))
    return found


def without_idioms(text: str, language: str = "en") -> str:
    """The text as it was meant (``spelling.said``), with harmless idioms blotted out."""
    return _book(language).idioms.without(said(text, language))


@lru_cache(maxsize=8)
def _answers(language: str) -> Mapping[AnswerKind, Phrasebook]:
    listed: dict[str, Any] = vocabulary("urgent_answers", language)
    return {
        AnswerKind(kind): Phrasebook([(phrase, 0) for phrase in lines(phrases)], listed["words"])
        for kind, phrases in listed["answers"].items()
    }


def read_urgent(text: str, language: str = "en", answering: AnswerKind | None = None) -> Urgent | None:
    """What in ``text`` a person must see today, or None. Never raises for any text.

    Args:
        text: what was written.
        language: whose words to read it with.
        answering: the kind of the question that waits, where only one does: what was asked for is no
            danger by itself ("stroke", when we asked what makes it hard to get about).

    A language without such a vocabulary is read as English: somebody in danger may write what they can.
    """
    language = spoken("urgent_words", language)
    book = _book(language)
    whole = said(text, language)
    plain = book.idioms.without(whole)
    if answering is not None and (expected := _answers(language).get(answering)) is not None:
        plain = expected.without(plain)
    heard = _hear(plain, book)
    family, weight = _heaviest(heard)
    needed = next(likelihood for least, likelihood in _NEEDED if weight >= least)
    if score(plain, language) < needed:
        return None
    heard = [one for one in heard if one.rule.family == family or one.rule.weight >= ENOUGH]
    first = max(heard, key=lambda one: one.rule.weight, default=None)
    matched = " ".join(whole[one.start : one.end] for one in heard)
    return Urgent(
        first.rule.kind if first else likely_kind(plain, language),
        uncertain=first is None,
        about_other=not _MINE.intersection((matched or whole).split()) and book.about_other.found(whole),
        sender_under_16=book.under_16.found(whole),
    )


def _heaviest(heard: Sequence[_Heard]) -> tuple[str, float]:
    """The family whose rules weigh most together, and that weight."""
    weights: dict[str, float] = {}
    for one in heard:
        weights[one.rule.family] = weights.get(one.rule.family, 0.0) + one.rule.weight
    return max(weights.items(), key=lambda item: item[1], default=("", 0.0))
