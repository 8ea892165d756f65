"""What a text says about a lift: that nobody came, or that only one way is wanted.

The first is believed only from somebody who has a lift that day, so its phrases may be plain words; who has
one is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wellbeing_bot.understanding.heard_parts import book, clauses
from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.spelling import said


class Trouble(StrEnum):
    """What goes wrong with a lift on the day."""

    NOBODY_CAME = "nobody_came"
    STILL_WAITING = "still_waiting"
    RUNNING_LATE = "running_late"


@dataclass(frozen=True, slots=True)
class Legs:
    """Which way a lift is wanted. None: nothing was said about that way."""

    there: bool | None = None
    back: bool | None = None

    @property
    def drops(self) -> bool:
        """Whether a way is called off."""
        return self.there is False or self.back is False

    @property
    def drops_all(self) -> bool:
        """Whether no lift at all is wanted."""
        return self.there is False and self.back is False


def _book(language: str, *path: str) -> Phrasebook:
    return book("rides", language, *path)


def read_trouble(text: str, language: str = "en") -> Trouble | None:
    """What is wrong with today's lift, in the words of somebody who has one. None: nothing is said of it."""
    heard = said(text, language)
    return next((kind for kind in Trouble if _book(language, "trouble", kind.value).found(heard)), None)


def asks_about_lift(text: str, language: str = "en") -> bool:
    """Whether a text asks about a lift somebody has: "what time is my lift", "who is driving me"."""
    return _book(language, "asks").found(said(text, language))


def comes_back_to(text: str, language: str = "en") -> bool:
    """ "I do need the lift after all": whether it is the lift that was spoken of before."""
    return _book(language, "comes_back_to").found(said(text, language))


def is_not_coming(text: str, language: str = "en") -> bool:
    """Whether somebody says that they are not coming at all, whatever they say of the lift."""
    return _book(language, "not_coming").found(said(text, language))


def cannot_drive(text: str, language: str = "en") -> bool:
    """Whether a volunteer says that they cannot give a lift."""
    return _book(language, "cannot_drive").found(said(text, language))


def read_legs(text: str, language: str = "en") -> Legs | None:
    """Which way a lift is wanted or not wanted any more; None when the text is not about a lift.

    >>> read_legs("dont need the lift there but still need one home")
    Legs(there=False, back=True)
    """
    heard = said(text, language)
    if not _book(language, "about_a_ride").found(heard):
        return None
    there: bool | None = None
    back: bool | None = None
    only = bool(_book(language, "only_this").found(heard))
    for clause in clauses(heard, _book(language, "between")):
        wanted = not _book(language, "not_wanted").found(clause)
        goes, returns = _ways(clause, language)
        if not goes and not returns:
            said_before = there is not None or back is not None
            if not wanted and (not said_before or _book(language, "calls_off").found(clause)):
                there, back = (False if there is None else there), (False if back is None else back)
            continue
        there = wanted if goes else there
        back = wanted if returns else back
        only = only or (wanted and goes != returns and _book(language, "only").found(clause))
    if only and (there or back):
        there, back = bool(there), bool(back)
    return Legs(there, back)


def _ways(clause: str, language: str) -> tuple[bool, bool]:
    if _book(language, "both").found(clause):
        return True, True
    to_it = _book(language, "to_it").found(clause) and not _book(language, "cancels").found(clause)
    return to_it or _book(language, "there").found(clause), _book(language, "home").found(clause)
