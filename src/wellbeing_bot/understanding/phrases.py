"""Phrases: how a vocabulary file says "any text that goes like this", compiled to fast, safe patterns.

A phrase is written in words, and each sign stands for one simple thing:

    want to die          these words, in this order
    kill|hang myself     either word
    (want to/gonna) die  either group of words
    {me}                 any entry of the list "me" under ``words:``
    really?              this may be there or not
    suicid*              any word that begins so
    ..  or  ..6          up to 3 (or 6) other words, within one sentence
    ^  and  $            the sentence begins, or ends, here
    !bus|tram            the next word is not one of these
    <!not|never          (first in a phrase) the word before is not one of these
    rope & goodbye       both, in either order, with up to 15 words or sentence ends between

Nothing repeats without a bound, so no text can make a phrase slow. Each phrase also knows which words a
text must hold for it to match at all; a book of phrases looks only at those whose words are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakSet

from wellbeing_bot.understanding.phrase_index import SHARED, Index, words_of

_TOKEN = re.compile(r"\s*(<!|!|\.\.\d*|\{\w+\}|[a-z0-9']+\*?|[()/|?^$&])")
_GAP = 3
_NEAR = 15

_COMMON = frozenset(
    re.findall(
        "[a-z]+",
        """a about all am an and any are as at be been but by can cant do dont for from get go going got had
        has have he her here him his how i id if ill im in is it its ive just me more my no not now of off on
        or out over say says said she so some that the their them then there they this to too up us want was
        we well what when who will with would you your""",
    )
)


class PhraseError(ValueError):
    """A phrase cannot be read. The message shows the phrase and says what is wrong."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a pattern, and the words of which at least one must be in a text that matches it.

    ``keys`` is None when the piece can match without any particular word. ``also`` are words of which one
    more must be there, where that is known.
    """

    regex: str
    keys: frozenset[str] | None
    also: frozenset[str] | None = None


@lru_cache(maxsize=16_384)
def _cost(keys: frozenset[str] | None) -> float:
    """How often a text is likely to hold one of these words: the lower, the better a filter."""
    if keys is None:
        return float("inf")
    return sum(50.0 if key in _COMMON else 1.0 + 6.0 / len(key) for key in keys)


class _Parser:
    """Recursive descent over one phrase."""

    def __init__(
        self,
        phrase: str,
        words: Mapping[str, Sequence[str]],
        lists: dict[str, _Part],
        path: tuple[str, ...] = (),
    ) -> None:
        self.phrase, self.words, self.lists, self.path = phrase, words, lists, path
        self.tokens: list[str] = []
        position = 0
        stripped = phrase.strip()
        while position < len(stripped):
            found = _TOKEN.match(stripped, position)
            if not found:
                raise PhraseError(f"{phrase!r}: cannot read {stripped[position:]!r}")
            self.tokens.append(found.group(1))
            position = found.end()
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def whole(self) -> _Part:
        part = self.sequence()
        if self.peek() == "&":
            self.take()
            other = self.sequence()
            between = rf"(?: [a-z0-9.]+){{0,{_NEAR}}}?"
            regex = f"(?:{part.regex}{between}{other.regex}|{other.regex}{between}{part.regex})"
            part = _Part(regex, *_rarest([part, other]))
        if self.peek():
            raise PhraseError(f"{self.phrase!r}: did not expect {self.peek()!r}")
        return part

    def sequence(self) -> _Part:
        parts: list[_Part] = []
        while self.peek() not in ("", ")", "/", "&"):
            parts.append(self.element())
        if not parts:
            raise PhraseError(f"{self.phrase!r}: something is missing")
        return _Part("".join(part.regex for part in parts), *_rarest(parts))

    def element(self) -> _Part:
        token = self.peek()
        if token == "^":
            self.take()
            return _Part(r" \.", None)
        if token == "$":
            self.take()
            return _Part(r"(?= \.)", None)
        if token.startswith(".."):
            self.take()
            return _Part(rf"(?: [a-z0-9]+){{0,{int(token[2:] or _GAP)}}}?", None)
        if token == "!":
            self.take()
            return _Part(rf"(?!{self.unit().regex}(?= ))", None)
        if token == "<!":
            self.take()
            return _Part("".join(f"(?<! {word})" for word in self.plain_words()), None)
        part = self.unit()
        if self.peek() == "?":
            self.take()
            return _Part(f"(?:{part.regex})?", None)
        return part

    def alternatives(self) -> list[_Part]:
        """Groups of words between ``/``, up to the closing bracket."""
        parts = [self.sequence()]
        while self.peek() == "/":
            self.take()
            parts.append(self.sequence())
        return parts

    def plain_words(self) -> list[str]:
        found = [self.take()]
        while self.peek() == "|":
            self.take()
            found.append(self.take())
        return [entry for word in found for entry in self.expanded(word)]

    def expanded(self, word: str) -> Sequence[str]:
        return self.words[word[1:-1]] if word.startswith("{") else [word]

    def unit(self) -> _Part:
        parts = [self.atom()]
        while self.peek() == "|":
            self.take()
            parts.append(self.atom())
        return _either(parts)

    def atom(self) -> _Part:
        token = self.take()
        if token == "(":
            part = _either(self.alternatives())
            if self.take() != ")":
                raise PhraseError(f"{self.phrase!r}: a bracket is not closed")
            return part
        if token.startswith("{"):
            return self.word_list(token[1:-1])
        word = token.replace("'", "")
        if not word or not word[0].isalnum():
            raise PhraseError(f"{self.phrase!r}: expected a word, found {token!r}")
        if word.endswith("*"):
            return _Part(rf" {word[:-1]}[a-z0-9]*(?= )", frozenset((word,)))
        return _Part(f" {word}(?= )", frozenset((word,)))

    def word_list(self, name: str) -> _Part:
        if name not in self.words or name in self.path:
            raise PhraseError(f"{self.phrase!r}: there is no list {name!r} under words (or it holds itself)")
        if name not in self.lists:
            path = (*self.path, name)
            self.lists[name] = _either(
                [_Parser(entry, self.words, self.lists, path).whole() for entry in self.words[name]]
            )
        return self.lists[name]


def _rarest(parts: Sequence[_Part]) -> tuple[frozenset[str] | None, frozenset[str] | None]:
    """Of pieces that must all match: the words to look them up by, and those to look for besides."""
    best, *others = sorted((keys for part in parts for keys in (part.keys, part.also)), key=_cost)
    whole = (keys for keys in others if keys is not None and not any(key.endswith("*") for key in keys))
    return best, next(whole, None)


def _either(parts: Sequence[_Part]) -> _Part:
    if len(parts) == 1:
        return parts[0]
    keys: frozenset[str] | None = frozenset()
    for part in parts:
        keys = None if keys is None or part.keys is None else keys | part.keys
    return _Part(f"(?:{'|'.join(part.regex for part in parts)})", keys)


class Phrasebook:
    """Phrases compiled together, each with a label of the caller's. Matched against ``spelling.said``."""

    def __init__(
        self, phrases: Sequence[tuple[str, int]], words: Mapping[str, Sequence[str]], *, lasting: bool = True
    ) -> None:
        """``phrases`` are (phrase, label); ``words`` the lists that ``{name}`` stands for.

        A book that is not ``lasting`` may be let go; it keeps its words to itself.

        Raises:
            PhraseError: a phrase cannot be read.
        """
        self._written: list[str] = []
        self._compiled: list[re.Pattern[str] | None] = []
        self._labels: list[int] = []
        self._also: list[frozenset[str] | None] = []
        self._always: list[int] = []
        keys: list[tuple[str, int]] = []
        lists: dict[str, _Part] = {}  # a list is parsed once, however many phrases name it
        for number, (phrase, label) in enumerate(phrases):
            part = _Parser(phrase, words, lists).whole()
            self._written.append(part.regex)
            self._compiled.append(None)
            self._labels.append(label)
            self._also.append(part.also)
            if part.keys is None:
                self._always.append(number)
            keys += [(key, number) for key in part.keys or ()]
        self._index = SHARED if lasting else Index()
        self._number = self._index.add(keys)
        _BOOKS.add(self)

    def compile_all(self) -> None:
        """Compile what has not been needed yet, so that no text has to wait for it."""
        for number in range(len(self._written)):
            self._pattern(number)

    def _pattern(self, number: int) -> re.Pattern[str]:
        """Compiled when it is first needed: that takes most of the time of starting."""
        pattern = self._compiled[number]
        if pattern is None:
            pattern = self._compiled[number] = re.compile(self._written[number])
        return pattern

    def _candidates(self, said: str) -> Sequence[int]:
        found = self._index.candidates(self._number, said)
        if not found:
            return self._always
        words, also = words_of(said), self._also
        numbers = [n for n in found if (more := also[n]) is None or not more.isdisjoint(words)]
        return sorted([*self._always, *numbers])

    def matches(self, said: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every phrase that occurs, once each, in the order of the book, as (label, where)."""
        for number in self._candidates(said):
            found = self._pattern(number).search(said)
            if found:
                yield self._labels[number], found

    def every_match(self, said: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every place where a phrase occurs, as (label, where)."""
        for number in self._candidates(said):
            for found in self._pattern(number).finditer(said):
                yield self._labels[number], found

    def spans(self, said: str) -> Iterator[tuple[int, int]]:
        """Where any phrase occurs, every time it does."""
        for _, found in self.every_match(said):
            yield found.span()

    def found(self, said: str) -> bool:
        """Whether any phrase occurs."""
        numbers = self._candidates(said)
        return bool(numbers) and any(self._pattern(number).search(said) for number in numbers)

    def without(self, said: str) -> str:
        """The text with every occurrence of a phrase blotted out by marks that no phrase matches.

        Places stay what they were, so that what is found in it can be looked up in the text itself.
        """
        for number in self._candidates(said):
            said = self._pattern(number).sub(_blot, said)
        return said


_BOOKS: WeakSet[Phrasebook] = WeakSet()


def compile_all() -> None:
    """Compile every phrase of every book that there is: some seconds of work, best done beside other work."""
    for book in tuple(_BOOKS):
        book.compile_all()


def _blot(found: re.Match[str]) -> str:
    return re.sub(r"[a-z0-9]", "_", found.group())


def lines(block: str | None) -> list[str]:
    """The phrases of a block of a vocabulary file: one a line, without empty lines and comments."""
    stripped = (line.strip() for line in (block or "").splitlines())
    return [line for line in stripped if line and not line.startswith("#")]
