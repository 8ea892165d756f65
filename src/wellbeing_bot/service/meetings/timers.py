"""What falls due about a meeting: the champion's deadline, their reminder, "did they come?"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from wellbeing_bot.service import meetings
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.people import WHILE_HELD_AGAIN, person_is_held, reach
from wellbeing_bot.service.places.timers import day_it_was, is_expected
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Meeting,
    Reminder,
)
from wellbeing_bot.store.states import MeetingState


def champion_day_before(work: Work, reminder: Reminder) -> datetime | None:
    """The champion's reminder of whom they meet."""
    meeting = work.session.get_one(Meeting, reminder.meeting_id)
    place = meeting.place
    if meeting.state is MeetingState.ACCEPTED and is_expected(place):
        tell(
            work,
            meeting.champion,
            "champion_day_before",
            {
                "patient": place.person.first_name or "somebody new",
                "group": place.session.group.name,
                "when": when_words(place.session.starts_at, work.zone, meeting.champion.language),
                "meeting_point": meeting_point(work, place.session),
            },
            session=place.session,
            occurrence=f"champion_day_before:{meeting.id}:{place.session.moves}",
            expires_at=place.session.starts_at,
        )
    return None


def meeting_deadline(work: Work, reminder: Reminder) -> datetime | None:
    """The champion did not answer in time."""
    meetings.ran_out(work, work.session.get_one(Meeting, reminder.meeting_id))
    return None


def ask_champion(work: Work, reminder: Reminder) -> datetime | None:
    """Did they come?"""
    meeting = work.session.get_one(Meeting, reminder.meeting_id)
    place = meeting.place
    if meeting.state is not MeetingState.ACCEPTED or not is_expected(place):
        return None
    address = reach(work, meeting.champion)
    if address is None:
        return None
    if person_is_held(work, meeting.champion):
        return work.now + WHILE_HELD_AGAIN
    start(
        work,
        "champion_went",
        address,
        meeting.champion,
        {
            "meeting": meeting.id,
            "champion": meeting.champion.first_name,
            "patient": place.person.first_name or "the new person",
            "group": neutral_name(place.session.group),
            "day": day_it_was(work, place, meeting.champion.language),
        },
        session_id=place.session_id,
        meeting_id=meeting.id,
        subject=f"met:{meeting.id}",
    )
    return None


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {
    "champion_day_before": champion_day_before,
    "meeting_deadline": meeting_deadline,
    "ask_champion": ask_champion,
}
"""Looked up by ``service.timers`` beside its own."""
