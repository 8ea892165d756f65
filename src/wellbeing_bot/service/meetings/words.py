"""Where somebody goes and who waits for them there, in one sentence of a reminder."""

from __future__ import annotations

from wellbeing_bot.conversation import say_notice
from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.lunches import slots
from wellbeing_bot.service.meetings.recognising import look_for
from wellbeing_bot.service.meetings.standing import accepted_meeting, champion_of
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Place


def meet_words(work: Work, place: Place) -> str:
    """``Sam will meet you at the blue bench. Look for a green lanyard.``, and what else is booked there."""
    facts = {"meeting_point": meeting_point(work, place.session)}
    notice, met = "meet_there", accepted_meeting(work, place)
    if met is not None:
        facts |= {
            "champion": met.champion.first_name,
            "how_to_know": look_for(work, place.person, champion_of(work, met)),
        }
        notice = "met_there"
    said = say_notice(work.scripts_for(place.person), notice, facts, work.local_now.date()).text
    return said + slots.reminder_words(work, place)
