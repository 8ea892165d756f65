"""Is a text, or can it be nothing but, a command: STOP, START, HELP, a person please, BACK, CANCEL?

What counts is ``vocabulary/<language>/commands.yaml``. Asking in any words to be texted no more is STOP;
asking for less of one thing ("stop the Tuesday one but keep lunch") is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from wellbeing_bot.understanding.meaning import InterruptKind
from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.spelling import said
from wellbeing_bot.understanding.text import plain
from wellbeing_bot.understanding.vocabulary import vocabulary

_ORDER = (
    InterruptKind.STOP,
    InterruptKind.START,
    InterruptKind.TALK_TO_PERSON,
    InterruptKind.HELP,
    InterruptKind.BACK,
    InterruptKind.CANCEL,
)


@dataclass(frozen=True, slots=True)
class _Book:
    not_commands: Phrasebook
    always: Phrasebook
    alone: Phrasebook
    signs: Mapping[str, InterruptKind]


@lru_cache(maxsize=8)
def _book(language: str) -> _Book:
    listed = vocabulary("commands", language)
    words = {name: [str(word) for word in entries] for name, entries in listed["words"].items()}

    def phrases(part: str) -> Phrasebook:
        return Phrasebook(
            [(phrase, at) for at, kind in enumerate(_ORDER) for phrase in listed[part].get(kind.value, ())], words
        )

    return _Book(
        not_commands=Phrasebook([(phrase, 0) for phrase in listed["not_commands"]], words),
        always=phrases("always"),
        alone=phrases("not_answering"),
        signs={str(sign): InterruptKind(kind) for sign, kind in listed["signs"].items()},
    )


def read_command(text: str, *, answering: bool = False, language: str = "en") -> InterruptKind | None:
    """The command that ``text`` gives, or None.

    Args:
        text: what was written.
        answering: a question is open; only what cannot be an answer to one is then a command.
        language: whose words to read it with.
    """
    book = _book("en")
    bare = plain(text)
    if bare in book.signs:
        return book.signs[bare]
    heard = said(text)
    for start, end in sorted(book.not_commands.spans(heard), reverse=True):
        heard = heard[:start] + " _" + heard[end:]
    found = {label for label, _ in book.always.matches(heard)}
    if not answering:
        found |= {label for label, _ in book.alone.matches(heard)}
    return _ORDER[min(found)] if found else None
