"""Killing the service at random moments, tens of times, loses and doubles nothing."""

from __future__ import annotations

import asyncio
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.channels.stubs import TwilioStub
from tests.channels.stubs.settings import settings_with
from tests.faults.crashing import Crashing, plan_due_work
from tests.faults.figures import note
from tests.town import build_town
from wellbeing_bot.config import Settings
from wellbeing_bot.store import InboundRow
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.states import InboundState

ROUNDS = int(os.environ.get("SIGKILL_ROUNDS", "20"))
POSTGRES_ROUNDS = int(os.environ.get("SIGKILL_POSTGRES_ROUNDS", "4"))
"""How often the processes are killed in the suite's bounded form; ``make faults`` asks for 200 each."""


def settings_for(url: str, twilio: TwilioStub) -> Settings:
    return settings_with(
        url,
        twilio,
        sms_per_second=100_000,
    )


def promises_hold(crashing: Crashing, url: str, reminded: list[str], twilio: TwilioStub, rounds: int) -> None:
    """Every acknowledged text had its turn once, and nobody was texted twice for one thing."""
    database = Database(url)
    with database.reading() as session:
        handled = {
            row.sender.removeprefix("sms:")
            for row in session.scalars(select(InboundRow).where(InboundRow.state == InboundState.HANDLED))
        }
    database.close()
    assert crashing.acknowledged, "nothing was acknowledged, so nothing is shown"
    assert crashing.acknowledged <= handled
    for number in crashing.acknowledged:
        assert len(twilio.texts_to(number)) == 1, "an acknowledged text is answered once"
    for number in reminded:
        assert len(twilio.texts_to(number)) == 1, "a reminder goes out once"
    note(
        f"killed {rounds} times: {len(crashing.acknowledged)} texts acknowledged of {crashing.sent_in}, "
        f"{len(twilio.messages)} sent"
    )
    for number in {message.to for message in twilio.messages}:
        assert len(twilio.texts_to(number)) == 1, "nobody is texted twice for one thing"


@pytest.mark.slow
def test_sqlite_survives_being_killed(tmp_path: Path) -> None:
    with TwilioStub() as twilio:
        town = build_town(tmp_path)
        url = town.settings.database_url
        asyncio.run(town.close())
        settings = settings_for(url, twilio)
        reminded = plan_due_work(settings, twilio.number, people=60, spread=timedelta(seconds=ROUNDS))
        crashing = Crashing(settings, twilio)
        for _ in range(ROUNDS):
            crashing.round()
        crashing.settle(seconds=300)
        promises_hold(crashing, url, reminded, twilio, ROUNDS)


@pytest.mark.slow
@pytest.mark.postgres
def test_postgresql_with_four_processes_survives_being_killed(tmp_path: Path, postgres_url: str) -> None:
    with TwilioStub() as twilio:
        town = build_town(tmp_path, url=postgres_url)
        asyncio.run(town.close())
        settings = settings_for(postgres_url, twilio)
        reminded = plan_due_work(
            settings, twilio.number, people=60, spread=timedelta(seconds=5 * POSTGRES_ROUNDS)
        )
        crashing = Crashing(settings, twilio, processes=4, seed=2)
        for _ in range(POSTGRES_ROUNDS):
            crashing.round()
        crashing.settle(seconds=600)
        promises_hold(crashing, postgres_url, reminded, twilio, POSTGRES_ROUNDS)
