"""Who meets whom: for a champion their own, for staff that of a day. First names, places and times alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.changing import promised
from wellbeing_bot.service.meetings import accepted_meeting
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Meeting, Person, Place, Session_
from wellbeing_bot.store.states import PlaceState, SessionState
from wellbeing_bot.understanding.meaning import Details

MOST_LINES = 5
COMING_DAYS = 7


def own_lines(work: Work, champion: Person, details: Details) -> list[str]:
    """Whom a champion has said they will meet, soonest first; on the day they named, if they named one."""
    meetings = [one for one in promised(work, champion) if fits(work, one.place.session, details)]
    return [_own(work, one, champion.language) for one in meetings[:MOST_LINES]]


def _own(work: Work, meeting: Meeting, language: str) -> str:
    place = meeting.place
    who = place.person.first_name or "somebody new"
    when = when_words(place.session.starts_at, work.zone, language)
    return f"{who}, {when}, at {meeting_point(work, place.session)}"


def fits(work: Work, session: Session_, details: Details) -> bool:
    """Whether a session is on the day that was named."""
    day = session.starts_at.astimezone(work.zone).date()
    if details.when is not None:
        return day == details.when
    return details.day is None or day.weekday() == details.day


def of_session(work: Work, session: Session_) -> list[tuple[Place, Meeting | None]]:
    """Everybody who is to be met at a session, and the champion who has said yes, if one has."""
    places = work.session.scalars(
        select(Place)
        .where(
            Place.session_id == session.id,
            Place.wants_meeting,
            Place.state.in_([PlaceState.BOOKED, PlaceState.CONFIRMED]),
        )
        .order_by(Place.id)
    )
    return [(place, accepted_meeting(work, place)) for place in places]


def staff_lines(work: Work, details: Details) -> list[str]:
    """The rota of the day that was named, else of the next week."""
    lines = []
    for session in _sessions(work, details):
        met = of_session(work, session)
        if met:
            pairs = "; ".join(_pair(place, meeting) for place, meeting in met)
            lines.append(
                f"{neutral_name(session.group)}, {when_words(session.starts_at, work.zone)}: {pairs}"
            )
    return lines[:MOST_LINES]


def _pair(place: Place, meeting: Meeting | None) -> str:
    patient = place.person.first_name or "somebody new"
    return f"{meeting.champion.first_name} meets {patient}" if meeting else f"nobody yet for {patient}"


def _sessions(work: Work, details: Details) -> Sequence[Session_]:
    first = details.when or work.local_now.date()
    days = 1 if details.when is not None else COMING_DAYS
    query = select(Session_).where(
        Session_.network_id == work.network.id,
        Session_.state == SessionState.PLANNED,
        Session_.starts_at >= max(work.now, _start(work, first)),
        Session_.starts_at < _start(work, first + timedelta(days=days)),
    )
    return [
        session
        for session in work.session.scalars(query.order_by(Session_.starts_at))
        if fits(work, session, details)
    ]


def _start(work: Work, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=work.zone).astimezone(UTC)
