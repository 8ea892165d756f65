"""What a text says of the options it was offered: by number, name, day, time or description."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wellbeing_bot.understanding.choice_index import Index, Options, slip_of, stem
from wellbeing_bot.understanding.day_words import with_day_words
from wellbeing_bot.understanding.meaning import Question
from wellbeing_bot.understanding.places import place_mentions
from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.times import possible_times, respelt_times
from wellbeing_bot.understanding.vocabulary import vocabulary
from wellbeing_bot.understanding.wordings import Found, word_set

_DAY = re.compile(
    r"(?P<weekday>W[0-6])s?\b|M(?P<first>\d+)\b(?: (?P<last>\d{1,2})(?!\d))?"
    r"|(?P<day>\d{1,2})"
    r"(?:(?:st|nd|rd|th)?(?: of)? M(?P<month>\d+)|(?:st|nd|rd|th)\b(?! W)|/(?P<slash>\d{1,2})\b)"
)


@dataclass(frozen=True, slots=True)
class Hint:
    """Some words of a text (tokens ``start`` up to ``end``), and the options that they fit."""

    start: int
    end: int
    options: Options
    weak: bool = False  # a description; not a name, number, day or time
    dated: bool = False  # a day or a time
    place: bool = False  # a number, letter or place in the row


def hints_of(question: Question, said: Said, index: Index) -> list[Hint]:
    """All that a text says of the options, from left to right."""
    timely = (*_day_hints(question, said, index), *_time_hints(said, index))
    dated = [replace(hint, dated=True) for hint in timely]
    taken = {i for hint in dated for i in range(hint.start, hint.end)}
    hints = [*dated, *_place_hints(question, said, index, taken)]
    for found in index.aliases.find(said):
        if not taken & set(range(found.start, found.end)):
            taken.update(range(found.start, found.end))
            hints.append(Hint(found.start, found.end, frozenset({found.section})))
    hints += _word_hints(said, index, taken)
    return _merged(sorted(hints, key=lambda hint: (hint.start, hint.weak)))


def _merged(hints: list[Hint]) -> list[Hint]:
    """Neighbouring words for the same options as one ("old mill")."""
    out: list[Hint] = []
    for hint in hints:
        last = out[-1] if out else None
        if last and last.end == hint.start and replace(last, start=0, end=0) == replace(hint, start=0, end=0):
            out[-1] = replace(last, end=hint.end)
        else:
            out.append(hint)
    return out


def _place_hints(question: Question, said: Said, index: Index, taken: set[int]) -> Iterator[Hint]:
    """Options by number or place. A number of no option may be an hour, if more is said."""
    named = bool(taken)
    for one in place_mentions(question, said):
        places = said.token_range(one.start, one.end)
        if taken & set(places):
            continue
        taken.update(places)
        timely = _as_day_or_hour(said, one.start, index) if named else frozenset()
        if isinstance(one.value, str) and (not timely or one.value in timely):
            yield Hint(places.start, places.stop, frozenset({one.value}), place=True)
        else:
            yield Hint(places.start, places.stop, timely, dated=True)


def _as_day_or_hour(said: Said, start: int, index: Index) -> Options:
    digits = re.match(r"\d{1,2}(?!\d)", said.plain[start:])
    number = int(digits.group()) if digits else -1
    if number in index.days:
        return index.days[number]
    hour = number % 12 if 1 <= number <= 12 else -1
    return frozenset(
        option for time, options in index.times.items() if time.hour % 12 == hour for option in options
    )


def _word_hints(said: Said, index: Index, taken: set[int]) -> Iterator[Hint]:
    alike = {i: found for found in index.alike.find(said) for i in range(found.start, found.end)}
    for i, token in enumerate(said.tokens):
        if i in taken:
            continue
        phrase = i in alike and _tells(said, index, alike[i])
        if not phrase and (options := index.words.get(stem(token))) is not None:
            yield Hint(i, i + 1, options)
        elif i in alike:
            yield Hint(i, i + 1, index.alike_of[alike[i].section], weak=True)
        elif (options := index.words.get(stem("".join(said.tokens[i : i + 2])))) is not None:
            yield Hint(i, min(i + 2, len(said.tokens)), options)
            taken.add(i + 1)
        elif slip := slip_of(token, index, said.language):
            yield Hint(i, i + 1, slip.options, weak=slip.weak)


def _tells(said: Said, index: Index, found: Found) -> bool:
    """Whether a phrase counts before its single words: longer, and none of them names another option."""
    if found.end - found.start == 1:
        return False
    tokens = said.tokens[found.start : found.end]
    named = [index.words[word] for word in map(stem, tokens) if word in index.words]
    denies = tokens[0] in word_set("mentions", said.language, "rejecting") | {"no"}
    return denies or not any(options.isdisjoint(index.alike_of[found.section]) for options in named)


def _day_hints(question: Question, said: Said, index: Index) -> Iterator[Hint]:
    if not index.weekdays and not index.days:
        return
    spelt = with_day_words(said)
    for match in _DAY.finditer(spelt.plain):
        places = spelt.token_range(*match.span())
        options = frozenset(question.options)
        if match["weekday"]:
            options &= index.weekdays.get(int(match["weekday"][1]), frozenset())
        day, month = match["day"] or match["last"], match["month"] or match["slash"] or match["first"]
        if day and not month and not match["weekday"] and int(day) not in index.days:
            continue  # "the 2nd one" of two dates, neither on a 2nd: a place in the row
        if day and index.days:
            options &= index.days.get(int(day), frozenset())
        if month and index.days:
            options &= index.months.get(int(month), frozenset())
        if match["weekday"] or index.days:
            yield _nth_of_them(question, said, places, options)


def _nth_of_them(question: Question, said: Said, places: range, options: Options) -> Hint:
    """Of two Tuesdays the one that "the second Tuesday" means."""
    before = said.tokens[places.start - 1] if places.start else ""
    in_order = [option for option in question.options if option in options]
    if len(in_order) == 2:
        if before in word_set("choice", said.language, "first_of"):
            return Hint(places.start - 1, places.stop, frozenset(in_order[:1]))
        if before in word_set("choice", said.language, "second_of"):
            return Hint(places.start - 1, places.stop, frozenset(in_order[1:]))
    return Hint(places.start, places.stop, options)


def _time_hints(said: Said, index: Index) -> Iterator[Hint]:
    if not index.times:
        return
    spelt = respelt_times(said)
    for (start, end), possible in possible_times(spelt):
        bare = spelt.plain[start:end].strip().isdigit()
        if not bare or spelt.plain[:start].endswith("at "):
            options = frozenset().union(*(index.times.get(time, frozenset()) for time in possible))
            places = spelt.token_range(start, end)
            yield Hint(places.start, places.stop, options)
    for i, token in enumerate(said.tokens):
        for part in vocabulary("choice", said.language)["parts_of_day"]:
            if token in part["words"] and not (i and said.tokens[i - 1].isdigit()):
                first, last = part["hours"]
                timely = (options for time, options in index.times.items() if first <= time.hour < last)
                yield Hint(i, i + 1, frozenset().union(*timely))
