"""What happens when something falls due. One small function a kind; each looks at how things stand now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from wellbeing_bot.conversation import TimedOut
from wellbeing_bot.service import afterwards, goals, interests, meetings, places, waiting_lists
from wellbeing_bot.service.calls import asking as calls
from wellbeing_bot.service.calls import timers as call_timers
from wellbeing_bot.service.champions import workshop
from wellbeing_bot.service.changing import timers as changing_timers
from wellbeing_bot.service.clinics.times import place_time
from wellbeing_bot.service.duty import alert_next
from wellbeing_bot.service.finding import neutral_name
from wellbeing_bot.service.hearing.urgent import take_back
from wellbeing_bot.service.long_work import steps as long_work
from wellbeing_bot.service.lunches import timers as lunch_timers
from wellbeing_bot.service.lunches.home_again import asks_about_home
from wellbeing_bot.service.meetings.words import meet_words
from wellbeing_bot.service.monitors import timers as monitor_timers
from wellbeing_bot.service.people import may_text, person_is_held, reach
from wellbeing_bot.service.planning import plan_network
from wellbeing_bot.service.planning_members import plan_members
from wellbeing_bot.service.questionnaires import timers as questionnaires
from wellbeing_bot.service.rides import timers as ride_timers
from wellbeing_bot.service.sending.outbox import tell, tell_proxies
from wellbeing_bot.service.sending.quiet import next_allowed
from wellbeing_bot.service.sessions import meeting_point
from wellbeing_bot.service.talking import carry_on, close, start
from wellbeing_bot.service.words import clock_words, when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import reminding as appointment_timers
from wellbeing_bot.service.workers import satisfaction
from wellbeing_bot.store import (
    AddressRow,
    ConversationRow,
    Hold,
    Meeting,
    Person,
    Place,
    Reminder,
    Session_,
    Task,
)
from wellbeing_bot.store.states import ConversationState, MeetingState, ReminderState, SessionState, TaskState

WHILE_HELD_AGAIN = timedelta(hours=1)
"""How long a question waits before it is tried again while a human has the conversation."""

SILENT_AT_MOST = timedelta(days=60)
"""After STOP a conversation stands still, so that START takes it up where it was; but not for ever."""

Fire = Callable[[Work, Reminder], datetime | None]
"""Does what is due. A moment back means: not now, again then."""


def fire(work: Work, reminder: Reminder) -> None:
    """Do what a reminder is for, or put it off, or record that it lost its sense."""
    if reminder.state is not ReminderState.HANDED_OVER:
        return
    if reminder.expires_at is not None and work.now >= reminder.expires_at:
        reminder.state = ReminderState.MISSED
        return
    again = KINDS[reminder.kind](work, reminder)
    if again is None:
        reminder.state = ReminderState.DONE
    elif reminder.expires_at is not None and again >= reminder.expires_at:
        reminder.state = ReminderState.MISSED
    else:
        reminder.state = ReminderState.DUE
        reminder.due_at = again
    work.session.flush()


def _place(work: Work, reminder: Reminder) -> Place:
    return work.session.get_one(Place, reminder.place_id)


def _expected(place: Place) -> bool:
    return place.state.coming and place.session.state is SessionState.PLANNED


def _paused(work: Work, person: Person) -> bool:
    return person.away_on(work.local_now.date())


def day_before(work: Work, reminder: Reminder) -> datetime | None:
    """The day-before reminder, which is also the weekly nudge and may ask "can we expect you?"."""
    place = _place(work, reminder)
    if not _expected(place) or _paused(work, place.person):
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
    if _expected(place) and not _paused(work, place.person):
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


def champion_day_before(work: Work, reminder: Reminder) -> datetime | None:
    """The champion's reminder of whom they meet."""
    meeting = work.session.get_one(Meeting, reminder.meeting_id)
    place = meeting.place
    if meeting.state is MeetingState.ACCEPTED and _expected(place):
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


def offer_deadline(work: Work, reminder: Reminder) -> datetime | None:
    """Nobody took the freed seat in time."""
    place = _place(work, reminder)
    if place.offered_until is None or place.offered_until <= work.now:
        places.offer_ran_out(work, place)
    return None


def ask_champion(work: Work, reminder: Reminder) -> datetime | None:
    """Did they come?"""
    meeting = work.session.get_one(Meeting, reminder.meeting_id)
    place = meeting.place
    if meeting.state is not MeetingState.ACCEPTED or not _expected(place):
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
            "day": _day_it_was(work, place),
        },
        session_id=place.session_id,
        meeting_id=meeting.id,
        subject=f"met:{meeting.id}",
    )
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
            "day": _day_it_was(work, place),
        },
        session_id=place.session_id,
        subject=f"place:{place.id}",
    )
    return None


def _day_it_was(work: Work, place: Place) -> str:
    """ "today", or "on Thursday" where the question must wait for the end of the quiet hours or came late."""
    asked = next_allowed(work.now, work.settings.quiet_from, work.settings.quiet_until, work.zone)
    day = place.session.starts_at.astimezone(work.zone)
    return "today" if asked.astimezone(work.zone).date() == day.date() else f"on {day:%A}"


def _question_after(work: Work, place: Place) -> str:
    """Which conversation: after a lift or a lunch the way home is asked about, naming no group."""
    if asks_about_home(work, place):
        return "went_and_home"
    return "went_sensitive" if place.session.group.sensitive else "went"


def settle_place(work: Work, reminder: Reminder) -> datetime | None:
    """Silence is unknown."""
    place = _place(work, reminder)
    afterwards.nobody_answered(work, place)
    for row in work.session.scalars(
        select(ConversationRow).where(
            ConversationRow.subject == f"place:{place.id}", ConversationRow.status == ConversationState.OPEN
        )
    ):
        close(work, row, "no_answer")
    return None


def step_timeout(work: Work, reminder: Reminder) -> datetime | None:
    """Nobody answered a question of a conversation."""
    row = work.session.get_one(ConversationRow, reminder.conversation_id)
    if row.status is not ConversationState.OPEN:
        return None
    person = work.session.get(Person, row.person_id) if row.person_id else None
    if person is not None and person_is_held(work, person):
        return work.now + WHILE_HELD_AGAIN
    address = work.session.get_one(AddressRow, row.address_id)
    if not may_text(address) and work.now - row.opened_at < SILENT_AT_MOST:
        return work.now + timedelta(days=1)
    carry_on(work, row, TimedOut(str(reminder.payload.get("step", ""))))
    return None


def escalate(work: Work, reminder: Reminder) -> datetime | None:
    """Nobody has said they have it: the next on the rota is told."""
    task = work.session.get_one(Task, reminder.task_id)
    if task.state is TaskState.RAISED:
        alert_next(work, task)
    return None


def hold_ends(work: Work, reminder: Reminder) -> datetime | None:
    """The human's set time is over: the bot takes back, and says so."""
    held = work.session.get(Hold, int(reminder.payload.get("hold", 0)))
    if held is not None and held.ended_at is None and held.until is not None:
        if held.until > work.now:
            return held.until
        take_back(work, held)
    return None


def plan(work: Work, reminder: Reminder) -> datetime | None:
    """Sessions and regular members' places for the weeks ahead; again tomorrow."""
    plan_network(work)
    return None


def plan_more_members(work: Work, reminder: Reminder) -> datetime | None:
    """The next members of a large group, where the step before ended."""
    session = work.session.get_one(Session_, reminder.session_id)
    if session.state is SessionState.PLANNED and session.starts_at > work.now:
        plan_members(work, session, int(reminder.payload["after"]))
    return None


KINDS: Mapping[str, Fire] = {
    "day_before": day_before,
    "morning": morning,
    "champion_day_before": champion_day_before,
    "meeting_deadline": meeting_deadline,
    "offer_deadline": offer_deadline,
    "ask_champion": ask_champion,
    "ask_patient": ask_patient,
    "settle_place": settle_place,
    "step_timeout": step_timeout,
    "escalate": escalate,
    "hold_ends": hold_ends,
    "plan": plan,
    "close_list": waiting_lists.close_list,
    "plan_members": plan_more_members,
    **questionnaires.KINDS,
    **ride_timers.KINDS,
    **lunch_timers.KINDS,
    **changing_timers.KINDS,
    **call_timers.KINDS,
    **workshop.KINDS,
    **interests.KINDS,
    **goals.KINDS,
    **monitor_timers.KINDS,
    **appointment_timers.KINDS,
    **long_work.KINDS,
    **satisfaction.KINDS,
}
