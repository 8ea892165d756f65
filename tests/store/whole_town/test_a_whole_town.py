"""A whole town through four months, all of it at once: what must hold, holds at every tick and at the end.

Walks, lunches and lifts, champions, couples, carers, landlines, Telegram, monitors, clinics, referrals,
appointments, goals, questionnaires, interest lists, people who are forgotten, and a network next door.

``WHOLE_TOWN=200,14,121`` asks for that many people, texts of each and days; ``WHOLE_TOWN_SEEDS=1,2,3`` for
other lives of the town. ``make faults`` asks for the full form; the suite has a bounded one.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from tests.store.whole_town.endings import how_it_went
from tests.store.whole_town.living import Life

PEOPLE, TEXTS_EACH, DAYS = (int(one) for one in os.environ.get("WHOLE_TOWN", "14,8,18").split(","))
FIGURES = logging.getLogger("whole_town")  # --log-file=figures.log --log-file-level=INFO keeps them
OF_EVERYTHING = PEOPLE >= 100
"""In a town of that size something of every kind happens."""

SEEDS = [int(one) for one in os.environ.get("WHOLE_TOWN_SEEDS", "1").split(",")]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_what_holds_while_a_whole_town_lives(tmp_path: Path, seed: int) -> None:
    life = Life(tmp_path, seed, PEOPLE, TEXTS_EACH, DAYS)
    try:
        life.live()
        with life.app.database.reading() as session:
            went = how_it_went(session)
        figures = {"did": life.did, **went}
        FIGURES.info("seed %s: %s", seed, {what: dict(counts) for what, counts in figures.items()})
        assert not life.broken, "\n".join(life.broken)
        assert went["places"]["attended"] > PEOPLE / 2, "people came to things"
        assert sum(went["meetings"].values()) > 0, "somebody was to be met"
        missing = [what for what, counts in went.items() if not counts.total()]
        assert not (OF_EVERYTHING and missing), "something of everything happened"
        assert life.did["texts in"] > PEOPLE * TEXTS_EACH / 2
    finally:
        life.close()
