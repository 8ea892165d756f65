"""What is due about a place and a meeting, computed from local wall time."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from wellbeing_bot.service.lunches.kinds import is_lunch
from wellbeing_bot.service.tasks import schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Meeting, Place, Session_

MORNING = time(8, 0)
"""A first visit's morning text: not before eight, and two hours ahead where that is later."""

MORNING_AHEAD = timedelta(hours=2)
ASK_PATIENT_AFTER = timedelta(hours=2)
ASK_CHAMPION_AFTER = timedelta(minutes=30)
SILENCE_IS_UNKNOWN_AFTER = timedelta(days=2)


def plan_for_place(work: Work, place: Place) -> None:
    """The day-before reminder, the morning of a first visit, and the question afterwards.

    What is already past is not planned: somebody who books today has just been told when it is.
    """
    session = place.session
    about: dict[str, Any] = {"place_id": place.id, "session_id": session.id, "person_id": place.person_id}
    key = f"{place.id}:{session.moves}"
    nudge, nudge_until = nudge_time(work, session)
    if nudge > work.now:
        schedule(work, "day_before", f"day_before:{key}", nudge, expires_at=nudge_until, **about)
    if is_lunch(session.group) and not place.first_time and place.source != "member":
        ask_patient_about(work, place)
    if place.first_time:
        morning = morning_time(work, session)
        if morning > work.now:
            schedule(work, "morning", f"morning:{key}", morning, expires_at=session.starts_at, **about)
        ask_patient_about(work, place)
    schedule(
        work,
        "settle_place",
        f"settle_place:{key}",
        session.ends_at + SILENCE_IS_UNKNOWN_AFTER,
        **about,
    )


def due_about_member(work: Work, session: Session_) -> list[tuple[str, datetime, datetime | None, bool]]:
    """What ``plan_for_place`` plans for a regular member: kind, due, expires, only at first visits."""
    nudge, nudge_until = nudge_time(work, session)
    morning = morning_time(work, session)
    asked = work.allowed(session.ends_at + ASK_PATIENT_AFTER)
    due: list[tuple[str, datetime, datetime | None, bool]] = [
        ("day_before", nudge, nudge_until, False),
        ("morning", morning, session.starts_at, True),
        ("ask_patient", asked, session.ends_at + timedelta(days=3), True),
        ("settle_place", session.ends_at + SILENCE_IS_UNKNOWN_AFTER, None, False),
    ]
    return [one for one in due if one[0] not in {"day_before", "morning"} or one[1] > work.now]


def ask_patient_about(work: Work, place: Place) -> None:
    """The question afterwards: of a first visit, a lunch, and wherever somebody was driven."""
    session = place.session
    schedule(
        work,
        "ask_patient",
        f"ask_patient:{place.id}:{session.moves}",
        work.allowed(session.ends_at + ASK_PATIENT_AFTER),
        expires_at=session.ends_at + timedelta(days=3),
        place_id=place.id,
        session_id=session.id,
        person_id=place.person_id,
    )


def plan_for_meeting(work: Work, meeting: Meeting) -> None:
    """The champion's reminder the day before, and the question whether the patient came."""
    session = meeting.place.session
    about: dict[str, Any] = {
        "meeting_id": meeting.id,
        "session_id": session.id,
        "person_id": meeting.champion_id,
    }
    key = f"{meeting.id}:{session.moves}"
    nudge, nudge_until = nudge_time(work, session)
    if nudge > work.now:
        schedule(
            work, "champion_day_before", f"champion_day_before:{key}", nudge, expires_at=nudge_until, **about
        )
    schedule(
        work,
        "ask_champion",
        f"ask_champion:{key}",
        work.allowed(session.ends_at + ASK_CHAMPION_AFTER),
        expires_at=session.ends_at + timedelta(days=3),
        **about,
    )


def nudge_time(work: Work, session: Session_) -> tuple[datetime, datetime]:
    """When a session's nudge is due and until when it makes sense: the evening of that same day."""
    local = session.starts_at.astimezone(work.zone)
    day = local.date() - timedelta(days=session.group.nudge_days_before)
    due = datetime.combine(day, time.fromisoformat(session.group.nudge_time), tzinfo=work.zone)
    until = datetime.combine(day, work.settings.quiet_from, tzinfo=work.zone)
    due_utc, until_utc = due.astimezone(UTC), until.astimezone(UTC)
    return due_utc, max(until_utc, due_utc + timedelta(hours=1))


def morning_time(work: Work, session: Session_) -> datetime:
    """When the morning text of a first visit is due."""
    local = session.starts_at.astimezone(work.zone)
    eight = datetime.combine(local.date(), MORNING, tzinfo=work.zone).astimezone(UTC)
    return work.allowed(max(eight, session.starts_at - MORNING_AHEAD))
