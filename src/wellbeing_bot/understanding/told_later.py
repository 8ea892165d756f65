"""What somebody tells us of a visit or a lift they have already: who comes along, what they cannot eat, where
the driver finds them.

Believed only from somebody who has such a visit or lift, so the phrases may be plain words; who has one is
not known here.
"""

from __future__ import annotations

import re

from wellbeing_bot.understanding.heard_parts import book
from wellbeing_bot.understanding.spelling import said
from wellbeing_bot.understanding.text import tidy

_ADDRESS = re.compile(r"\b\d{1,4}[a-z]? [a-z][a-z'’. -]*[a-z].*", re.IGNORECASE)
"""A house number and a street: from there to the end of the text."""

_ROAD = re.compile(
    r"\b(?:road|rd|street|st|lane|ln|avenue|ave|close|drive|way|court|crescent|terrace|place|hill|gardens?|row|walk|"
    r"grove|mews|square|green|park|view|rise|parade|quay)\b",
    re.IGNORECASE,
)


def tells_party(text: str, language: str = "en") -> bool:
    """ "Can my friend Dot come with me": whether a text is about who comes along."""
    heard = said(text, language)
    return book("told_later", language, "party").found(heard) and not book(
        "told_later", language, "not_party"
    ).found(heard)


def tells_diet(text: str, language: str = "en") -> bool:
    """ "I can't eat nuts": whether somebody says what they do not eat, and not only asks."""
    heard = said(text, language)
    if not book("told_later", language, "diet").found(heard):
        return False
    return "?" not in text or not book("told_later", language, "asks_food").found(heard)


def asks_food(text: str, language: str = "en") -> bool:
    """ "Do they do vegetarian?": whether somebody asks what there is to eat."""
    return book("told_later", language, "asks_food").found(said(text, language))


def comes_alone(text: str, language: str = "en") -> bool:
    """ "Just me now": whether they come without anybody."""
    return book("told_later", language, "alone").found(said(text, language))


def tells_pick_up(text: str, language: str = "en") -> bool:
    """ "Pick me up from my daughter's instead": whether a lift is to come somewhere else."""
    heard = said(text, language)
    if book("told_later", language, "pick_up").found(heard):
        return True
    return bool(address_in(text)) and book("told_later", language, "fetches").found(heard)


def address_in(text: str) -> str:
    """The house number and street a text names, to its end; empty where it names none."""
    found = _ADDRESS.search(tidy(text))
    return found[0].strip(" .,!?") if found and _ROAD.search(found[0]) else ""
