"""A session that moves or is called off: everybody it concerns is told, once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.clinics.times import place_time
from wellbeing_bot.service.lunches import invitations, slots
from wellbeing_bot.service.places import unwinding
from wellbeing_bot.service.places.reminders import plan_for_meeting, plan_for_place
from wellbeing_bot.service.places.waiting_lists import close_when_begun
from wellbeing_bot.service.rides import changing as rides
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Meeting, Person, Place, Reminder, Session_
from wellbeing_bot.store.states import MeetingState, PlaceState, ReminderState, SessionState

_OPEN_PLACES = [PlaceState.OFFERED, PlaceState.BOOKED, PlaceState.CONFIRMED, PlaceState.WAITLISTED]
_OPEN_MEETINGS = [MeetingState.ASKED, MeetingState.ACCEPTED]


def concerned(work: Work, session: Session_) -> tuple[list[Place], list[Meeting]]:
    """Who has a place, and which champions are asked or have said yes: the preview of who will be told."""
    open_places = work.session.scalars(
        select(Place).where(Place.session_id == session.id, Place.state.in_(_OPEN_PLACES)).order_by(Place.id)
    )
    open_meetings = work.session.scalars(
        select(Meeting)
        .where(Meeting.session_id == session.id, Meeting.state.in_(_OPEN_MEETINGS))
        .order_by(Meeting.id)
    )
    return list(open_places), list(open_meetings)


def call_off(work: Work, session: Session_, why: str) -> int:
    """Call it off. All that hangs on it is unwound. Returns how many people were told, each of them once."""
    if session.state is not SessionState.PLANNED:
        return 0
    open_places, open_meetings = concerned(work, session)
    riders = rides.riders(work, session)
    drivers = rides.session_off(work, session)
    session.state = SessionState.CALLED_OFF
    session.why_off = why
    invited = invitations.session_off(work, session)
    expected = {place.person_id: place_time(work, place) for place in open_places}
    people = _distinct(
        [*(p.person for p in open_places), *(m.champion for m in open_meetings), *drivers, *invited]
    )
    for place in open_places:
        place.state = PlaceState.CALLED_OFF
        place.why_off = "called_off"
        work.session.flush()
        unwinding.unwind(work, place, because="called_off")
    _withdraw_reminders(work, session)
    for person in people:
        tell(
            work,
            person,
            "session_called_off_with_lift" if person.id in riders else "session_called_off",
            {
                "group": session.group.name,
                "when": when_words(expected.get(person.id, session.starts_at), work.zone, person.language),
            },
            session=session,
            occurrence=f"called_off:{session.id}:{person.id}",
            expires_at=session.ends_at,
        )
    return len(people)


def move(work: Work, session: Session_, starts: datetime | None, point: str) -> int:
    """Move it in time, place or both. Reminders are planned afresh. Returns how many people were told."""
    open_places, open_meetings = concerned(work, session)
    before = session.starts_at
    expected = {place.person_id: place_time(work, place) for place in open_places}
    if starts is not None:
        slots.shift(work, session, starts - session.starts_at)
        session.ends_at = starts + (session.ends_at - session.starts_at)
        session.starts_at = starts
    if point:
        session.meeting_point = point
    session.moves += 1
    work.session.flush()
    _withdraw_reminders(work, session)
    people = _distinct([*(p.person for p in open_places), *(m.champion for m in open_meetings)])
    for place in open_places:
        if place.state.coming:
            plan_for_place(work, place)
        elif place.state is PlaceState.WAITLISTED:
            close_when_begun(work, session)
    riders = rides.riders(work, session)
    rides.session_moved(work, session, new_time=starts is not None)
    for meeting in open_meetings:
        if meeting.state is MeetingState.ACCEPTED:
            plan_for_meeting(work, meeting)
    for person in people:
        tell(
            work,
            person,
            "session_moved_with_lift" if person.id in riders else "session_moved",
            {
                "group": session.group.name,
                "was": when_words(expected.get(person.id, before), work.zone, person.language),
                "when": when_words(
                    expected.get(person.id, before) + (session.starts_at - before), work.zone, person.language
                ),
                "meeting_point": meeting_point(work, session),
            },
            session=session,
            occurrence=f"moved:{session.id}:{session.moves}:{person.id}",
            expires_at=session.starts_at,
        )
    return len(people)


def _withdraw_reminders(work: Work, session: Session_) -> None:
    kinds = (
        ("meeting_deadline", "offer_deadline", "driver_deadline", "invite", "settle_invitations")
        if session.state is SessionState.PLANNED
        else ()
    )
    work.session.execute(
        update(Reminder)
        .where(
            Reminder.session_id == session.id,
            Reminder.state == ReminderState.DUE,
            Reminder.kind.not_in(kinds),
        )
        .values(state=ReminderState.WITHDRAWN)
    )


def _distinct(people: list[Person]) -> list[Person]:
    return list({person.id: person for person in people}.values())
