"""The one way everything is written for readers outside: times, days and the zone they are told in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from wellbeing_bot.store import Network

Record = dict[str, Any]
"""A JSON object. Its keys are the words of the field; its times say their offset."""


MOST_ID = 2**63 - 1
"""The largest number a row can have; a larger one is nobody's."""


def row_id(written: str) -> int | None:
    """A row's number, if it is one."""
    return int(written) if written.isdecimal() and len(written) < 19 else None


def zone_of(session: Session, network_id: int | None) -> ZoneInfo:
    """The zone of a network; UTC for what belongs to none."""
    network = session.get(Network, network_id) if network_id is not None else None
    return ZoneInfo(network.zone if network is not None else "UTC")


def local(moment: datetime | None, zone: ZoneInfo) -> str | None:
    """A moment as people there read it, with its offset: ``2026-10-01T10:00:00+01:00``."""
    return None if moment is None else moment.astimezone(zone).isoformat(timespec="seconds")


def utc(moment: datetime | None) -> str | None:
    """The same moment for machines: ``2026-10-01T09:00:00Z``."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def day(value: date | None) -> str | None:
    """``2026-10-01``."""
    return None if value is None else value.isoformat()
