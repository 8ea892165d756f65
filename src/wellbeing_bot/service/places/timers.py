"""What falls due about a place: the day before, the morning, an offer's end, "did you get there?"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.calls import asking as calls
from wellbeing_bot.service.clinics.times import place_time
from wellbeing_bot.service.lunches.home_again import asks_about_home
from wellbeing_bot.service.meetings.words import meet_words
from wellbeing_bot.service.people import WHILE_HELD_AGAIN, person_is_held, reach
from wellbeing_bot.service.places import afterwards, offering, waiting_lists
from wellbeing_bot.service.sending.outbox import tell, tell_proxies
from wellbeing_bot.service.sending.quiet import next_allowed
from wellbeing_bot.service.talking import close_questions, start
from wellbeing_bot.service.words import clock_words, day_gone_words, when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Person,
    Place,
    Reminder,
)
from wellbeing_bot.store.states import SessionState


def _place(work: Work, reminder: Reminder) -> Place:
    return work.session.get_one(Place, reminder.place_id)


def is_expected(place: Place) -> bool:
    return place.state.coming and place.session.state is SessionState.PLANNED


def _paused(work: Work, person: Person) -> bool:
    return person.away_on(work.local_now.date())


def day_before(work: Work, reminder: Reminder) -> datetime | None:
    """The day-before reminder, which is also the weekly nudge and may ask "can we expect you?"."""
    place = _place(work, reminder)
    if not is_expected(place) or _paused(work, place.person):
        return None
    session, person = place.session, place.person
    asks = session.group.asks_expect and not place.first_time and place.state.value == "booked"
    address = reach(work, person)
    asked = asks and address is not None and not person_is_held(work, person)
    if asked and address is not None:
        start(
            work,
            "expect_you",
            address,
            person,
            {
                "place": place.id,
                "first_name": person.first_name,
                "group": neutral_name(session.group),
                "when": when_words(session.starts_at, work.zone, person.language),
                "meeting_point": meeting_point(work, session),
            },
            session_id=session.id,
            subject=f"place:{place.id}",
        )
    about: dict[str, Any] = {
        "session": session,
        "occurrence": f"day_before:{place.id}:{session.moves}",
        "expires_at": session.starts_at,
    }
    facts = _reminder_facts(work, place)
    if asked:
        tell_proxies(work, person, "day_before", facts, **about)
    else:
        tell(work, person, "day_before", facts, **about)
    return None


def morning(work: Work, reminder: Reminder) -> datetime | None:
    """The morning of a first visit: when, where, who meets them."""
    place = _place(work, reminder)
    if is_expected(place) and not _paused(work, place.person):
        tell(
            work,
            place.person,
            "morning",
            _reminder_facts(work, place),
            session=place.session,
            occurrence=f"morning:{place.id}:{place.session.moves}",
            expires_at=place.session.starts_at,
        )
    return None


def _reminder_facts(work: Work, place: Place) -> dict[str, str]:
    starts_at = place_time(work, place)
    return {
        "group": place.session.group.name,
        "when": when_words(starts_at, work.zone, place.person.language),
        "time": clock_words(starts_at.astimezone(work.zone).time(), place.person.language),
        "meet": meet_words(work, place),
    }


def offer_deadline(work: Work, reminder: Reminder) -> datetime | None:
    """Nobody took the freed seat in time."""
    place = _place(work, reminder)
    if place.offered_until is None or place.offered_until <= work.now:
        offering.offer_ran_out(work, place)
    return None


def ask_patient(work: Work, reminder: Reminder) -> datetime | None:
    """Did you get there?"""
    place = _place(work, reminder)
    happened = place.session.state is not SessionState.CALLED_OFF
    said = place.patient_said is not None
    asked_already = place.state.value in {"withdrawn", "called_off", "waitlisted", "offered", "no_seat"}
    if said or asked_already or not happened:
        return None
    address = reach(work, place.person)
    if address is None:
        calls.ask_got_there(work, place)
        return None
    if person_is_held(work, place.person):
        return work.now + WHILE_HELD_AGAIN
    start(
        work,
        _question_after(work, place),
        address,
        place.person,
        {
            "place": place.id,
            "session": place.session_id,
            "first_name": place.person.first_name,
            "group": neutral_name(place.session.group),
            "day": day_it_was(work, place, place.person.language),
        },
        session_id=place.session_id,
        subject=f"place:{place.id}",
    )
    return None


def day_it_was(work: Work, place: Place, language: str) -> str:
    """ "today", or "on Thursday" where the question must wait for the end of the quiet hours or came late."""
    asked = next_allowed(work.now, work.settings.quiet_from, work.settings.quiet_until, work.zone)
    day = place.session.starts_at.astimezone(work.zone)
    return day_gone_words(day.date(), asked.astimezone(work.zone).date(), language)


def _question_after(work: Work, place: Place) -> str:
    """Which conversation: after a lift or a lunch the way home is asked about, naming no group."""
    if asks_about_home(work, place):
        return "went_and_home"
    return "went_sensitive" if place.session.group.sensitive else "went"


def settle_place(work: Work, reminder: Reminder) -> datetime | None:
    """Silence is unknown."""
    place = _place(work, reminder)
    afterwards.nobody_answered(work, place)
    close_questions(work, subject=f"place:{place.id}", outcome="no_answer")
    return None


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {
    "day_before": day_before,
    "morning": morning,
    "offer_deadline": offer_deadline,
    "ask_patient": ask_patient,
    "settle_place": settle_place,
    "close_list": waiting_lists.close_list,
}
"""Looked up by ``service.timers`` beside its own."""
