"""Until when a ride can be asked for: so many working days before, at a time of day, per provider."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from wellbeing_bot.service.work import Work
from wellbeing_bot.service.working_days import working_days_before
from wellbeing_bot.store import Ride, RideProvider, Session_


def cutoff(starts_at: datetime, working_days: int, wall: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) after which it is late, for something that starts at ``starts_at``. Pure."""
    day = working_days_before(starts_at.astimezone(zone).date(), working_days)
    return datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)


def cutoff_of(work: Work, provider: RideProvider, session: Session_) -> datetime:
    """When this provider must have its list for this session."""
    wall = time.fromisoformat(provider.cutoff_time)
    return cutoff(session.starts_at, provider.cutoff_working_days, wall, work.zone)


def is_late(work: Work, provider: RideProvider, session: Session_) -> bool:
    """Whether the cut-off is past, or the list has gone already because somebody sent it early."""
    if work.now >= cutoff_of(work, provider, session):
        return True
    if provider.volunteer:
        return False
    gone = work.session.scalar(
        select(Ride.id)
        .where(Ride.provider_id == provider.id, Ride.session_id == session.id, Ride.sent_at.is_not(None))
        .limit(1)
    )
    return gone is not None
