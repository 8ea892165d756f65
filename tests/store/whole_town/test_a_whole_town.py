"""A whole town through four months, all of it at once: what must hold, holds at every tick and at the end.

``WHOLE_TOWN=200,14,121`` asks for that many people, texts of each and days; ``WHOLE_TOWN_SEEDS=1,2,3`` for
other lives of the town. ``make faults`` asks for the full form; the suite has a bounded one.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.store.whole_town.living import Life
from tests.store.whole_town.promises import how_it_went

PEOPLE, TEXTS_EACH, DAYS = (int(one) for one in os.environ.get("WHOLE_TOWN", "20,10,18").split(","))
SEEDS = [int(one) for one in os.environ.get("WHOLE_TOWN_SEEDS", "1").split(",")]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_what_holds_while_a_whole_town_lives(tmp_path: Path, seed: int) -> None:
    life = Life(tmp_path, seed, PEOPLE, TEXTS_EACH, DAYS)
    try:
        life.live()
        assert not life.broken, "\n".join(life.broken)
        with life.app.database.reading() as session:
            went = how_it_went(session)
        assert went["places"]["attended"] > PEOPLE / 2, "people came to things"
        assert sum(went["meetings"].values()) > 0, "somebody was to be met"
        assert life.did["texts in"] > PEOPLE * TEXTS_EACH / 2
    finally:
        life.close()
