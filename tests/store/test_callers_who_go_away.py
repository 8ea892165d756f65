"""A request that is called off does not take the database's one writer with it."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from wellbeing_bot.store.database import Database


async def test_a_caller_who_goes_away_in_the_middle_leaves_the_writer_working(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'one.db'}")
    begun, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> None:
        begun.set()
        go_on.wait(10)

    caller = asyncio.create_task(database.arun(slow))
    await asyncio.to_thread(begun.wait, 10)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    go_on.set()
    assert await asyncio.wait_for(database.arun(lambda session: session.scalar(text("SELECT 7"))), 10) == 7
    database.close()


async def test_a_caller_who_goes_away_before_its_turn_is_passed_over(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'one.db'}")
    begun, go_on = threading.Event(), threading.Event()
    ran: list[str] = []

    def slow(session: Session) -> None:
        begun.set()
        go_on.wait(10)

    first = asyncio.create_task(database.arun(slow))
    await asyncio.to_thread(begun.wait, 10)
    second = asyncio.create_task(database.arun(lambda session: ran.append("second")))
    await asyncio.sleep(0)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    go_on.set()
    await first
    await database.arun(lambda session: ran.append("third"))
    assert ran == ["third"]
    database.close()
