"""Telling every process at once that something was queued: PostgreSQL's LISTEN and NOTIFY.

The bell is rung beside the transactions, never in one: NOTIFY makes those that use it commit one after the
other. A ring that is lost costs a tick, for every process looks each second anyway.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import psycopg

NAME = "wellbeing_bot_outbox"

AT_MOST_EVERY = 0.1
"""Seconds between two rings: a hundred answers at once need not wake everybody a hundred times."""

TRY_AGAIN = 2.0
"""Seconds before a lost connection is made anew."""


class Bell:
    """One process's end of it."""

    def __init__(self, url: str) -> None:
        """``url`` as SQLAlchemy or psycopg takes it."""
        self._url = url.replace("+psycopg", "", 1)
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Something was queued; returns at once."""
        self._rung.set()

    async def run(self, wake: Callable[[], object]) -> None:
        """Call ``wake`` at every ring of any process, and pass on our own, until cancelled."""
        await asyncio.gather(self._keep(self._listen, wake), self._keep(self._pass_on, wake))

    async def _keep(self, end: Callable[..., object], wake: Callable[[], object]) -> None:
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
                async with connection:
                    await end(connection, wake)  # type: ignore[misc]
            except psycopg.OperationalError:
                await asyncio.sleep(TRY_AGAIN)

    async def _listen(self, connection: psycopg.AsyncConnection, wake: Callable[[], object]) -> None:
        await connection.execute(f"LISTEN {NAME}")
        wake()  # whatever was queued while nobody listened
        async for _ in connection.notifies():
            wake()

    async def _pass_on(self, connection: psycopg.AsyncConnection, _: Callable[[], object]) -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            await connection.execute(f"NOTIFY {NAME}")
            await asyncio.sleep(AT_MOST_EVERY)
