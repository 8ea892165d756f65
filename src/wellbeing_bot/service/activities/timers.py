"""What falls due about a network's groups: sessions for the weeks ahead, and their regular members."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from wellbeing_bot.service.activities.planning import plan_network
from wellbeing_bot.service.activities.planning_members import plan_members
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Reminder,
    Session_,
)
from wellbeing_bot.store.states import SessionState


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


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {
    "plan": plan,
    "plan_members": plan_more_members,
}
"""Looked up by ``service.timers`` beside its own."""
