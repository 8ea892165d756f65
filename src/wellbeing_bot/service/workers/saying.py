"""An appointment in words, in the language of whom it is with."""

from __future__ import annotations

from wellbeing_bot.conversation import say_notice
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Appointment


def how(work: Work, appointment: Appointment) -> str:
    """``on the phone`` or ``at the Oyster Hall``."""
    scripts, today = work.scripts_for(appointment.person), work.local_now.date()
    if appointment.by_phone:
        return say_notice(scripts, "how_phone", {}, today).text
    return say_notice(scripts, "how_place", {"where": appointment.place}, today).text


def when(work: Work, appointment: Appointment) -> str:
    """The time that was agreed; nothing before."""
    if appointment.starts_at is None:
        return ""
    return when_words(appointment.starts_at, work.zone, appointment.person.language)
