"""What happens when something falls due. One small function a kind; each looks at how things stand now.

The kinds of a subject stand in its own folder, in a module ``timers``; here are those about conversations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from wellbeing_bot.conversation import TimedOut
from wellbeing_bot.service import goals
from wellbeing_bot.service.activities import interests
from wellbeing_bot.service.activities import timers as activity_timers
from wellbeing_bot.service.calls import timers as call_timers
from wellbeing_bot.service.champions import workshop
from wellbeing_bot.service.changing import timers as changing_timers
from wellbeing_bot.service.duty import alert_next
from wellbeing_bot.service.hearing.urgent import take_back
from wellbeing_bot.service.long_work import steps as long_work
from wellbeing_bot.service.lunches import timers as lunch_timers
from wellbeing_bot.service.meetings import timers as meeting_timers
from wellbeing_bot.service.monitors import timers as monitor_timers
from wellbeing_bot.service.people import WHILE_HELD_AGAIN, may_text, person_is_held
from wellbeing_bot.service.places import timers as place_timers
from wellbeing_bot.service.questionnaires import timers as questionnaires
from wellbeing_bot.service.rides import timers as ride_timers
from wellbeing_bot.service.talking import carry_on
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import reminding as appointment_timers
from wellbeing_bot.service.workers import satisfaction
from wellbeing_bot.store import (
    AddressRow,
    ConversationRow,
    Hold,
    Person,
    Reminder,
    Task,
)
from wellbeing_bot.store.states import ConversationState, ReminderState, TaskState

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


KINDS: Mapping[str, Fire] = {
    "step_timeout": step_timeout,
    "escalate": escalate,
    "hold_ends": hold_ends,
    **place_timers.KINDS,
    **meeting_timers.KINDS,
    **activity_timers.KINDS,
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
