"""What is due is handed over to the road: each reminder becomes an Inbound of kind timer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from wellbeing_bot.messages import InboundKind
from wellbeing_bot.store import InboundRow, PersonAddress, Reminder
from wellbeing_bot.store.states import ReminderState

AT_ONCE = 200
"""Reminders handed over in one look."""


def hand_over(session: Session, now: datetime) -> list[int]:
    """Claim due reminders and record each as an Inbound of kind timer, in one transaction."""
    query = (
        select(Reminder)
        .where(text("reminder.state = 'due'"), Reminder.due_at <= now)
        .order_by(Reminder.due_at, Reminder.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    made = []
    first = session.scalars(query.where(text("reminder.kind = 'escalate'"))).all()
    others = session.scalars(query.where(Reminder.kind != "escalate")).all()
    for reminder in (*first, *others):  # an alert nobody has answered waits behind no list of reminders
        reminder.state = ReminderState.HANDED_OVER
        row = InboundRow(
            provider_id=f"timer:{reminder.id}:{reminder.due_at.isoformat()}",
            network_id=reminder.network_id,
            address_id=reminder.address_id or _usual_address(session, reminder),
            person_id=reminder.person_id,
            kind=InboundKind.TIMER,
            received_at=now,
            payload={"reminder": reminder.id},
        )
        session.add(row)
        session.flush()
        made.append(row.id)
    return made


def _usual_address(session: Session, reminder: Reminder) -> int | None:
    """The phone a time-out concerns, so that it waits its turn among that phone's texts."""
    if reminder.person_id is None:
        return None
    return session.scalar(
        select(PersonAddress.address_id)
        .where(PersonAddress.person_id == reminder.person_id, PersonAddress.ended_at.is_(None))
        .order_by(PersonAddress.id)
        .limit(1)
    )
