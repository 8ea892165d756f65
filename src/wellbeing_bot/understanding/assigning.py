"""Gives each part of a text to the open question it fits.

Several questions may be open with one address. Words go to the question whose name or day they say; else, of
the questions that can take them, to the one asked last. A yes or no that fits two is for neither until the
person says which. Answering one question closes no other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

from wellbeing_bot.understanding.answers import read_reply
from wellbeing_bot.understanding.clauses import clauses, limited, sentences
from wellbeing_bot.understanding.meaning import (
    Answered,
    AnswerKind,
    Interrupted,
    Question,
    Reading,
    Skipped,
    Unclear,
)
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.wordings import spellings, word_set

ENGAGED = frozenset({"two_values", "out_of_range", "mismatch", "conditional"})
"""Reasons for being unclear that show words were meant for the question."""

_OPEN_ENDED = frozenset({AnswerKind.FREE_TEXT, AnswerKind.NAME})
"""Kinds whose readers make something of almost any words: what nothing else takes is for them."""

_LONGEST_NAME = 3
_LONGEST_BARE = 3
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Shared:
    """Which question got what. ``rest`` are the words that no question took."""

    readings: dict[str, Reading] = field(default_factory=dict)
    ambiguous: tuple[str, ...] = ()
    rest: list[str] = field(default_factory=list)


def latest_first(questions: Sequence[Question]) -> list[Question]:
    """The questions as they come to mind: the one asked last first."""
    return sorted(questions, key=lambda question: question.asked_at or _LONG_AGO, reverse=True)


def share_out(text: str, waiting: Sequence[Question], language: str = "en") -> Shared:
    """Gives the parts of ``text`` to ``waiting``, the question asked last first."""
    shared = Shared()
    if not _to_both(text, waiting, shared, language):
        _give(text, list(waiting), shared, language)
    if shared.rest and not shared.ambiguous:
        _give_open_ended(waiting, shared, language)
    if not shared.readings and not shared.ambiguous:
        _give_unclear(text, waiting, shared, language)
    _doubt_a_bare_yes(text, waiting, shared, language)
    return shared


def _give(
    text: str, waiting: Sequence[Question], shared: Shared, language: str, *, in_parts: bool = True
) -> None:
    """To one question if it uses every word; else part by part; else what it uses, and the rest to others."""
    free = [one for one in waiting if one.id not in shared.readings and one.kind not in _OPEN_ENDED]
    readings = {one.id: _read(one, text, language) for one in free}
    takers = [one for one in free if _taken(readings[one.id])]
    fully = [one for one in takers if not _rest(readings[one.id])]
    if _says_yes_and_more(text, free, language):
        fully = [one for one in fully if one.kind is AnswerKind.YES_NO]
    named = _named(text, takers, language)
    if named is None and _same_yes_or_no([readings[one.id] for one in fully]):
        shared.ambiguous = tuple(one.id for one in fully)
        return
    chosen = named if named in fully else next(iter(fully), None) if named is None else None
    parts = _parts(text, free, language) if in_parts and chosen is None else []
    if len(parts) > 1:
        for part in parts:
            _give(part, waiting, shared, language, in_parts=False)
        return
    chosen = chosen or named or next(iter(takers), None)
    if chosen is None:
        shared.rest.append(text)
        return
    shared.readings[chosen.id] = readings[chosen.id]
    if any(sign.isalnum() for sign in _rest(readings[chosen.id])):
        _give(_rest(readings[chosen.id]), waiting, shared, language, in_parts=False)


def _says_yes_and_more(text: str, free: Sequence[Question], language: str) -> bool:
    """Whether a "yes" among other words is an answer of its own: "yes 7" is not only a seven."""
    tokens = cut(text, language).tokens
    says_yes = len(tokens) > 1 and bool(word_set("details", language, "yes") & set(tokens))
    return says_yes and any(one.kind is AnswerKind.YES_NO for one in free)


def _read(question: Question, text: str, language: str) -> Reading:
    """What a question makes of words, with or without its own name in them ("yes to the walk")."""
    reading = read_reply(question, cut(text, language))
    without = _without_name(question, text, language)
    if without == text or not without:
        return reading
    bare = read_reply(question, cut(without, language))
    return bare if _taken(bare) else reading


def _taken(reading: Reading) -> bool:
    return isinstance(reading, Answered | Skipped)


def _rest(reading: Reading) -> str:
    return reading.rest if isinstance(reading, Answered) else ""


def _same_yes_or_no(readings: Sequence[Reading]) -> bool:
    """Whether words fit two questions equally: a yes or no that each takes whole."""
    return len(readings) > 1 and any(
        isinstance(reading, Answered) and isinstance(reading.value, bool) for reading in readings
    )


def _doubt_a_bare_yes(text: str, waiting: Sequence[Question], shared: Shared, language: str) -> None:
    """A few words of yes or no may as well be for a person on the desk who asked something of that sort."""
    if len(shared.readings) != 1 or shared.rest or len(text.split()) > _LONGEST_BARE:
        return
    ((taker, reading),) = shared.readings.items()
    if not _same_yes_or_no([reading, reading]) or _named(text, waiting, language):
        return
    also = tuple(one.id for one in waiting if one.staff and _asks_yes_or_no(one, language))
    if also:
        shared.readings.clear()
        shared.ambiguous = (taker, *also)


def _asks_yes_or_no(question: Question, language: str) -> bool:
    """Whether an open-ended question may be answered by yes or no ("Did the form come back?")."""
    openings = word_set("details", language, "yes_or_no_questions")
    first_words = (cut(part, language).tokens[:1] for part in sentences(question.prompt))
    return question.kind is AnswerKind.FREE_TEXT and any(openings & set(words) for words in first_words)


def _parts(text: str, waiting: Sequence[Question], language: str) -> list[str]:
    """The clauses of a text, those that say yes or no cut further; pictures at the end are only kindness."""
    asked = sum(question.kind is AnswerKind.YES_NO for question in waiting)
    parts = [part for part in clauses(text, language) if any(sign.isalnum() for sign in part)]
    if not asked:
        return parts
    return limited([piece for part in parts for piece in _cut_at_yes_and_no(part, asked, language)])


def _cut_at_yes_and_no(part: str, asked: int, language: str) -> list[str]:
    """ "yes to the walk no to lunch" before each; "walk yes lunch no" after each; "yes 7" after the yes."""
    words = [re.sub(r"\W", "", word.lower()) for word in part.split()]
    yes, no = word_set("details", language, "yes"), word_set("details", language, "no")
    signs = [at for at, word in enumerate(words) if word in yes or word in no]
    if len(signs) == 1 and words[signs[0]] in yes:
        edges = {signs[0], signs[0] + 1}
    elif len(signs) > 1 and asked > 1:
        edges = set(signs) if signs[0] == 0 else {at + 1 for at in signs}
    else:
        return [part]
    ends = sorted(edges | {0, len(words)})
    return [" ".join(part.split()[start:end]) for start, end in pairwise(ends)]


def _named(text: str, takers: Sequence[Question], language: str) -> Question | None:
    """The one question whose name or day the words say; None when they say none, or more than one."""
    said = cut(text, language)
    by_name = [
        question for question in takers if any(_holds(said, name, language) for name in question.names)
    ]
    if len(by_name) == 1:
        return by_name[0]
    days = _days(said)
    by_day = [question for question in takers if days & _days(cut(_about(question), language))]
    return by_day[0] if len(by_day) == 1 else None


def _about(question: Question) -> str:
    return " ".join([question.prompt, *question.names])


def _days(said: Said) -> set[str]:
    ways = spellings("dates", said.language, "weekdays")
    days = set(ways.values())
    return {ways.get(token, token) for token in said.tokens} & days


def _holds(said: Said, name: str, language: str) -> bool:
    tokens = cut(name, language).tokens
    return bool(tokens) and any(
        said.tokens[at : at + len(tokens)] == tokens for at in range(len(said.tokens) - len(tokens) + 1)
    )


def _without_name(question: Question, text: str, language: str) -> str:
    """The words without the question's name, its day and what leads up to them."""
    said = cut(text, language)
    own = {token for name in question.names for token in cut(name, language).tokens}
    own |= _days(cut(_about(question), language))
    ways = spellings("dates", language, "weekdays")
    drop = {at for at, token in enumerate(said.tokens) if token in own or ways.get(token) in own}
    leads = word_set("details", language, "name_leads")
    for at in sorted(drop):
        before = at - 1
        while before >= 0 and said.tokens[before] in leads:
            drop.add(before)
            before -= 1
    return said.without(drop) if drop else text


def _to_both(text: str, waiting: Sequence[Question], shared: Shared, language: str) -> bool:
    """ "Yes to both": each question that waits for a yes or no gets it."""
    asked = [question for question in waiting if question.kind is AnswerKind.YES_NO]
    said = cut(text, language)
    both = word_set("details", language, "both")
    if len(asked) < 2 or not both & set(said.tokens):
        return False
    unsaid = both | word_set("details", language, "name_leads")
    drop = {at for at, token in enumerate(said.tokens) if token in unsaid}
    readings = {question.id: read_reply(question, cut(said.without(drop), language)) for question in asked}
    if not all(isinstance(reading, Answered) for reading in readings.values()):
        return False
    shared.readings.update(readings)
    return True


def _give_open_ended(waiting: Sequence[Question], shared: Shared, language: str) -> None:
    """A name for the question that waits for one: only words that are nothing but a name."""
    for question in waiting:
        if question.kind is AnswerKind.NAME and question.id not in shared.readings:
            for words in list(shared.rest):
                reading = read_reply(question, cut(words, language))
                if isinstance(reading, Answered) and not reading.rest and len(words.split()) <= _LONGEST_NAME:
                    shared.readings[question.id] = reading
                    shared.rest.remove(words)
                    return


def _give_unclear(text: str, waiting: Sequence[Question], shared: Shared, language: str) -> None:
    """Words that answer nothing but were meant for a question ("6 or 7", "what do you mean?")."""
    for question in waiting:
        if question.kind is AnswerKind.FREE_TEXT:
            continue
        reading = _read(question, text, language)
        engaged = isinstance(reading, Unclear) and reading.reason in ENGAGED
        if engaged or (isinstance(reading, Interrupted) and question is waiting[0]):
            shared.readings[question.id] = reading
            shared.rest.clear()
            return
