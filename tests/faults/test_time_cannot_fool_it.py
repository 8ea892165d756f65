"""Both changes of the clocks, a leap day, the year's end, a clock that is wrong: each thing once, in time."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.channels.stubs import TwilioStub
from tests.faults.invariants import LONDON, moment
from tests.faults.real_process import RealProcess, real_process
from tests.town import LINE, NUMBERS, build_town
from wellbeing_bot.app import App
from wellbeing_bot.messages import Address
from wellbeing_bot.service.activities.planning import plan_network
from wellbeing_bot.service.people import address_row, link_address, new_person
from wellbeing_bot.service.places.signing_up import join_group
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Agreement, Group, Line, Network, OutboundRow
from wellbeing_bot.store.states import Role

DAYS = {
    "the clocks go back": (date(2026, 10, 24), date(2026, 10, 26)),
    "the year ends": (date(2026, 12, 30), date(2027, 1, 2)),
    "the clocks go forward": (date(2027, 3, 27), date(2027, 3, 29)),
    "a leap day": (date(2028, 2, 27), date(2028, 3, 2)),
}
"""First and last day that are looked at. The walk is every day at ten, so that every day counts."""

LOOKED_AT = {name: DAYS[name] for name in os.environ.get("TIME_DAYS", "the clocks go back").split(",")}
"""The suite's bounded form; ``make faults`` looks at all of them."""

VI = NUMBERS["Vi"].removeprefix("sms:")
EVERY_DAY = ((time(9), "day_before"), (time(8), "morning"), (time(13), "ask"))
START = moment("2026-10-20T12:00")


def a_daily_walk(app: App, number: str) -> None:
    """Vi walks every day at ten: nudged at nine the day before, and asked at one whether she got there."""

    def job(session: Session) -> None:
        network = session.scalars(select(Network)).one()
        session.scalars(select(Line).where(Line.channel == "sms")).one().value = number
        work = Work(session, app.clock.now(), app.deployment, network)
        group = session.scalars(select(Group).where(Group.key == "harbour-walk")).one()
        group.rrule, group.asks_expect = "FREQ=DAILY", False
        person = new_person(work, Role.PATIENT, first_name="Vi")
        address = address_row(work, Address("sms", VI), line=LINE)
        link_address(work, person, address)
        session.add(Agreement(person_id=person.id, address_id=address.id, wording="test", at=work.now))
        session.flush()
        plan_network(work)
        join_group(work, person, group)

    app.database.run(job)


def told(process: RealProcess, first: date, last: date) -> Counter[tuple[date, time, str]]:
    """What Vi got in these days: local day, local time, which words. The provider saw no more."""
    with process.reading() as session:
        rows = session.execute(
            select(OutboundRow.sent_at, OutboundRow.key)
            .join(AddressRow, AddressRow.id == OutboundRow.address_id)
            .where(AddressRow.value == VI, OutboundRow.sent_at.is_not(None))
        ).all()
    assert len(rows) == len(process.twilio.texts_to(VI))
    times = [(at.astimezone(LONDON), key.split(".")[-2]) for at, key in rows if at is not None]
    return Counter((at.date(), at.time(), what) for at, what in times if first <= at.date() <= last)


def expected(first: date, last: date) -> Counter[tuple[date, time, str]]:
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return Counter((day, at, what) for day in days for at, what in EVERY_DAY)


def local(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)


@pytest.mark.slow
def test_each_reminder_comes_once_at_the_same_time_by_the_clock_on_the_wall(tmp_path: Path) -> None:
    town = build_town(tmp_path, start=START)
    with TwilioStub() as twilio:
        a_daily_walk(town, twilio.number)
        url = town.settings.database_url
        asyncio.run(town.close())
        with real_process(tmp_path, url, twilio, START) as process:
            for name, (first, last) in LOOKED_AT.items():
                process.set_clock(local(first - timedelta(days=2), time(3, 30)))
                process.until(local(last, time(22)))
                assert told(process, first, last) == expected(first, last), name
            _a_clock_that_is_wrong(process, last + timedelta(days=1))


def _a_clock_that_is_wrong(process: RealProcess, day: date) -> None:
    """Two hours back: nothing twice. Twenty-five hours on: nothing late but what still makes sense, once."""
    process.until(local(day, time(9, 30)))
    before = told(process, day, day)
    process.set_clock(local(day, time(7, 30)))
    process.until(local(day, time(9, 40)))
    assert told(process, day, day) == before, "a clock that goes back tells nothing again"
    assert len(before) == 2
    tomorrow = day + timedelta(days=1)
    process.set_clock(local(tomorrow, time(10, 40)))
    process.until(local(tomorrow, time(22)))
    late = told(process, tomorrow, tomorrow)
    assert max(late.values()) == 1
    assert set(late) == {
        (tomorrow, time(10, 40), "day_before"),  # of the walk the day after: it still makes sense
        (tomorrow, time(10, 40), "ask"),  # about the walk that was slept through
        (tomorrow, time(13), "ask"),
    }  # and no morning text: that walk has begun
