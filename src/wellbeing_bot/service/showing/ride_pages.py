"""Rides of a day by session and provider."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Ride, RideProvider, Session_

AHEAD = timedelta(days=35)


@dataclass(frozen=True)
class Trip:
    """Everybody one provider takes to one session; provider None: nobody drives them yet."""

    session: Session_
    provider: RideProvider | None
    rides: list[Ride]


def days_with_rides(work: Work) -> list[date]:
    """Local days from today on which somebody is to be driven."""
    found = work.session.scalars(
        select(Session_.starts_at)
        .join(Ride, Ride.session_id == Session_.id)
        .where(
            Ride.network_id == work.network.id,
            Session_.starts_at >= work.now - timedelta(hours=18),
            Session_.starts_at < work.now + AHEAD,
        )
        .distinct()
    )
    return sorted({moment.astimezone(work.zone).date() for moment in found})


def trips(work: Work, day: date) -> list[Trip]:
    """The rides of a local day."""
    begin = datetime.combine(day, time(), tzinfo=work.zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=work.zone).astimezone(UTC)
    rows = work.session.execute(
        select(Ride, Session_)
        .join(Session_, Session_.id == Ride.session_id)
        .where(Ride.network_id == work.network.id, Session_.starts_at >= begin, Session_.starts_at < end)
        .order_by(Session_.starts_at, Session_.id, Ride.provider_id.nulls_first(), Ride.id)
    )
    made: dict[tuple[int, int], Trip] = {}
    for ride, session in rows:
        key = (session.id, ride.provider_id or 0)
        trip = made.setdefault(key, Trip(session, ride.provider, []))
        trip.rides.append(ride)
    return list(made.values())
