"""Away until a date: what lies before it is given up, nothing is nudged, and then all goes on by itself."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import select

from wellbeing_bot.service import meetings
from wellbeing_bot.service.changing.targets import promised
from wellbeing_bot.service.places import booking, signing_up
from wellbeing_bot.service.rides import drivers
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.words import day_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Champion, Person, Place, Session_
from wellbeing_bot.store.states import PlaceState, SessionState
from wellbeing_bot.understanding.answers import read_answer
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Details, Question
from wellbeing_bot.understanding.ride_words import is_not_coming
from wellbeing_bot.understanding.second_thoughts import says_back

_FROM_TO = re.compile(
    r"\b(?:from|between)\b.*?\b(?:to|till|til|until|and)\b(?P<until>.*)|-(?P<dash>.*)", re.I
)

FEW_WORDS = 6
"""A longer text that says "back" is about more than that."""


def pause(work: Work, said: str, address: AddressRow, person: Person, details: Details) -> None:
    """Leave somebody in peace until the date they named; ask for it when they named none."""
    since, until = dates_away(work, said, details)
    if until is None or until <= work.local_now.date():
        start(work, "pause", address, person, {})
        return
    pause_until(work, person, until, since=since)
    facts = {"until": day_words(until, person.language)}
    if since is not None and since > work.local_now.date():
        since_words = day_words(since, person.language)
        reply(work, address, "paused_from", {**facts, "since": since_words}, person=person)
    else:
        reply(work, address, "paused", facts, person=person)


def hear_date(work: Work, said: str, address: AddressRow, person: Person) -> bool:
    """Another date, from somebody who is away: "back on the 1st", "3 december", "I'm back". False: none."""
    today = work.local_now.date()
    if person.paused_until is None or person.paused_until <= today or is_not_coming(said):
        return False
    reading = read_answer(Question("", AnswerKind.DATE, "Until when?", reference=work.local_now), said)
    back = says_back(said)
    if isinstance(reading, Answered) and isinstance(reading.value, date) and (back or not reading.rest):
        if reading.value <= today:
            return False
        pause_until(work, person, reading.value)
        reply(work, address, "paused", {"until": day_words(reading.value, person.language)}, person=person)
        return True
    if back and not isinstance(reading, Answered) and len(said.split()) <= FEW_WORDS:
        pause_until(work, person, today)
        reply(work, address, "welcome_back", person=person)
        return True
    return False


def dates_away(work: Work, said: str, details: Details) -> tuple[date | None, date | None]:
    """From and until when: "away till 3 dec", "away from 1 dec to 14 dec", "back on the 9th"."""
    if details.until is not None:
        return (details.when if details.when and details.when < details.until else None), details.until
    range_ = _FROM_TO.search(said)
    end = _date(work, (range_["until"] or range_["dash"] or "") if range_ else "")
    if end is not None:
        return details.when, end
    return (None, details.when) if says_back(said) else (details.when, None)


def _date(work: Work, said: str) -> date | None:
    if not said.strip():
        return None
    reading = read_answer(Question("", AnswerKind.DATE, "Until when?", reference=work.local_now), said)
    return reading.value if isinstance(reading, Answered) and isinstance(reading.value, date) else None


def pause_until(work: Work, person: Person, until: date, *, since: date | None = None) -> None:
    """Away until a date, and from one if that lies ahead.

    Places, meetings and lifts given before it go to others; a champion is not asked meanwhile. Said again
    with an earlier date, the places that were given up for it alone come back.
    """
    person.paused_from, person.paused_until = since, until
    champion = work.session.get(Champion, person.id)
    if champion is not None:
        champion.away_from = since or work.local_now.date()
        champion.away_until = until - date.resolution
    work.session.flush()
    for place in booking.coming_places(work, person):
        if _away(work, person, place.session):
            signing_up.withdraw(work, place, why="paused")
    for place in _given_up(work, person):
        if not _away(work, person, place.session):
            signing_up.sign_up(work, person, place.session, party=place.party, source=place.source)
    for meeting in promised(work, person):
        if _away(work, person, meeting.place.session):
            meetings.drop_out(work, meeting, by="champion")
    for ask in drivers.promised(work, person):
        if _away(work, person, ask.ride.place.session):
            drivers.drop_out(work, ask)


def _given_up(work: Work, person: Person) -> list[Place]:
    """Places to come that were given up only because they were away."""
    return list(
        work.session.scalars(
            select(Place)
            .join(Session_, Session_.id == Place.session_id)
            .where(
                Place.person_id == person.id,
                Place.state == PlaceState.WITHDRAWN,
                Place.why_off == "paused",
                Session_.state == SessionState.PLANNED,
                Session_.starts_at > work.now,
            )
            .order_by(Session_.starts_at)
        )
    )


def _away(work: Work, person: Person, session: Session_) -> bool:
    return person.away_on(session.starts_at.astimezone(work.zone).date())
