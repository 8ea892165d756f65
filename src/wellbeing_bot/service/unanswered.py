"""Questions that nobody will answer any more are put away: a bare YES weeks later answers nothing old."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from wellbeing_bot.service.questionnaires import rounds
from wellbeing_bot.service.talking import close
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import ConversationRow, Goal, Person, Reminder
from wellbeing_bot.store.states import ConversationState, GoalState, ReminderState

STILL_ANSWERED = timedelta(days=28)
"""So long a question waits whose conversation says nothing of its own about silence."""

AT_ONCE = 500
"""Put away in one turn; what is more waits for tomorrow."""


def put_away(work: Work) -> None:
    """Close what was asked four weeks ago and waits for nothing but an answer; goals asked about likewise."""
    before = work.now - STILL_ANSWERED
    waits = select(Reminder.id).where(
        Reminder.conversation_id == ConversationRow.id,
        Reminder.state.in_([ReminderState.DUE, ReminderState.HANDED_OVER]),
    )
    rows = (
        select(ConversationRow)
        .where(
            ConversationRow.network_id == work.network.id,
            ConversationRow.status == ConversationState.OPEN,
            ConversationRow.script != rounds.SCRIPT,  # a round of questions knows when it is over
            func.coalesce(ConversationRow.asked_at, ConversationRow.opened_at) < before,
            ~waits.exists(),
        )
        .order_by(ConversationRow.id)
        .limit(AT_ONCE)
    )
    for row in work.session.scalars(rows).all():
        close(work, row, "unanswered")
    goals = (
        select(Goal)
        .join(Person, Person.id == Goal.person_id)
        .where(
            Person.network_id == work.network.id,
            Goal.state.in_([GoalState.SET, GoalState.ASKED]),
            Goal.review_at < before,
        )
        .order_by(Goal.id)
        .limit(AT_ONCE)
    )
    for goal in work.session.scalars(goals).all():
        goal.state = GoalState.UNANSWERED
    work.session.flush()
