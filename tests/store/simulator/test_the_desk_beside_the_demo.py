"""What is written at the desk of a demo arrives on the simulated phones, though its clock stands still."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlalchemy import select

from tests.store.simulator.small_bay import SMALL_BAY
from wellbeing_bot.app import build_demo
from wellbeing_bot.config import read_settings
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.store import OutboundRow, Person
from wellbeing_bot.web.app import running
from wellbeing_bot.web.simulator import fill


async def test_a_reply_written_at_the_desk_arrives(tmp_path: Path) -> None:
    app = build_demo(read_settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'demo.db'}"))
    fill(app, SMALL_BAY)
    async with running(app):
        with app.database.reading() as session:
            jean = session.scalars(select(Person).where(Person.key == "jean")).one()
        args = {"person": jean.id, "text": "Shall I ring you at two?"}
        now = app.clock.now()
        await asyncio.to_thread(app.road.perform, jean.network_id, "reply", "Sunita", args, now)
        app.wake()
        for _ in range(100):
            await asyncio.sleep(0.05)
            with app.database.reading() as session:
                [state] = session.scalars(select(OutboundRow.state).where(OutboundRow.by_user == "Sunita"))
            if state is DeliveryState.DELIVERED:
                break
    assert state is DeliveryState.DELIVERED
