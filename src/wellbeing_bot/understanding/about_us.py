"""Questions about the service itself: who sees this, what does it cost, are you a robot, who is this."""

from __future__ import annotations

from typing import Literal, get_args

from wellbeing_bot.understanding.heard_parts import book
from wellbeing_bot.understanding.spelling import said

Topic = Literal["privacy", "cost", "robot", "number", "who"]

MOST_WORDS = 12
"""A longer text is more than such a question, and is read for what else it says."""


def asks_about_us(text: str, language: str = "en") -> Topic | None:
    """What about the service a text asks, the most particular first; None when it asks nothing of the sort.

    >>> asks_about_us("who will see this"), asks_about_us("who is this??"), asks_about_us("who is meeting me")
    ('privacy', 'who', None)
    """
    if len(text.split()) > MOST_WORDS:
        return None
    heard = said(text, language)
    topics: tuple[Topic, ...] = get_args(Topic)
    return next((topic for topic in topics if book("about_us", language, topic).found(heard)), None)
