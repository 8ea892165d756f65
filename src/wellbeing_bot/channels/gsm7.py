"""How many SMS parts a text takes, which characters make it dear, and plainer ones for them.

Source: 3GPP TS 23.038, Alphabets and language-specific information: table 6.2.1 (the default alphabet, one
septet a character), table 6.2.1.1 (its extension, two septets). 3GPP TS 23.040 for the sizes: 160 septets or
70 UCS-2 units in one part, 153 or 67 in each part of several. One character outside the alphabet turns the
whole text into UCS-2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")

PLAINER: Mapping[str, str] = {
    **dict.fromkeys("‘’‚‛`´′ʼ＇", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣", "-"),
    **dict.fromkeys("\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
    **dict.fromkeys("\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u2028\u2029\u0085\v", "\n"),
    **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),  # invisible; the joiners U+200C and D are Urdu's own
    **dict.fromkeys("•·‣◦", "-"),
    "…": "...",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "×": "x",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
}
"""Typographic characters and what a phone of 1995 would have shown. No letter is here: names keep theirs."""

_SIMPLIFY = str.maketrans(dict(PLAINER))


@dataclass(frozen=True, slots=True)
class Parts:
    """What a text costs to send."""

    encoding: Literal["GSM-7", "UCS-2"]
    units: int  # septets in GSM-7, 16-bit units in UCS-2
    parts: int  # SMS parts, each billed; 0 for an empty text


def parts(text: str) -> Parts:
    """Count the SMS parts of a text."""
    if _is_gsm7(text):
        return _count("GSM-7", [2 if c in EXTENSION else 1 for c in text], single=160, each=153)
    return _count("UCS-2", [2 if c > "\uffff" else 1 for c in text], single=70, each=67)


def forces_ucs2(text: str) -> tuple[str, ...]:
    """The characters that turn the whole text into UCS-2, each once, in order. See ``instead_of``."""
    return tuple(dict.fromkeys(c for c in text if c not in BASIC and c not in EXTENSION))


def instead_of(character: str) -> str | None:
    """A plainer way to write a character ("" where it can go), or None if it has to stay."""
    return PLAINER.get(character)


def simplify(text: str) -> str:
    """Curly quotes, dashes, odd spaces and the like as GSM-7 has them. Letters stay as they are."""
    return text.translate(_SIMPLIFY)


def _is_gsm7(text: str) -> bool:
    return all(c in BASIC or c in EXTENSION for c in text)


def _count(encoding: Literal["GSM-7", "UCS-2"], sizes: Iterable[int], *, single: int, each: int) -> Parts:
    """Fill parts one after the other: a character of two units is never cut in half."""
    total, filled, used = 0, 0, 1
    for size in sizes:
        total += size
        if filled + size > each:
            used, filled = used + 1, 0
        filled += size
    if total <= single:
        return Parts(encoding, total, min(total, 1))
    return Parts(encoding, total, used)
