"""Reads which option is meant: by number, place, name (misspelt too), day, time, or words that describe it.

Everything that a text says of the options is gathered, and must agree: "Tuesday" names one of two Tuesdays
and is asked about, "Tuesday the 8th" is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wellbeing_bot.understanding.choice_index import Index, Options, index_of, slip_of, stem
from wellbeing_bot.understanding.courtesies import rest_of, without_courtesies
from wellbeing_bot.understanding.day_words import with_day_words
from wellbeing_bot.understanding.meaning import Answered, Question, Reading, Unclear
from wellbeing_bot.understanding.mentions import Mention, not_taken_back, ruled_out
from wellbeing_bot.understanding.places import place_mentions
from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.times import possible_times, respelt_times

_DAY = re.compile(
    r"(?P<weekday>W[0-6])s?\b|(?P<day>\d{1,2})(?:(?:st|nd|rd|th)?(?: of)? M(?P<month>\d+)|(?:st|nd|rd|th)\b|/(?P<slash>\d{1,2})\b)|M(?P<first>\d+)(?: (?P<last>\d{1,2})(?!\d))?"
)


@dataclass(frozen=True, slots=True)
class _Hint:
    """Some words of a text, and the options that they fit."""

    start: int
    end: int
    options: Options
    weak: bool = False  # a description; not a name, number, day or time


def read_choice(question: Question, said: Said) -> Reading:
    """One of the options, exactly as given, or what is unclear: none of them, or more than one."""
    said = without_courtesies(said)
    index = index_of(question.options, tuple(sorted(question.aliases.items())), said.language)
    whole = index.whole.get(" ".join(said.tokens))
    if whole is not None:
        return Answered(whole)
    hints = sorted(_hints(question, said, index), key=lambda hint: (hint.start, hint.weak))
    return _agree(question, said, hints)


def _agree(question: Question, said: Said, hints: list[_Hint]) -> Reading:
    mentions = [_mention(said, hint) for hint in hints]
    kept = not_taken_back(said, mentions)
    against: set[str] = set()
    standing: list[_Hint] = []
    for hint, one in zip(hints, mentions, strict=True):
        if one not in kept:
            continue
        if ruled_out(said, mentions, one):
            against |= hint.options if len(hint.options) == 1 else set()
        else:
            standing.append(hint)
    fitting = _common(question.options, standing) - against
    if len(fitting) == 1:
        used = (i for hint in hints for i in range(hint.start, hint.end))
        return Answered(next(iter(fitting)), rest=rest_of(said, used))
    named = {option for hint in standing for option in hint.options} - against
    candidates = tuple(option for option in question.options if option in (fitting or named))
    return Unclear("two_values" if len(candidates) > 1 else "not_understood", candidates)


def _common(options: tuple[str, ...], hints: list[_Hint]) -> Options:
    """The options that everything said fits; descriptions count where the rest leaves a choice."""
    strong = [hint.options for hint in hints if not hint.weak]
    weak = [hint.options for hint in hints if hint.weak]
    if not strong and not weak:
        return frozenset()
    fitting = frozenset(options).intersection(*strong)
    if len(fitting) > 1 and weak:
        return fitting.intersection(*weak)
    return fitting


def _mention(said: Said, hint: _Hint) -> Mention:
    last = hint.end - 1
    return Mention(
        " ".join(sorted(hint.options)), said.starts[hint.start], said.starts[last] + len(said.tokens[last])
    )


def _hints(question: Question, said: Said, index: Index) -> Iterator[_Hint]:
    taken: set[int] = set()
    for hint in (*_day_hints(said, index), *_time_hints(said, index)):
        taken.update(range(hint.start, hint.end))
        yield hint
    for one in place_mentions(question, said):
        places = said_range(said, one)
        if not taken & set(places):
            options = frozenset({one.value}) if isinstance(one.value, str) else frozenset()
            taken.update(places)
            yield _Hint(places.start, places.stop, options)
    for found in index.aliases.find(said):
        if not taken & set(range(found.start, found.end)):
            taken.update(range(found.start, found.end))
            yield _Hint(found.start, found.end, frozenset({found.section}))
    yield from _word_hints(said, index, taken)


def said_range(said: Said, one: Mention) -> range:
    return said.token_range(one.start, one.end)


def _word_hints(said: Said, index: Index, taken: set[int]) -> Iterator[_Hint]:
    alike = {i: found for found in index.alike.find(said) for i in range(found.start, found.end)}
    for i, token in enumerate(said.tokens):
        if i in taken:
            continue
        if (options := index.words.get(stem(token))) is not None:
            yield _Hint(i, i + 1, options)
        elif i in alike:
            found = alike[i]
            yield _Hint(i, i + 1, index.alike_of[found.section], weak=True)
        elif options := slip_of(token, index, said.language):
            yield _Hint(i, i + 1, options)


def _day_hints(said: Said, index: Index) -> Iterator[_Hint]:
    if not index.weekdays and not index.days:
        return
    spelt = with_day_words(said)
    for match in _DAY.finditer(spelt.plain):
        places = spelt.token_range(*match.span())
        options = frozenset(index.whole.values())
        if match["weekday"]:
            options &= index.weekdays.get(int(match["weekday"][1]), frozenset())
        day, month = match["day"] or match["last"], match["month"] or match["slash"] or match["first"]
        if day and index.days:
            options &= index.days.get(int(day), frozenset())
        if month and index.days:
            options &= index.months.get(int(month), frozenset())
        if match["weekday"] or index.days:
            yield _Hint(places.start, places.stop, options)


def _time_hints(said: Said, index: Index) -> Iterator[_Hint]:
    if not index.times:
        return
    spelt = respelt_times(said)
    for (start, end), possible in possible_times(spelt):
        written = spelt.plain[start:end]
        at = spelt.plain[:start].endswith(("at ", "the ")) and spelt.plain[end:].strip() in (
            "",
            "one",
            "oclock one",
        )
        if written.strip().isdigit() and not (at and spelt.plain[:start].endswith("at ")):
            continue
        options = frozenset().union(*(index.times.get(time, frozenset()) for time in possible))
        places = spelt.token_range(start, end)
        yield _Hint(places.start, places.stop, options)
