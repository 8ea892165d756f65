"""A text cut into words, that remembers where each word stood in what the person wrote.

Readers match words and patterns on ``plain`` or ``line``; what they did not use is handed back in the
person's own spelling as ``rest``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wellbeing_bot.understanding.text import tidy

SIGNS = {
    "👍": "thumbsup",
    "👌": "thumbsup",
    "🙆": "thumbsup",
    "✅": "thumbsup",
    "✔": "thumbsup",
    "☑": "thumbsup",
    "👎": "thumbsdown",
    "❌": "thumbsdown",
    "🙅": "thumbsdown",
    "🚫": "thumbsdown",
}
"""Pictures that say yes or no, as words that a vocabulary file may hold."""

_TOKEN = re.compile(rf"[^\W_]+(?:'[^\W_]+)*|[{''.join(SIGNS)}]")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_CLAUSE = re.compile(r"[,;!?()\"]|[.:](?=\D|$)|\s-|-\s")
_SENTENCE = re.compile(r"[;!?]|\.(?=\D|$)")


@dataclass(frozen=True)
class Said:
    """One text. ``tokens[i]`` stood at ``spans[i]`` of ``text`` and stands at ``starts[i]`` of ``plain``."""

    text: str  # tidy: case and spelling as written
    tokens: tuple[str, ...]  # lower case, no apostrophes, "yesss" as "yes"
    spans: tuple[tuple[int, int], ...]
    plain: str  # the tokens with the punctuation that stood between them
    starts: tuple[int, ...]
    language: str = "en"

    @cached_property
    def clauses(self) -> frozenset[int]:
        """The tokens that start a clause: the first, and any after a comma, a stop or a dash."""
        return frozenset(i for i in range(len(self.tokens)) if i == 0 or _CLAUSE.search(self.gap(i)))

    @cached_property
    def line(self) -> str:
        """The words with one space between and a full stop between sentences, as phrases are matched."""
        parts = ["."]
        for i, token in enumerate(self.tokens):
            if i and _SENTENCE.search(self.gap(i)):
                parts.append(".")
            parts.append(token)
        return f" {' '.join(parts)} . "

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Where each token starts in ``line``."""
        starts: list[int] = []
        at = 3
        for token in self.tokens:
            if self.line[at] == ".":
                at += 2
            starts.append(at)
            at += len(token) + 1
        return tuple(starts)

    def gap(self, index: int) -> str:
        """What stood between a token and the one before it."""
        return self.text[self.spans[index - 1][1] : self.spans[index][0]] if index else ""

    def respelt(self, spellings: Mapping[str, str]) -> Said:
        """The same text with some words written otherwise ("thurs" as "thursday")."""
        return self.with_tokens(tuple(spellings.get(token, token) for token in self.tokens))

    def with_tokens(self, tokens: tuple[str, ...]) -> Said:
        """The same text with other words in the same places; "" leaves a place empty."""
        if tokens == self.tokens:
            return self
        return _assemble(self.text, tokens, self.spans, self.language)

    def part(self, start: int, end: int | None = None) -> Said:
        """The text from one token up to another, as a text of its own."""
        tokens, spans = self.tokens[start:end], self.spans[start:end]
        if not tokens:
            return _assemble("", (), (), self.language)
        first, last = spans[0][0], spans[-1][1] if end is not None else len(self.text)
        moved = tuple((a - first, b - first) for a, b in spans)
        return _assemble(self.text[first:last], tokens, moved, self.language)

    def token_range(self, start: int, end: int) -> range:
        """The tokens that touch ``plain[start:end]``."""
        return range(max(bisect_right(self.starts, start) - 1, 0), bisect_left(self.starts, end))

    def line_range(self, start: int, end: int) -> range:
        """The tokens that touch ``line[start:end]``."""
        return range(bisect_left(self.line_starts, start), bisect_left(self.line_starts, end))

    def without(self, used: Iterable[int]) -> str:
        """What is left when these tokens are taken out, as it was written."""
        taken = set(used)
        pieces: list[str] = []
        previous = -2
        for i, (start, end) in enumerate(self.spans):
            if i in taken or not self.tokens[i]:
                continue
            if i == previous + 1:
                pieces[-1] += self.text[self.spans[previous][1] : end]
            else:
                pieces.append(self.text[start:end])
            previous = i
        if pieces and previous == len(self.spans) - 1:
            pieces[-1] += self.text[self.spans[-1][1] :].rstrip(" .,;:-")
        return " ".join(pieces)


def cut(text: str, language: str = "en") -> Said:
    """Cut a text into words."""
    text = tidy(text)
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals of other scripts become two letters
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    tokens: list[str] = []
    spans: list[tuple[int, int]] = []
    plain = lower.isascii() and not _DRAWN_OUT.search(lower)
    for match in _TOKEN.finditer(lower):
        token = match.group().replace("'", "")
        tokens.append(token if plain else _spelt(token))
        spans.append(match.span())
    return _assemble(text, tuple(tokens), tuple(spans), language)


def _spelt(token: str) -> str:
    """A word without accents and drawn-out letters; a picture as the word it stands for."""
    if not token.isascii():
        token = _without_accents(token)
    if token.strip("i"):  # "iii" is a three, not a long i
        token = _DRAWN_OUT.sub(r"\1", token)
    return SIGNS.get(token, token)


def _without_accents(token: str) -> str:
    """ "café" as "cafe": people leave accents out, and names are shown from the text itself."""
    return "".join(c for c in unicodedata.normalize("NFKD", token) if not unicodedata.combining(c))


def _assemble(text: str, tokens: tuple[str, ...], spans: tuple[tuple[int, int], ...], language: str) -> Said:
    parts: list[str] = []
    starts: list[int] = []
    length = end = 0
    for token, (start, stop) in zip(tokens, spans, strict=True):
        gap = text[end:start] if token else ""
        parts += (gap, token)
        starts.append(length + len(gap))
        length += len(gap) + len(token)
        end = stop
    parts.append(text[end:])
    return Said(text, tokens, spans, "".join(parts), tuple(starts), language)
