"""Sessions and reminders keep their wall time across both clock changes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.town import build_town
from wellbeing_bot.service.places.reminders import nudge_time
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Network, Session_

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(datetime(2026, 10, 5, 9, tzinfo=UTC), id="clocks go back on 25 October 2026"),
        pytest.param(datetime(2027, 3, 8, 9, tzinfo=UTC), id="clocks go forward on 28 March 2027"),
        pytest.param(datetime(2028, 2, 14, 9, tzinfo=UTC), id="a leap day"),
        pytest.param(datetime(2026, 12, 14, 9, tzinfo=UTC), id="the year ends"),
    ],
)
def test_a_walk_at_ten_stays_at_ten_and_its_nudge_at_nine(tmp_path: Path, start: datetime) -> None:
    town = build_town(tmp_path, start=start)

    def look(session: Session) -> list[tuple[time, time, int]]:
        work = Work(session, start, town.deployment, session.scalars(select(Network)).one())
        found = []
        for row in session.scalars(
            select(Session_).join(Group, Group.id == Session_.group_id).where(Group.key == "harbour-walk")
        ):
            begins = row.starts_at.astimezone(LONDON)
            nudge = nudge_time(work, row)[0].astimezone(LONDON)
            found.append((begins.time(), nudge.time(), begins.weekday()))
        return found

    seen = town.database.run(look)
    asyncio.run(town.close())
    assert len(seen) == 8
    assert set(seen) == {(time(10), time(9), 3)}
