"""Reads which option is meant: by number, place, name (misspelt too), day, time, or words that describe it.

Everything that a text says of the options is gathered, and must agree: "Tuesday" names one of two Tuesdays
and is asked about, "Tuesday the 8th" is not.
"""

from __future__ import annotations

from itertools import pairwise

from wellbeing_bot.understanding.choice_hints import Hint, hints_of
from wellbeing_bot.understanding.choice_index import Options, index_of
from wellbeing_bot.understanding.courtesies import rest_of, without_courtesies
from wellbeing_bot.understanding.meaning import Answered, Question, Reading, Unclear
from wellbeing_bot.understanding.mentions import Mention, Ruling, not_taken_back, ruled_out
from wellbeing_bot.understanding.said import Said

_JOINING = frozenset({"and", "or", "plus", "n", "no"})
_IN_PASSING = 2
"""Words beside the hints that make a second part more than a list of numbers."""
_TOO_MANY = 30
"""A text with more hints than this answers nothing."""


def read_choice(question: Question, said: Said) -> Reading:
    """One of the options, exactly as given, or what is unclear: none of them, or more than one."""
    said = without_courtesies(said)
    index = index_of(question.options, tuple(sorted(question.aliases.items())), said.language)
    whole = index.whole.get(" ".join(said.tokens))
    if whole is not None:
        return Answered(whole)
    return _agree(question, said, hints_of(question, said, index))


def _agree(question: Question, said: Said, hints: list[Hint]) -> Reading:
    if len(hints) > _TOO_MANY:
        return Unclear()
    standing, against = _standing(said, hints)
    fitting = _common(question.options, standing) - against
    if not fitting and (number := _number_alone(said, standing)):
        standing, fitting = [number], number.options
    if len(fitting) == 1 and not _another_beside(said, standing):
        used = (i for hint in hints for i in range(hint.start, hint.end))
        return Answered(next(iter(fitting)), rest=rest_of(said, used))
    named = {option for hint in standing for option in hint.options} - against
    candidates = tuple(option for option in question.options if option in (fitting | named))
    if len(candidates) > 1:
        return Unclear("two_values", candidates)
    return Unclear("conditional" if hints else "not_understood", candidates)


def _standing(said: Said, hints: list[Hint]) -> tuple[list[Hint], set[str]]:
    """The hints that count, and the options that the text speaks against."""
    mentions = [_mention(said, hint) for hint in hints]
    kept = mentions if _merely_no(said, hints) else not_taken_back(said, mentions)
    standing: list[Hint] = []
    against: set[str] = set()
    for hint, one in zip(hints, mentions, strict=True):
        ruling = ruled_out(said, mentions, one, engaged=hint.dated)
        if one not in kept or ruling is Ruling.PAST:
            continue
        if ruling is Ruling.REFUSED:
            against |= hint.options if len(hint.options) == 1 else set()
        else:
            standing.append(hint)
    return standing, against


def _merely_no(said: Said, hints: list[Hint]) -> bool:
    """Whether a bare "no" stands between two names: "pie no chips" takes back nothing for certain."""
    return any(
        said.tokens[one.end : after.start] == ("no",) and not one.place and not after.place
        for one, after in pairwise(hints)
    )


def _number_alone(said: Said, standing: list[Hint]) -> Hint | None:
    """The number that is the whole first part of a text: "1. My friend does 2"."""
    first = standing[0] if standing else None
    if first is None or not first.place or first.start > 0 or first.end not in said.clauses:
        return None
    others = {i for hint in standing for i in range(hint.start, hint.end)}
    return first if len(said.tokens) - len(others) >= _IN_PASSING else None


def _another_beside(said: Said, standing: list[Hint]) -> bool:
    """Whether a description of another option is joined to a name ("lonely and skint")."""
    for one, after in pairwise(standing):
        joined = said.tokens[one.end : after.start]
        if joined and set(joined) <= _JOINING and one.options.isdisjoint(after.options):
            return True
    return False


def _common(options: tuple[str, ...], hints: list[Hint]) -> Options:
    """The options that everything said fits; descriptions count where the rest leaves a choice."""
    strong = [hint.options for hint in hints if not hint.weak]
    weak = [hint.options for hint in hints if hint.weak]
    if not strong and not weak:
        return frozenset()
    fitting = frozenset(options).intersection(*strong)
    if len(fitting) > 1 and weak:
        return fitting.intersection(*weak)
    return fitting


def _mention(said: Said, hint: Hint) -> Mention:
    last = hint.end - 1
    return Mention(
        " ".join(sorted(hint.options)), said.starts[hint.start], said.starts[last] + len(said.tokens[last])
    )
