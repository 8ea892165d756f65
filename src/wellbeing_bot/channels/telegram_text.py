"""Cutting a long text into messages that Telegram takes."""

from __future__ import annotations

from collections.abc import Iterator

MAX_UNITS = 4096
"""Characters in one message (Bot API, sendMessage), counted here in UTF-16 units, which are never fewer."""


def pieces_of(text: str) -> Iterator[str]:
    """Cut at the last line break or space that fits, or in the middle of a word if there is none."""
    while _units(text) > MAX_UNITS:
        head = _fitting(text)
        cut = max(head.rfind("\n"), head.rfind(" "))
        if cut > 0:
            head = head[:cut]
        yield head
        text = text[len(head) :].lstrip()
    yield text


def _fitting(text: str) -> str:
    units = 0
    for i, character in enumerate(text):
        units += _units(character)
        if units > MAX_UNITS:
            return text[:i]
    return text


def _units(text: str) -> int:
    return len(text) + sum(1 for c in text if c > "\uffff")
