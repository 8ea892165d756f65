"""What hangs on a place, undone when the place goes: meeting, ride, slots, reminders, open questions."""

from __future__ import annotations

from sqlalchemy import or_, select, update

from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service import meetings
from wellbeing_bot.service.calls import putting as calls
from wellbeing_bot.service.lunches import slots
from wellbeing_bot.service.rides import changing as rides
from wellbeing_bot.service.talking import close_questions
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import ConversationRow, OutboundRow, Place, Reminder
from wellbeing_bot.store.states import OutboundKind, ReminderState

REMINDERS = ("day_before", "morning")
"""What is due about a place and may wait in the outbox."""


def unwind(work: Work, place: Place, *, because: str) -> None:
    """Free the champion, cancel ride and slots, withdraw the reminders, close the questions of a place."""
    meetings.stand_down(work, place, because=because)
    rides.place_gone(work, place, because=because)
    slots.place_gone(work, place, because=because)
    withdraw_reminders(work, place)
    drop_unsent(work, place)
    calls.withdraw(work, place.person_id, place.session_id)
    close_questions(work, subject=f"place:{place.id}", outcome="withdrawn")


def drop_unsent(work: Work, place: Place) -> None:
    """A reminder or a question that waits for the end of quiet hours is not said of a place that is gone."""
    asked = select(ConversationRow.id).where(ConversationRow.subject == f"place:{place.id}")
    reminds = (OutboundRow.occurrence.startswith(f"{kind}:{place.id}:") for kind in REMINDERS)
    work.session.execute(
        update(OutboundRow)
        .where(
            OutboundRow.session_id == place.session_id,
            OutboundRow.state == DeliveryState.QUEUED,
            OutboundRow.kind == OutboundKind.BEGUN,
            or_(OutboundRow.conversation_id.in_(asked), *reminds),
        )
        .values(state=DeliveryState.DROPPED, error_code="not_needed")
    )


def withdraw_reminders(work: Work, place: Place) -> None:
    """Nothing more is due about this place."""
    work.session.execute(
        update(Reminder)
        .where(Reminder.place_id == place.id, Reminder.state == ReminderState.DUE)
        .values(state=ReminderState.WITHDRAWN)
    )
