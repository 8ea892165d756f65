"""Is a text, or can it be nothing but, a command: STOP, START, HELP, a person please, BACK, CANCEL?

What counts is ``vocabulary/<language>/commands.yaml``. Asking in any words to be texted no more is STOP;
asking for less of one thing ("stop the Tuesday one but keep lunch") or for a pause is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from wellbeing_bot.understanding.meaning import InterruptKind
from wellbeing_bot.understanding.phrases import Phrasebook, lines
from wellbeing_bot.understanding.spelling import said
from wellbeing_bot.understanding.text import plain
from wellbeing_bot.understanding.vocabulary import spoken, vocabulary

_ORDER = (
    InterruptKind.STOP,
    InterruptKind.START,
    InterruptKind.TALK_TO_PERSON,
    InterruptKind.HELP,
    InterruptKind.BACK,
    InterruptKind.CANCEL,
)
"""Of two commands in one text, the one that counts."""

_STOP = 0


@dataclass(frozen=True, slots=True)
class _Book:
    signs: Mapping[str, InterruptKind]
    not_commands: Phrasebook
    partial: Phrasebook
    bare: Phrasebook
    always: Phrasebook
    not_answering: Phrasebook
    answering: Phrasebook


@lru_cache(maxsize=8)
def _book(language: str) -> _Book:
    listed = vocabulary("commands", language)
    words = listed["words"]

    def plain_phrases(part: str) -> Phrasebook:
        return Phrasebook([(phrase, 0) for phrase in lines(listed[part])], words)

    def by_kind(part: str) -> Phrasebook:
        entries = listed[part]
        return Phrasebook(
            [(phrase, at) for at, kind in enumerate(_ORDER) for phrase in lines(entries.get(kind.value))],
            words,
        )

    return _Book(
        signs={str(sign): InterruptKind(kind) for sign, kind in listed["signs"].items()},
        not_commands=plain_phrases("not_commands"),
        partial=plain_phrases("partial"),
        bare=by_kind("bare"),
        always=by_kind("always"),
        not_answering=by_kind("not_answering"),
        answering=by_kind("answering"),
    )


@lru_cache(maxsize=128)  # one text is looked at by many, one after the other
def read_command(text: str, *, answering: bool = False, language: str = "en") -> InterruptKind | None:
    """The command that ``text`` gives, or None. Never raises, whatever the text.

    Args:
        text: what was written.
        answering: a question is open; only what cannot be an answer to one is then a command.
        language: whose words to read it with.

    A language without commands of its own has the English ones, as the carriers do.
    """
    language = spoken("commands", language)
    book = _book(language)
    sign = book.signs.get(plain(text))
    if sign is not None:
        return sign
    heard = book.not_commands.without(said(text, language))
    bare = {label for label, _ in book.bare.matches(heard)}
    found = {label for label, _ in book.always.matches(heard)}
    found |= {label for label, _ in (book.answering if answering else book.not_answering).matches(heard)}
    if _STOP in found and book.partial.found(heard):
        found.discard(_STOP)
    found |= bare
    return _ORDER[min(found)] if found else None
