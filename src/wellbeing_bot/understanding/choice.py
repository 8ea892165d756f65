"""Reads which option is meant: by number, place, name (misspelt too), day, time, or words that describe it.

Everything that a text says of the options is gathered, and must agree: "Tuesday" names one of two Tuesdays
and is asked about, "Tuesday the 8th" is not.
"""

from __future__ import annotations

from wellbeing_bot.understanding.choice_hints import Hint, hints_of
from wellbeing_bot.understanding.choice_index import Options, index_of
from wellbeing_bot.understanding.courtesies import rest_of, without_courtesies
from wellbeing_bot.understanding.meaning import Answered, Question, Reading, Unclear
from wellbeing_bot.understanding.mentions import Mention, not_taken_back, ruled_out
from wellbeing_bot.understanding.said import Said

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
    mentions = [_mention(said, hint) for hint in hints]
    kept = not_taken_back(said, mentions)
    against: set[str] = set()
    standing: list[Hint] = []
    for hint, one in zip(hints, mentions, strict=True):
        if one not in kept:
            continue
        if ruled_out(said, mentions, one, engaged=hint.dated):
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
