"""One pace for a channel over every process: each takes its turn in a row that all of them share.

A process alone keeps its bucket in memory. Where several may run, the moment at which the bucket would be
full again is a row, and the database's clock is the one that counts.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from wellbeing_bot.channels.ratelimit import Bucket, reserve
from wellbeing_bot.messages import ChannelName
from wellbeing_bot.store import Pace


def take_turn(session: Session, channel: ChannelName, bucket: Bucket) -> timedelta:
    """Take one message's turn. Returns how long to wait before it may leave. PostgreSQL only."""
    query = select(Pace).where(Pace.channel == channel).with_for_update()
    row = session.scalar(query)
    if row is None:
        session.execute(insert(Pace).values(channel=channel).on_conflict_do_nothing())
        row = session.scalars(query).one()
    now = session.scalars(select(func.clock_timestamp())).one()  # once the row is ours
    assert isinstance(now, datetime)
    now = now.astimezone(UTC)
    row.full_again_at, wait = reserve(row.full_again_at, now, bucket.per_second, bucket.burst)
    return wait
