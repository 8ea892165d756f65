"""What providers report about messages out: forward only, whatever order the reports come in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.channels.base import Final
from wellbeing_bot.messages import DeliveryState, StatusReport
from wellbeing_bot.service.sending.failures import could_not_deliver
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import Network, OutboundRow, StatusRow
from wellbeing_bot.store.quick import Query, given

_EARLY = Query(
    StatusRow,
    lambda query: query.where(StatusRow.provider_id == given("provider_id")).order_by(StatusRow.id),
)

FAILED = frozenset({DeliveryState.FAILED, DeliveryState.UNDELIVERED})


def report(session: Session, status: StatusReport, now: datetime, deployment: Deployment) -> None:
    """A provider's report. One that comes before the send's own commit is kept until that."""
    _one_at_a_time(session, status.provider_id)
    row = session.scalar(
        select(OutboundRow).where(OutboundRow.provider_id == status.provider_id).with_for_update()
    )
    if row is None:
        session.add(
            StatusRow(
                provider_id=status.provider_id, state=status.state, error_code=status.error_code, at=now
            )
        )
        return
    _apply(session, row, status, now, deployment)


def apply_early(session: Session, row: OutboundRow, now: datetime, deployment: Deployment) -> None:
    """Apply the reports that came before the provider's id of this message was known to us."""
    assert row.provider_id is not None
    _one_at_a_time(session, row.provider_id)
    for status in _EARLY.all(session, provider_id=row.provider_id):
        _apply(
            session, row, StatusReport(status.provider_id, status.state, status.error_code), now, deployment
        )
        session.delete(status)


def _apply(
    session: Session, row: OutboundRow, status: StatusReport, now: datetime, deployment: Deployment
) -> None:
    before = row.state
    forward(session, row, status, now)
    if row.state in FAILED and before not in FAILED:
        work = Work(session, now, deployment, session.get_one(Network, row.network_id))
        could_not_deliver(work, row, Final(status.error_code))


def forward(session: Session, row: OutboundRow, status: StatusReport, now: datetime) -> None:
    """Move a message's state on, never back; a final state stays."""
    if row.state.terminal and status.state is not DeliveryState.READ:
        return
    if status.state.rank > row.state.rank:
        row.state = status.state
        row.error_code = status.error_code
        if status.state in {DeliveryState.DELIVERED, DeliveryState.READ}:
            row.delivered_at = row.delivered_at or now
    session.flush()


def _one_at_a_time(session: Session, provider_id: str) -> None:
    """Keep a report and the send it is about from missing each other, each looking before the other commits.

    SQLite has one writer; on PostgreSQL both hold a lock on the provider's id until they commit.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext(provider_id))))
