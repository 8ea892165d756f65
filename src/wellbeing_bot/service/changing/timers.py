"""What falls due because somebody asked for it on another day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.meetings.words import meet_words
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Place, Reminder
from wellbeing_bot.store.states import SessionState


def remind_again(work: Work, reminder: Reminder) -> datetime | None:
    """The reminder they asked for when the usual one had gone already."""
    place = work.session.get_one(Place, reminder.place_id)
    session = place.session
    if place.state.coming and session.state is SessionState.PLANNED:
        tell(
            work,
            place.person,
            "day_before",
            {
                "group": neutral_name(session.group),
                "when": when_words(session.starts_at, work.zone, place.person.language),
                "meet": meet_words(work, place),
            },
            session=session,
            occurrence=reminder.occurrence,
            expires_at=session.starts_at,
        )
    return None


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {"remind_again": remind_again}
