"""What time it is, and the ticks that make the service look whether something is due.

APScheduler is a ticker here and nothing more: what is due is a row of ours. A tick that comes late, twice
or not at all changes nothing but how soon we look.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Clock(Protocol):
    """Where the present moment comes from. Nothing below the edge reads another."""

    def now(self) -> datetime:
        """The moment, aware, UTC."""
        ...


class SystemClock:
    """The machine's own."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FileClock:
    """Shows the moment that stands in a file (ISO 8601, with its offset): to try what a certain day brings.

    It stands still until the file is written again, and may go back.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        return datetime.fromisoformat(self._file.read_text("utf-8").strip()).astimezone(UTC)


class DemoClock:
    """Stands still until it is moved, so that twelve weeks pass when somebody says so."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Set it. Going back is allowed: that is a new story, begun with a reset."""
        self._now = moment.astimezone(UTC)


class Ticker:
    """Calls a few async functions at intervals, one run of each at a time."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def every(self, seconds: float, name: str, look: Callable[[], Awaitable[object]]) -> None:
        """Look this often. A look that is still going on is not joined by another."""
        self._scheduler.add_job(look, "interval", seconds=seconds, id=name, next_run_time=datetime.now(UTC))

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)
