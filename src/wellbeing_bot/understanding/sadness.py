"""Whether a text tells of grief or low spirits, so that it is met with a kind word."""

from __future__ import annotations

from wellbeing_bot.understanding.heard_parts import book
from wellbeing_bot.understanding.spelling import said


def sounds_sad(text: str, language: str = "en") -> bool:
    """Whether somebody tells of a loss or of how low they are. A group's name is neither.

    >>> sounds_sad("ive been so low since my husband died"), sounds_sad("the bereavement group please")
    (True, False)
    """
    heard = said(text, language)
    tells, other = (book("sadness", language, section) for section in ("tells", "not"))
    return tells.found(heard) and not other.found(heard)
