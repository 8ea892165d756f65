"""A text made comparable: one spelling of quotes, spaces and case, before anything reads it.

Only marks that carry no meaning are touched. Digits, punctuation inside times and prices, and the order
of words stay, because answers need them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 1600
"""Characters read. Twilio's own limit for one message; a longer text is read up to here."""

_STRAIGHT = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201b": "'",
        "\u02bc": "'",
        "\u0060": "'",
        "\u00b4": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2212": "-",
        "\u2026": "...",
        "\u00a0": " ",
    }
)
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[a-z0-9']+")


@lru_cache(maxsize=128)  # one text is looked at by many, one after the other
def tidy(text: str) -> str:
    """The text with one kind of quote and dash, no control or invisible characters, single spaces.

    Case is kept: names and postcodes are shown back as they were written.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_STRAIGHT)
    if not text.isprintable():  # most texts are, and looking at each character takes most of the time
        text = "".join(c if c in "\n\t " or unicodedata.category(c)[0] != "C" else "" for c in text)
    return _SPACE.sub(" ", text).strip()


def plain(text: str) -> str:
    """``tidy`` in lower case: what patterns are matched against."""
    return tidy(text).lower()


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation; apostrophes inside words stay."""
    return [word.strip("'") for word in _WORD.findall(plain(text)) if word.strip("'")]
