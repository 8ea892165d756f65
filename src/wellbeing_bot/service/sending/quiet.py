"""Quiet hours: when nothing the service itself begins goes out. Pure; all on local wall time."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def at_wall_time(day: datetime, wall: time, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which clocks in ``zone`` show ``wall`` on the local date of ``day``.

    A wall time that does not exist (clocks forward) becomes the same distance after the gap; one that
    comes twice (clocks back) is the first.
    """
    local = datetime.combine(day.astimezone(zone).date(), wall, tzinfo=zone)
    return local.astimezone(UTC)


def is_quiet(moment: datetime, quiet_from: time, quiet_until: time, zone: ZoneInfo) -> bool:
    """Whether ``moment`` falls in quiet hours, which may span midnight. The end itself is not quiet."""
    wall = moment.astimezone(zone).time().replace(tzinfo=None)
    if quiet_from == quiet_until:
        return False
    if quiet_from < quiet_until:
        return quiet_from <= wall < quiet_until
    return wall >= quiet_from or wall < quiet_until


def next_allowed(moment: datetime, quiet_from: time, quiet_until: time, zone: ZoneInfo) -> datetime:
    """``moment`` itself, or the end of the quiet hours it falls in (UTC)."""
    if not is_quiet(moment, quiet_from, quiet_until, zone):
        return moment
    end = at_wall_time(moment, quiet_until, zone)
    if end <= moment:
        end = at_wall_time(moment + timedelta(days=1), quiet_until, zone)
    return end


def reply_deadline(
    asked: datetime, starts: datetime, quiet_from: time, quiet_until: time, zone: ZoneInfo
) -> datetime:
    """By when somebody asked at ``asked`` should have answered about something that starts at ``starts``.

    The sooner of 24 clock hours and half the time that is left; if that falls in quiet hours, their end,
    unless that would be too late, and then the moment itself.
    """
    deadline = min(asked + timedelta(hours=24), asked + (starts - asked) / 2)
    allowed = next_allowed(deadline, quiet_from, quiet_until, zone)
    return allowed if allowed < starts else deadline
