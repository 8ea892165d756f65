"""A text as it is said on the telephone: without the sentences about texting back. Pure."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_ABOUT_TEXTING = re.compile(r"\b(?:text|texts|texting|reply|number 1|YES|NO)\b")


def spoken(text: str) -> str:
    """What is left of a text when all that is about replying is taken out.

    >>> spoken("Harbour Walk is Thursday 26 November at 10am. If you can't come, text CAN'T COME.")
    'Harbour Walk is Thursday 26 November at 10am.'
    """
    kept = [part for part in _SENTENCE.split(text.replace("\n", " ")) if not _ABOUT_TEXTING.search(part)]
    return " ".join(kept) or text
