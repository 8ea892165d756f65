"""Going on from a backup: what may have been sent since it was taken is asked after, not sent again.

A backup carries a mark. The first start on it is noticed by the mark: from then on, until what had piled up
has gone, each message is looked up at its provider before it is sent, and what nobody can tell about is
shown to a person instead.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.store import InboundRow, Network, OutboundRow, Restoration, Task
from wellbeing_bot.store.states import Urgency

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
CATCHING_UP = timedelta(minutes=30)
"""How long after a restore the messages of old causes are made: reminders, time-outs, texts fetched late."""


def mark_as_backup(session: Session, taken_at: datetime) -> None:
    """Write the mark into a copy, which starts as a restored one wherever it is put."""
    session.add(Restoration(taken_at=taken_at))


def mark_as_restored(session: Session) -> datetime:
    """Say of a copy that was made in another way that it is one.

    Returns when it was taken: the moment of the last thing on record, which cannot be later.
    """
    moments = [
        session.scalar(select(func.max(column)))
        for column in (InboundRow.received_at, OutboundRow.created_at, OutboundRow.sent_at)
    ]
    taken_at = max((moment for moment in moments if moment is not None), default=LONG_AGO)
    waiting = select(Restoration).where(Restoration.restored_at.is_(None))
    if session.scalar(waiting.limit(1)) is None:
        mark_as_backup(session, taken_at)
    return taken_at


def notice(session: Session, now: datetime) -> bool:
    """At a start: whether this database is a backup that has just been put back. A person is told once."""
    marks = session.scalars(select(Restoration).where(Restoration.restored_at.is_(None))).all()
    for mark in marks:
        mark.restored_at = now
    for network in session.scalars(select(Network)) if marks else ():
        session.add(
            Task(
                network_id=network.id,
                kind="restored",
                urgency=Urgency.SOON,
                occurrence=f"restored:{network.id}:{now.isoformat()}",
                summary=_summary(min(mark.taken_at for mark in marks), network),
                raised_at=now,
                due_at=now + timedelta(hours=4),
            )
        )
    return bool(marks)


def _summary(taken_at: datetime, network: Network) -> str:
    local = taken_at.astimezone(ZoneInfo(network.zone))
    return (
        f"The service goes on from a backup of {local:%A %d %B at %H:%M}. What happened after that is not on "
        "record: look at the sessions of these days, and ring whom you texted or booked meanwhile."
    )


def last(session: Session, now: datetime) -> Restoration | None:
    """The restore that is still being caught up with, if there is one."""
    return session.scalar(
        select(Restoration)
        .where(Restoration.restored_at > now - CATCHING_UP)
        .order_by(Restoration.id.desc())
        .limit(1)
    )
