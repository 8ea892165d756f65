"""Texts about a blood pressure monitor: asked for, taken back, or a reading from one."""

from __future__ import annotations

import re

from wellbeing_bot.understanding.heard_parts import book
from wellbeing_bot.understanding.spelling import said
from wellbeing_bot.understanding.text import plain

_PAIR = re.compile(r"(?<![\d/])\d{2,3}\s*(?:/|over|on|\\)\s*\d{2,3}(?!\d)(?!\s*/)")


def asks_monitor(text: str, language: str = "en") -> bool:
    """ "Can I borrow a blood pressure monitor": whether somebody would like one."""
    return book("monitors", language, "asks").found(said(text, language))


def monitor_back(text: str, language: str = "en") -> bool:
    """ "I've taken the monitor back": whether it has gone back."""
    return book("monitors", language, "back").found(said(text, language))


def monitor_unwanted(text: str, language: str = "en") -> bool:
    """ "I don't need the monitor after all": whether one that was asked for is not wanted any more."""
    return book("monitors", language, "unwanted").found(said(text, language))


def monitor_trouble(text: str, language: str = "en") -> bool:
    """ "The cuff is broken", "how many times a day do I do it", from somebody who has one."""
    heard = said(text, language)
    return any(book("monitors", language, part).found(heard) for part in ("broken", "uses"))


def is_reading(text: str, language: str = "en") -> bool:
    """Whether a text gives a reading ("bp 150/90"). What the numbers are is not looked at."""
    pair = _PAIR.search(plain(text))
    heard = said(text, language)
    named = re.search(r" (?:bp|blood pressure|bloodpressure|reading|readings) ", heard) is not None
    if pair is not None:
        # Without its name only what cannot be a date counts: 24/12 is Christmas Eve.
        return named or (len(heard.split()) <= 7 and pair[0][:3].isdigit())
    return any(word.isdigit() for word in heard.split()) and book("monitors", language, "reading").found(
        heard
    )
