"""What the hot handover costs in SMS parts, from the first text to the place that is kept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import select

from tests.story import Story
from tests.story_runner import Runner
from wellbeing_bot.channels.gsm7 import parts
from wellbeing_bot.store import OutboundRow

ASKED_BESIDES = {"notices.who_meets.say"}
"""Jean's own question in the middle of that transcript."""


def spent_in(folder: Path) -> Counter[str]:
    """Parts each phone was sent, without what Jean asked for besides."""
    story = Story(folder)
    try:
        Runner(story, Path(__file__).parent / "hot_handover.chat").run()
        with story.app.database.reading() as session:
            rows = list(session.scalars(select(OutboundRow).order_by(OutboundRow.id)))
            spent: Counter[str] = Counter()
            for row in rows[: _place_kept(rows) + 1]:
                if row.key not in ASKED_BESIDES:
                    spent[story.phone(row.address_id)] += parts(row.text).parts
    finally:
        story.close()
    return spent


def test_a_first_visit_costs_fifteen_parts_for_the_patient_and_five_for_the_champion(tmp_path: Path) -> None:
    spent = spent_in(tmp_path)
    assert spent["Jean"] <= 15, spent
    assert spent["Sam"] <= 5, spent


def _place_kept(rows: list[OutboundRow]) -> int:
    return next(at for at, row in enumerate(rows) if row.key.startswith("went.kept"))
