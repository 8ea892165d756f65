""" "Remind me Wednesday": the reminder there is moves; none is added."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.changing.targets import speaks_of
from wellbeing_bot.service.places import booking
from wellbeing_bot.service.places.reminders import MORNING_AHEAD
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.tasks import schedule
from wellbeing_bot.service.words import day_words, when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Person, Place, Reminder, Session_
from wellbeing_bot.store.states import ReminderState
from wellbeing_bot.understanding.answers import read_answer
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Question


def remind(work: Work, said: str, address: AddressRow, person: Person) -> None:
    """Move the reminder of what they mean to the day they named; ask which day when they named none."""
    coming = [place for place in booking.coming_places(work, person) if place.state.coming]
    details = read_details(said, work.local_now)
    named = [place for place in coming if speaks_of(place.session.group, said, details)]
    place = next(iter(named or coming), None)
    if place is None:
        reply(work, address, "nothing_booked", person=person)
        return
    day = details.when or _day(work, said)
    if day is None:
        start(work, "remind_when", address, person, {"place": place.id}, session_id=place.session_id)
        return
    move_reminder(work, address, person, place, day)


def _day(work: Work, said: str) -> date | None:
    reading = read_answer(Question("", AnswerKind.DATE, "What day?", reference=work.local_now), said)
    return reading.value if isinstance(reading, Answered) and isinstance(reading.value, date) else None


def move_reminder(work: Work, address: AddressRow, person: Person, place: Place, day: date) -> None:
    """Say the reminder for that day, at the group's usual time of day, and say so."""
    session = place.session
    due = due_on(work, session, day)
    facts = {
        "group": neutral_name(session.group),
        "when": when_words(session.starts_at, work.zone, person.language),
        "day": day_words(day, person.language),
    }
    if due is None:
        reply(work, address, "reminder_too_late", facts, person=person, session=session)
        return
    until = min(session.starts_at, due + timedelta(hours=12))
    row = _waiting(work, place)
    if row is not None:
        row.due_at, row.expires_at = due, until
    else:
        schedule(
            work,
            "remind_again",
            f"remind_again:{place.id}:{day.isoformat()}",
            due,
            expires_at=until,
            place_id=place.id,
            session_id=session.id,
            person_id=person.id,
        )
    work.session.flush()
    reply(work, address, "reminder_moved", facts, person=person, session=session)


def due_on(work: Work, session: Session_, day: date) -> datetime | None:
    """When a reminder of this session is due on that day (UTC); None when that is too late to help.

    On the day itself it comes two hours ahead. Never in the past and never in quiet hours.
    """
    wall = time.fromisoformat(session.group.nudge_time)
    due = datetime.combine(day, wall, tzinfo=work.zone).astimezone(UTC)
    if day == session.starts_at.astimezone(work.zone).date():
        due = min(due, session.starts_at - MORNING_AHEAD)
    due = work.allowed(max(due, work.now + timedelta(hours=1)))
    same_day = due.astimezone(work.zone).date() == day
    return due if due < session.starts_at and same_day else None


def _waiting(work: Work, place: Place) -> Reminder | None:
    return work.session.scalar(
        select(Reminder)
        .where(
            Reminder.place_id == place.id,
            Reminder.kind.in_(["day_before", "remind_again"]),
            Reminder.state == ReminderState.DUE,
        )
        .order_by(Reminder.id)
        .limit(1)
    )
