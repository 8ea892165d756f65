"""Questions that a flyer answers: what to bring, how far, is there a toilet, what is boccia, which bus.

Whether there is an answer is not known here; nor whether the person means a group at all, so these are looked
at only for somebody who has something booked or who names a group.
"""

from __future__ import annotations

from wellbeing_bot.understanding.heard_parts import book
from wellbeing_bot.understanding.spelling import said

_TOPIC = "practical"


def asks_to_know(text: str, language: str = "en") -> bool:
    """Whether a text asks what to bring or wear, how far, what it costs, who may come along.

    >>> asks_to_know("do i need to bring anything?")
    True
    """
    heard = said(text, language)
    return any(book(_TOPIC, language, part).found(heard) for part in ("to_know", "how_hard"))


def asks_how_hard(text: str, language: str = "en") -> bool:
    """Whether a text asks if they could manage: how fast, how far, how steep."""
    return bool(book(_TOPIC, language, "how_hard").found(said(text, language)))


def asks_what_it_is(text: str, language: str = "en") -> bool:
    """Whether a text asks what a group is or does: "what is boccia", "what do you do there"."""
    return bool(book(_TOPIC, language, "what_it_is").found(said(text, language)))


def asks_the_way(text: str, language: str = "en") -> bool:
    """Whether "how do I get there" is meant: the road, not a lift."""
    return bool(book(_TOPIC, language, "way_there").found(said(text, language)))


def asks_something(text: str, language: str = "en") -> bool:
    """Whether a text asks a question, of whatever kind. "How are you?" and "will do" ask nothing.

    >>> asks_something("will there be parking"), asks_something("thank you, how are you?")
    (True, False)
    """
    heard = book(_TOPIC, language, "no_question").without(said(text, language))
    return bool(book(_TOPIC, language, "question").found(heard))


def asks_for_the_bereaved(text: str, language: str = "en") -> bool:
    """ "Is there anything for people who've lost somebody": a group that they may not know the name of."""
    return bool(book(_TOPIC, language, "for_the_bereaved").found(said(text, language)))


def finds_nobody(text: str, language: str = "en") -> bool:
    """ "I'm here, where is she?": somebody is at the meeting point and finds nobody there."""
    return bool(book(_TOPIC, language, "finds_nobody").found(said(text, language)))
