"""The phrases of a vocabulary file, looked for in the words of a text.

A file of answers holds sections; the section in which a phrase stands says what it means. How a phrase is
written is in ``phrases``; a section ``words`` holds the lists that ``{name}`` stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.said import Said
from wellbeing_bot.understanding.vocabulary import VocabularyError, vocabulary

_PLAIN = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found: the section it stands in, and its tokens ``start`` up to but not including ``end``."""

    section: str
    start: int
    end: int


class Wordings:
    """The phrases of some sections. Where two overlap the one that starts first, then the longer, counts."""

    __slots__ = ("_book", "_sections")

    def __init__(
        self,
        sections: Mapping[str, Sequence[str]],
        words: Mapping[str, Sequence[str]],
        *,
        lasting: bool = True,
    ) -> None:
        self._sections = tuple(sections)
        self._book = Phrasebook(
            [(phrase, at) for at, listed in enumerate(sections.values()) for phrase in listed],
            words,
            lasting=lasting,
        )

    def find(self, said: Said, *others: Wordings) -> list[Found]:
        """The phrases in a text, from left to right; none overlaps another.

        With ``others`` their phrases too; where two are equally long those of the first count.
        """
        hits = sorted(hit for rank, one in enumerate((self, *others)) for hit in one._hits(said, rank))
        found: list[Found] = []
        reached = 0
        for start, end, _, section in hits:
            if start >= reached:
                found.append(Found(section, start, -end))
                reached = -end
        return found

    def _hits(self, said: Said, rank: int) -> Iterator[tuple[int, int, tuple[int, int], str]]:
        for label, match in self._book.every_match(said.line):
            if tokens := said.line_range(match.start(), match.end()):
                yield tokens.start, -tokens.stop, (rank, label), self._sections[label]

    def whole(self, said: Said) -> str | None:
        """The section of a phrase that is the whole text, if one is."""
        for found in self.find(said):
            return found.section if found.start == 0 and found.end == len(said.tokens) else None
        return None


def as_phrases(*written: Said) -> list[str]:
    """Texts that somebody else wrote, as phrases to look for; those that no phrase can hold are left out."""
    return [
        " ".join(said.tokens)
        for said in written
        if said.tokens and all(_PLAIN.fullmatch(t) for t in said.tokens)
    ]


@lru_cache(maxsize=256)
def wordings(topic: str, language: str, *sections: str) -> Wordings:
    """The phrases of these sections of ``vocabulary/<language>/<topic>.yaml``; of all when none is named.

    Raises:
        VocabularyError: there is no such file or section, or a phrase lacks its quotes.
    """
    content = vocabulary(topic, language) or {}
    words = {
        name: list(_checked(topic, language, name, listed))
        for name, listed in content.get("words", {}).items()
    }
    names = sections or tuple(name for name in content if name != "words")
    return Wordings({name: list(_checked(topic, language, name, content.get(name))) for name in names}, words)


@lru_cache(maxsize=256)
def word_set(topic: str, language: str, section: str) -> frozenset[str]:
    """The single words of one section."""
    content = vocabulary(topic, language) or {}
    return frozenset(_checked(topic, language, section, content.get(section)))


@lru_cache(maxsize=256)
def endings(topic: str, language: str, *sections: str) -> tuple[str, ...]:
    """The words of some sections, each with a space before it: what a text may end with."""
    return tuple(f" {words}" for section in sections for words in sorted(word_set(topic, language, section)))


@lru_cache(maxsize=256)
def openings(topic: str, language: str, *sections: str) -> tuple[str, ...]:
    """The words of some sections, each with a space after it: what a text and a space may start with."""
    return tuple(f"{words} " for section in sections for words in sorted(word_set(topic, language, section)))


@lru_cache(maxsize=64)
def spellings(topic: str, language: str, section: str) -> Mapping[str, str]:
    """A section that lists for each word the ways people write it, turned round: way -> word."""
    content = vocabulary(topic, language) or {}
    return {
        way: str(word)
        for word, ways in (content.get(section) or {}).items()
        for way in (str(w) for w in ways)
    }


def _checked(topic: str, language: str, section: str, listed: Any) -> Iterator[str]:
    for phrase in listed or ():
        if not isinstance(phrase, str):
            raise VocabularyError(
                f"vocabulary/{language}/{topic}.yaml, {section}: write quotes around {phrase!r}, so that it "
                'stays a word ("yes", "10")'
            )
        yield phrase
