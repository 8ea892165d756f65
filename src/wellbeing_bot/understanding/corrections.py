"""Reads a text that takes back the answer before: "no sorry I meant weds", "one more", "a day later".

Only asked when there is such an answer. What is taken back within one text ("2 no 3") ``mentions`` reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Question, Reading
from wellbeing_bot.understanding.numbers import with_digits
from wellbeing_bot.understanding.said import Said, cut
from wellbeing_bot.understanding.wordings import word_set, wordings

Reader = Callable[[Question, Said], Reading]

_SHIFT = re.compile(
    r"(?P<number>\d{1,3}|an?|half an|the)? ?"
    r"(?P<unit>hours?|hrs?|minutes?|mins?|days?|weeks?|fortnight) (?P<way>[a-z]+)\b"
)
_MOST_LEADS = 6
"""So many in a row: "no sorry wait I meant"."""
_MINUTES = {"h": 60, "m": 1}
_DAYS = {"d": 1, "w": 7, "f": 14}


def without_leads(said: Said, kind: AnswerKind) -> Said:
    """The text without the words that take back ("no sorry I meant", "can I change it to")."""
    sections = ("leads",) if kind is AnswerKind.YES_NO else ("leads", "leads_unless_yes_no")
    leads = wordings("corrections", said.language, *sections)
    for _ in range(_MOST_LEADS):
        found = leads.find(said)
        if not found or found[0].start != 0 or found[0].end >= len(said.tokens):
            return said
        said = said.part(found[0].end)
    return said


def corrects(text: str, language: str = "en") -> bool:
    """Whether a text begins as one that takes back what was said before."""
    said = cut(text, language)
    return without_leads(said, AnswerKind.FREE_TEXT) is not said


def read_correction(question: Question, said: Said, reader: Reader) -> Reading | None:
    """The answer before as the text changes it, or None when the text does not say how."""
    changed = _relative(question, said)
    if changed is not None:
        return changed
    bare = without_leads(said, question.kind)
    if bare is said and question.kind is not AnswerKind.ACCESS_NEEDS:
        return None
    reading = reader(question, bare)
    if not isinstance(reading, Answered):
        return None
    if question.kind is AnswerKind.ACCESS_NEEDS:
        return _with_needs(question, said, reading)
    return reading


def _with_needs(question: Question, said: Said, reading: Answered) -> Reading:
    adds = not word_set("corrections", said.language, "also").isdisjoint(said.tokens)
    if (
        adds
        and isinstance(question.previous_answer, tuple)
        and isinstance(reading.value, tuple)
        and reading.value
    ):
        return Answered(tuple(sorted({*question.previous_answer, *reading.value})), rest=reading.rest)
    return reading


def _relative(question: Question, said: Said) -> Reading | None:
    previous = question.previous_answer
    plain = " ".join(without_leads(said, question.kind).tokens)
    if question.kind is AnswerKind.PARTY_SIZE and isinstance(previous, int):
        if _starts(plain, "more", said.language):
            return Answered(previous + 1)
        if _starts(plain, "fewer", said.language) and previous > 0:
            return Answered(previous - 1)
        return _added_person(previous, said)
    if question.kind is AnswerKind.SCALE_0_10 and isinstance(previous, int):
        step = _starts(plain, "up", said.language) - _starts(plain, "down", said.language)
        return Answered(previous + step) if step and 0 <= previous + step <= 10 else None
    shift = _SHIFT.search(with_digits(said).plain)
    if shift is None:
        return None
    later = shift["way"] in word_set("corrections", said.language, "later")
    if not later and shift["way"] not in word_set("corrections", said.language, "earlier"):
        return None
    return _shifted(question, previous, shift, 1 if later else -1)


def _starts(plain: str, section: str, language: str) -> bool:
    return any(
        plain == words or plain.startswith(words + " ")
        for words in word_set("corrections", language, section)
    )


def _added_person(previous: int, said: Said) -> Reading | None:
    adding = word_set("corrections", said.language, "adding")
    people = word_set("party_size", said.language, "people")
    words = without_leads(said, AnswerKind.PARTY_SIZE).tokens
    if words and words[0] in adding and len(words) <= 4 and words[-1] in people:
        return Answered(previous + 1)
    return None


def _shifted(question: Question, previous: object, shift: re.Match[str], sign: int) -> Reading | None:
    number, unit = shift["number"] or "1", shift["unit"][0]
    if question.kind is AnswerKind.TIME and isinstance(previous, time) and unit in _MINUTES:
        minutes = 30 if number.startswith("half") else _MINUTES[unit] * _count(number)
        moved = datetime.combine(date.min + timedelta(days=1), previous) + sign * timedelta(minutes=minutes)
        return Answered(moved.time(), read_back=True)
    if question.kind is AnswerKind.DATE and type(previous) is date and unit in _DAYS:
        return Answered(previous + sign * timedelta(days=_DAYS[unit] * _count(number)), read_back=True)
    return None


def _count(number: str) -> int:
    return int(number) if number.isdigit() else 1
