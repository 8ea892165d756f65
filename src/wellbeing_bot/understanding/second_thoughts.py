"""What tells one change of mind from another: what stays, which week, once or for good, "remind me"."""

from __future__ import annotations

from wellbeing_bot.understanding.heard_parts import book, clauses
from wellbeing_bot.understanding.phrases import Phrasebook
from wellbeing_bot.understanding.practical import asks_something
from wellbeing_bot.understanding.spelling import said


def _book(section: str, language: str) -> Phrasebook:
    return book("second_thoughts", language, section)


def asks_reminder(text: str, language: str = "en") -> bool:
    """ "Remind me Wednesday": whether a reminder is asked for."""
    return _book("remind", language).found(said(text, language))


def off_and_keep(text: str, language: str = "en") -> tuple[str, str]:
    """A text in two: what somebody wants to be taken off, and what is to stay.

    >>> off_and_keep("take me off the walks but keep the lunch")
    ('take me off the walks', 'but keep the lunch')
    """
    off: list[str] = []
    keep: list[str] = []
    for part in clauses(said(text, language), _book("between", language)):
        (keep if _book("keeps", language).found(part) else off).append(part.strip(" ."))
    return " . ".join(off), " . ".join(keep)


def gives_up(text: str, language: str = "en") -> bool:
    """Whether a text says that something is not wanted any more, whatever it is about."""
    return _book("gives_up", language).found(said(text, language))


def leaves_list(text: str, language: str = "en") -> bool:
    """Whether somebody would wait on a list no more."""
    return _book("off_list", language).found(said(text, language))


def not_needed(text: str, language: str = "en") -> bool:
    """Whether what a text names is not needed or wanted any more. What it names is for the caller to see."""
    return _book("not_needed", language).found(said(text, language))


def says_coming(text: str, language: str = "en") -> bool:
    """Whether a text says only that somebody is coming.

    >>> says_coming("yes ill be there"), says_coming("ill be there if my hip lets me"), says_coming("Y")
    (True, False, True)
    """
    heard = said(text, language)
    return _book("coming", language).found(heard) and not _book("not_surely", language).found(heard)


def only_asks(text: str, language: str = "en") -> bool:
    """Whether a text asks something and holds no word of calling off or changing: nothing is undone for it.

    >>> only_asks("will it be the lady or the man"), only_asks("can you take me off the list")
    (True, False)
    """
    heard = said(text, language)
    return asks_something(text, language) and not _book("changes", language).found(heard)


def says_back(text: str, language: str = "en") -> bool:
    """Whether somebody who was away says that they are back, or when they will be."""
    return _book("back", language).found(said(text, language))


def comes_after_all(text: str, language: str = "en") -> bool:
    """Whether somebody who had given up would come now.

    >>> comes_after_all("shes better, can we come after all?"), comes_after_all("I can't come after all")
    (True, False)
    """
    heard = said(text, language)
    return _book("after_all", language).found(heard) and not _book("not_coming", language).found(heard)


def means_to_come(text: str, language: str = "en") -> bool:
    """Whether a text says, of what was booked, that they come: asked only where coming or not is meant.

    >>> means_to_come("no i will be there"), means_to_come("I will come to the next one instead")
    (True, False)
    """
    heard = said(text, language)
    if _book("not_coming", language).found(heard) or _book("another_time", language).found(heard):
        return False
    return _book("means_to_come", language).found(heard)


def says_not_coming(text: str, language: str = "en") -> bool:
    """Whether a text says in so many words that somebody does not come."""
    return _book("not_this_time", language).found(said(text, language))


def in_two_minds(text: str, language: str = "en") -> bool:
    """Whether somebody does not know yet whether they come.

    >>> in_two_minds("my hip is bad today, not sure"), in_two_minds("not coming, sure about that")
    (True, False)
    """
    return _book("two_minds", language).found(said(text, language))


def does_not_know(text: str, language: str = "en") -> bool:
    """ "No idea, love": whether somebody says that they do not know, and nothing else."""
    return _book("no_idea", language).found(said(text, language))


def asks_to_be_met(text: str, language: str = "en") -> bool:
    """ "Please meet me": whether somebody would like a volunteer to meet them."""
    return _book("meet_me", language).found(said(text, language))


def both_of_us(text: str, language: str = "en") -> bool:
    """Whether somebody speaks for two who come together: "both of us", "me and my wife"."""
    return _book("both_of_us", language).found(said(text, language))


def met_by(text: str, language: str = "en") -> str | None:
    """Whether somebody would rather be met by a ``woman`` or a ``man``; None when neither, or both.

    >>> met_by("can it be a lady please"), met_by("not a man"), met_by("man or woman i dont mind")
    ('woman', 'woman', None)
    """
    heard = said(text, language)
    found = [gender for gender in ("woman", "man") if _book(f"by_a_{gender}", language).found(heard)]
    return found[0] if len(found) == 1 else None


def asks_who_it_will_be(text: str, language: str = "en") -> bool:
    """ "Is it a lady?", "what does she look like": whether a text asks about whoever meets them."""
    return _book("who_will_it_be", language).found(said(text, language))


def week_meant(text: str, language: str = "en") -> int | None:
    """0 for "this week", 1 for "next week", None when no week is named."""
    heard = said(text, language)
    if _book("next_week", language).found(heard):
        return 1
    return 0 if _book("this_week", language).found(heard) else None


def for_good(text: str, language: str = "en") -> bool | None:
    """Whether a change is meant for good (True) or this once (False); None when it is not said."""
    heard = said(text, language)
    if _book("once", language).found(heard):
        return False
    return True if _book("for_good", language).found(heard) else None
