"""The end of a waiting list. Once a session has begun no place on it can come free any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from wellbeing_bot.conversation.facts import Facts
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import is_member, meeting_point, upcoming
from wellbeing_bot.service.clinics.waiting import waiting_for
from wellbeing_bot.service.people import person_is_held, reach
from wellbeing_bot.service.places import unwinding
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.tasks import finish_occurrence, schedule
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Place, Reminder, Session_
from wellbeing_bot.store.states import PlaceState, SessionState

TOLD_WITHIN = timedelta(hours=12)
"""Whoever waited is told by then, or not at all: a day later they know."""

PLANNED_AHEAD = timedelta(days=2)


def close_when_begun(work: Work, session: Session_) -> None:
    """See to it that nobody waits for a session that has begun."""
    schedule(
        work,
        "close_list",
        f"close_list:{session.id}:{session.moves}",
        session.starts_at,
        session_id=session.id,
    )


def plan_closing(work: Work) -> None:
    """Once a day, for the lists of regular members, which are made many at a time."""
    waiting = exists().where(Place.session_id == Session_.id, Place.state == PlaceState.WAITLISTED)
    for session in work.session.scalars(
        select(Session_)
        .where(
            Session_.network_id == work.network.id,
            Session_.state == SessionState.PLANNED,
            Session_.capacity.is_not(None),
            Session_.starts_at <= work.now + PLANNED_AHEAD,
            waiting,
        )
        .order_by(Session_.id)
    ):
        close_when_begun(work, session)


def close(work: Work, session: Session_) -> None:
    """No place came free. Whoever asked for this very day is told, with the next date if there is one.

    Regular members hear nothing: they have next week's place, or its list, by themselves. Nor does somebody
    who waits for any time of a clinic.
    """
    if session.state is not SessionState.PLANNED or session.starts_at > work.now:
        return
    waited = select(Place).where(Place.session_id == session.id, Place.state == PlaceState.WAITLISTED)
    for place in work.session.scalars(waited.order_by(Place.queued_at, Place.id)).all():
        place.state = PlaceState.NO_SEAT
        work.session.flush()
        unwinding.unwind(work, place, because="no_seat")
        finish_occurrence(work, f"offer_by_phone:{place.id}", "the session has begun")
        if _waits_for_an_answer(work, place):
            _tell(work, place)


def _waits_for_an_answer(work: Work, place: Place) -> bool:
    person, group = place.person, place.session.group
    return (
        work.now <= place.session.starts_at + TOLD_WITHIN
        and person.erased_at is None
        and not person.away_on(work.local_now.date())
        and not is_member(work, person.id, group.id)
        and waiting_for(work, person, group) is None
    )


def _tell(work: Work, place: Place) -> None:
    person, session = place.person, place.session
    following = _next_date(work, place)
    facts: dict[str, str | int] = {
        "first_name": person.first_name,
        "group": neutral_name(session.group),
        "was": when_words(session.starts_at, work.zone, person.language),
    }
    address = reach(work, person)
    if following is None or address is None or person_is_held(work, person):
        known: Facts = {"group": session.group.name, "was": facts["was"]}
        tell(
            work,
            person,
            "no_place_came_free",
            known,
            session=session,
            occurrence=f"no_seat:{place.id}:{session.moves}",
            expires_at=session.starts_at + TOLD_WITHIN,
        )
        return
    facts |= {
        "session": following.id,
        "when": when_words(following.starts_at, work.zone, person.language),
        "meeting_point": meeting_point(work, following),
    }
    start(work, "no_seat", address, person, facts, session_id=following.id, subject=f"no_seat:{place.id}")


def _next_date(work: Work, place: Place) -> Session_ | None:
    """The group's next session, unless they are down for one that is to come or have given that one up."""
    decided = set(
        work.session.scalars(
            select(Place.session_id)
            .join(Session_, Session_.id == Place.session_id)
            .where(
                Place.person_id == place.person_id,
                Session_.group_id == place.session.group_id,
                Session_.starts_at > work.now,
            )
        )
    )
    following = upcoming(work, place.session.group, limit=1)
    return following[0] if following and not decided else None


def close_list(work: Work, reminder: Reminder) -> datetime | None:
    """A session with a waiting list has begun."""
    close(work, work.session.get_one(Session_, reminder.session_id))
    return None
