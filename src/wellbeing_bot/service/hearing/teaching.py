"""What staff of a network taught: examples they retyped of texts that nothing was made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Misunderstood
from wellbeing_bot.understanding.meaning import Meaning, Question
from wellbeing_bot.understanding.taught import MEANINGS, is_clear, lesson, with_lesson


def heed(work: Work, meaning: Meaning, questions: Sequence[Question], now: datetime) -> Meaning:
    """The meaning, or what the network's own examples say where nothing was made of the text."""
    if is_clear(meaning):
        return meaning
    query = select(Misunderstood.example, Misunderstood.meant).where(
        Misunderstood.network_id == work.network.id,
        Misunderstood.example != "",
        Misunderstood.meant.in_(MEANINGS),
    )
    found = [(example, meant) for example, meant in work.session.execute(query.order_by(Misunderstood.id))]
    return with_lesson(meaning, questions, lesson(found), now=now) if found else meaning
