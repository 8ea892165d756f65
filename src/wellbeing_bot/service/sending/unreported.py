"""Asking what became of texts whose delivery report never reached us.

A report is posted once or a few times and then lost, if we were down or could not be reached. Without it
nobody would hear that a text never arrived. So what was sent a while ago and not reported on is asked after,
a few at a time; carriers that report nothing at all are not asked about for ever.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import or_, select, text, update
from sqlalchemy.orm import Session

from wellbeing_bot.channels.base import Channel, SendError
from wellbeing_bot.messages import ChannelName, DeliveryState
from wellbeing_bot.service.sending.reports import report
from wellbeing_bot.service.work import Deployment
from wellbeing_bot.store import OutboundRow
from wellbeing_bot.store.database import Database

log = logging.getLogger(__name__)

MOST = 100
"""Messages asked after in one look. A look comes every five minutes: some 1,200 an hour."""

AT_ONCE = 5

AFTER = timedelta(minutes=30)
"""Reports come within seconds, and within minutes from a phone that is just switched on."""

AGAIN = timedelta(hours=6)

UNTIL = timedelta(days=2)
"""Carriers keep a text for a phone that is off for a day or two; after that nothing more is learned."""


async def ask_for_reports(
    database: Database, channels: Mapping[ChannelName, Channel], deployment: Deployment, now: datetime
) -> int:
    """Ask after what was not reported. Returns of how many messages something new was learned.

    When the provider cannot be asked, the rest is left to the next look.
    """
    channel = channels.get("sms")  # the only provider that reports
    if channel is None:
        return 0
    ids = await database.arun(lambda session: _take(session, now))
    learned = 0
    for first in range(0, len(ids), AT_ONCE):
        some = ids[first : first + AT_ONCE]
        answers = await asyncio.gather(*(channel.report_on(key) for key in some), return_exceptions=True)
        for answer in answers:
            if isinstance(answer, BaseException):
                if not isinstance(answer, SendError):
                    raise answer
                left = ids[first:]
                await database.arun(lambda session, left=left: _give_back(session, left))  # type: ignore[misc]
                log.warning("delivery reports could not be asked for", extra={"error": str(answer)})
                return learned
            if answer is not None and answer.state is not DeliveryState.SENT:
                await database.arun(
                    lambda session, answer=answer: report(session, answer, now, deployment)  # type: ignore[misc]
                )
                learned += 1
    return learned


def _take(session: Session, now: datetime) -> list[str]:
    """Those whose turn it is: never asked after first, then the oldest. No other process takes the same."""
    rows = session.scalars(
        select(OutboundRow)
        .where(
            text("outbound.state = 'sent' AND outbound.channel = 'sms'"),  # in the words of the index
            OutboundRow.sent_at > now - UNTIL,
            OutboundRow.sent_at <= now - AFTER,
            OutboundRow.provider_id.is_not(None),
            or_(OutboundRow.report_asked_at.is_(None), OutboundRow.report_asked_at <= now - AGAIN),
        )
        .order_by(OutboundRow.report_asked_at.is_not(None), OutboundRow.sent_at)
        .limit(MOST)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.report_asked_at = now
    return [row.provider_id for row in rows if row.provider_id is not None]


def _give_back(session: Session, provider_ids: Collection[str]) -> None:
    session.execute(
        update(OutboundRow)
        .where(OutboundRow.provider_id.in_(provider_ids))
        .values(report_asked_at=None)
        .execution_options(synchronize_session=False)
    )
