"""Does a text ask what there is for a need: "is there anywhere does cheap meals", "who can help with damp"?

The needs are those of ``vocabulary/<language>/needs.yaml``; services in the directory are filed under them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wellbeing_bot.understanding.heard_parts import book
from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.spelling import said
from wellbeing_bot.understanding.vocabulary import VocabularyError, vocabulary


@dataclass(frozen=True, slots=True)
class NeedsHeard:
    """``needs`` in the order of the vocabulary; ``asks``: the text wants to know what there is for them."""

    needs: tuple[str, ...] = ()
    asks: bool = False


def read_needs(text: str, language: str = "en") -> NeedsHeard:
    """The needs a text speaks of, and whether it asks what there is. Never raises, whatever the text.

    It does not look for STOP or anything urgent: ask those first. A language without the file has no needs.
    """
    heard = said(text, language)
    told = _found("told", heard, language)
    asks = book("needs", language, "asks").found(heard)
    if asks and book("needs", language, "besides").found(heard):
        asks = False
    found = (*told, *(need for need in _found("needs", heard, language) if need not in told))
    return NeedsHeard(found, bool(told) or (asks and bool(found)))


def asks_for_time(text: str, names: Sequence[str] = (), language: str = "en") -> bool:
    """Whether a text wants a time with somebody: "can I see citizens advice", or nothing but a name.

    ``names``: what the service is called; a text that is only one of them asks for it.
    """
    heard = said(text, language)
    if book("needs", language, "books").found(heard):
        return True
    return any(heard == said(name, language) for name in names)


def known_needs(language: str = "en") -> tuple[str, ...]:
    """Every need there is a word for, in the order of the vocabulary."""
    return tuple(vocabulary("needs", language)["needs"])


def need_words(need: str, language: str = "en") -> str:
    """What a need is called when it is said back: ``a break for carers``."""
    return str(vocabulary("needs", language)["needs"][need]["label"])


def is_quiet(need: str, language: str = "en") -> bool:
    """Whether a need is not to be said back: somebody else may see the text."""
    return bool(vocabulary("needs", language)["needs"][need].get("quiet", False))


def group_kinds(need: str, language: str = "en") -> frozenset[str]:
    """The kinds of group that meet a need as well; where a network has such a group, it comes first."""
    return frozenset(str(kind) for kind in vocabulary("needs", language)["needs"][need].get("groups", ()))


def _found(section: str, heard: str, language: str) -> tuple[str, ...]:
    names, phrases = _books(section, language)
    found = {label for label, _ in phrases.matches(heard)}
    return tuple(name for number, name in enumerate(names) if number in found)


@lru_cache(maxsize=8)
def _books(section: str, language: str) -> tuple[tuple[str, ...], Phrasebook]:
    """One book for a section: each phrase is labelled with the number of its need."""
    try:
        words = vocabulary("needs", language)
    except VocabularyError:
        return (), Phrasebook([], {})
    listed = words[section]
    names = tuple(str(name) for name in listed)
    phrases = [
        (phrase, number)
        for number, name in enumerate(names)
        for phrase in (listed[name]["say"] if section == "needs" else listed[name])
    ]
    return names, Phrasebook(phrases, words.get("words", {}))
