"""All that one text means, given the questions that are open.

The order is fixed: what is urgent; STOP and START; the questions that are open, each part of the text to the
one it fits; and what the text is about where no question explains it. Words meant for a human reach one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wellbeing_bot.understanding.answers import command_to, read_reply
from wellbeing_bot.understanding.assigning import ENGAGED, latest_first, share_out
from wellbeing_bot.understanding.commands import read_command
from wellbeing_bot.understanding.intents import about, plainly_about
from wellbeing_bot.understanding.meaning import (
    Answered,
    AnswerKind,
    Intent,
    IntentReading,
    Interrupted,
    InterruptKind,
    Meaning,
    Question,
    Reading,
    Unclear,
)
from wellbeing_bot.understanding.said import cut
from wellbeing_bot.understanding.urgent import read_urgent

_ALWAYS_COMMANDS = frozenset({InterruptKind.STOP, InterruptKind.START})
_NEEDS_NAMING = frozenset({Intent.JOIN_GROUP, Intent.CARER_REFERRAL, Intent.VOLUNTEER})
"""Wishes that are heard in the words after an answer only when they name something: "yes, can my friend come
too" is about the thing that was asked."""


def understand(
    text: str,
    questions: Sequence[Question],
    *,
    now: datetime,
    sender: str | None = None,
    language: str = "en",
) -> Meaning:
    """What ``text`` means. Never raises, whatever the text.

    Args:
        text: what was written.
        questions: those open with this address, for whichever person, in any order.
        now: aware local time, for days and dates.
        sender: the number texting, E.164, for "this one".
        language: whose words to read it with.
    """
    only = questions[0] if len(questions) == 1 else None
    urgent = read_urgent(text, language, only.kind if only else None)
    if urgent is not None:
        return Meaning(text, urgent=urgent)
    if only is not None:
        command = command_to(only, text, language)
    else:
        command = read_command(text, answering=bool(questions), language=language)
    if command in _ALWAYS_COMMANDS:
        return Meaning(text, command=command)
    if not questions:
        reading = about(text, now=now, language=language)
        if command is InterruptKind.TALK_TO_PERSON and len(reading.intents) > 1:
            command = None  # a person is one wish of several: the others are kept too
        return Meaning(text, command=command, about=reading)
    waiting = [_ready(question, now, sender) for question in latest_first(questions)]
    if command is not None and (len(waiting) == 1 or command is not InterruptKind.CANCEL):
        return _interrupted(text, waiting, command, now, language)
    if len(waiting) == 1:
        return _to_one(text, waiting[0], now, language)
    return _to_several(text, waiting, now, language)


def _ready(question: Question, now: datetime, sender: str | None) -> Question:
    return replace(question, reference=question.reference or now, sender=question.sender or sender)


def _interrupted(
    text: str, waiting: Sequence[Question], command: InterruptKind, now: datetime, language: str
) -> Meaning:
    """A command while a question waits: it concerns the question asked last, unless the text answers too."""
    for_staff = _asked_by_staff(waiting)
    if command is InterruptKind.TALK_TO_PERSON:
        shared = share_out(text, waiting, language)
        answered = tuple(pair for pair in shared.readings.items() if isinstance(pair[1], Answered))
        if answered and shared.rest:
            wish = IntentReading((Intent.TALK_TO_PERSON,))
            return Meaning(text, readings=answered, about=wish, for_staff=for_staff)
    return Meaning(text, readings=((waiting[0].id, Interrupted(command)),), for_staff=for_staff)


def _to_one(text: str, question: Question, now: datetime, language: str) -> Meaning:
    reading = read_reply(question, cut(text, language))
    if isinstance(reading, Answered):
        wish = _wish_beside(text, question, reading, now, language)
        return Meaning(text, readings=((question.id, reading),), about=wish)
    asked_back = reading == Interrupted(InterruptKind.HELP)
    if asked_back or (isinstance(reading, Unclear) and reading.reason not in ENGAGED):
        wish = plainly_about(text, now=now, language=language)
        if wish is not None:
            return Meaning(text, about=wish, for_staff=question.staff)
    for_staff = question.staff and isinstance(reading, Unclear)
    return Meaning(text, readings=((question.id, reading),), for_staff=for_staff)


def _to_several(text: str, waiting: Sequence[Question], now: datetime, language: str) -> Meaning:
    shared = share_out(text, waiting, language)
    readings = tuple(shared.readings.items())
    rest = ". ".join(shared.rest)
    if shared.ambiguous or (readings and not rest):
        return Meaning(text, readings=readings, ambiguous=shared.ambiguous)
    wish = plainly_about(rest, now=now, language=language) if rest else None
    if wish is not None and (not readings or _names_what_it_wants(wish)):
        return Meaning(text, readings=readings, about=wish, for_staff=_asked_by_staff(waiting))
    return _to_whoever_listens(text, waiting, readings, language)


def _to_whoever_listens(
    text: str, waiting: Sequence[Question], readings: tuple[tuple[str, Reading], ...], language: str
) -> Meaning:
    """Words that fit nothing: an answer in own words if one is waited for; else they are not understood.

    What the person wrote is passed on whole, so that nobody has to guess what a half of it meant.
    """
    listening = [question for question in waiting if question.kind is AnswerKind.FREE_TEXT]
    listening.sort(key=lambda question: not question.staff)
    if listening:
        own_words = read_reply(listening[0], cut(text, language))
        return Meaning(text, readings=(*readings, (listening[0].id, own_words)))
    for_staff = _asked_by_staff(waiting)
    if readings or for_staff:
        return Meaning(text, readings=readings, for_staff=for_staff)
    return Meaning(text, readings=((waiting[0].id, Unclear()),))


def _asked_by_staff(waiting: Sequence[Question]) -> bool:
    return any(question.staff for question in waiting)


def _wish_beside(
    text: str, question: Question, reading: Answered, now: datetime, language: str
) -> IntentReading | None:
    """What the words beside an answer plainly ask for ("yes. and can I get a lift")."""
    words = text if question.kind is AnswerKind.FREE_TEXT else reading.rest
    wish = plainly_about(words, now=now, language=language) if words else None
    return wish if wish is not None and _names_what_it_wants(wish) else None


def _names_what_it_wants(wish: IntentReading) -> bool:
    return wish.intents[0] not in _NEEDS_NAMING or bool(wish.details.group_words)
