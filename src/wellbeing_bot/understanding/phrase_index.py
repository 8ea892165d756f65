"""Which phrases are worth looking for in a text: those of which it has a word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from threading import Lock


@lru_cache(maxsize=128)
def words_of(said: str) -> frozenset[str]:
    """Its words. Every book is asked about the same text, one after the other."""
    return frozenset(said.split())


class Index:
    """Which phrases of which books a word may begin or be part of, for all books at once.

    A text is read by some fifty books one after the other; looking its words up in each took longer than
    matching. Books come when they are first needed, so what was looked up counts for one edition only.
    """

    def __init__(self) -> None:
        self._whole: dict[str, list[tuple[int, int]]] = {}
        self._prefixes: dict[str, list[tuple[int, int]]] = {}
        self._lengths: tuple[int, ...] = ()
        self._lock = Lock()
        self._edition = 0
        self._of_word = lru_cache(maxsize=20_000)(self._look_up)
        self._of_text = lru_cache(maxsize=128)(self._gather)

    def add(self, keys: Sequence[tuple[str, int]]) -> int:
        """Put in the words and prefixes (``walk*``) of a book with the phrases they lead to; its number."""
        with self._lock:
            edition = self._edition + 1
            for key, phrase in keys:
                where = self._prefixes if key.endswith("*") else self._whole
                where.setdefault(key.rstrip("*"), []).append((edition, phrase))
            self._lengths = tuple(sorted({len(prefix) for prefix in self._prefixes}))
            self._edition = edition
        return edition

    def candidates(self, book: int, said: str) -> Collection[int]:
        """The phrases of a book of which a text has a word."""
        return self._of_text(said, self._edition).get(book, ())

    def _gather(self, said: str, edition: int) -> dict[int, set[int]]:
        found: dict[int, set[int]] = {}
        for word in words_of(said):
            for book, phrases in self._of_word(word, edition):
                found.setdefault(book, set()).update(phrases)
        return found

    def _look_up(self, word: str, _edition: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
        hits = list(self._whole.get(word, ()))
        for length in self._lengths:
            hits += self._prefixes.get(word[:length], ()) if len(word) >= length else ()
        found: dict[int, list[int]] = {}
        for book, phrase in hits:
            found.setdefault(book, []).append(phrase)
        return tuple((book, tuple(phrases)) for book, phrases in found.items())


SHARED = Index()
