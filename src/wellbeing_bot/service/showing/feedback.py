"""How people found the help, and what they were pointed to: counts that may be shown to a board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from wellbeing_bot.questionnaires.suppression import LEAST, Bin, bins, fit
from wellbeing_bot.service.directory.giving import given_by_need
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers.satisfaction import Counted, counted
from wellbeing_bot.understanding.needs import known_needs, need_words


@dataclass(frozen=True)
class Feedback:
    """What may be shown. None is hidden: fewer than five people would be behind it."""

    asked: int
    answered: int | None
    mean: float | None
    numbers: Sequence[Bin]  # 0 not at all .. 10 very, each bin of five or more
    needs: Mapping[str, int | None]


def feedback(work: Work, since: date, until: date) -> Feedback:
    """Of everybody asked, and every service given, from ``since`` to ``until`` (both included)."""
    found = counted(work, _begins(work, since), _begins(work, until + timedelta(days=1)))
    scores = [score for score, count in found.numbers.items() for _ in range(count)]
    enough = _may_be_shown(found) and len(scores) >= LEAST and fit(found.answered - len(scores))
    given = given_by_need(work, since, until)
    return Feedback(
        asked=found.asked,
        answered=found.answered if _may_be_shown(found) else None,
        mean=found.mean if enough else None,
        numbers=bins(scores) if enough else (),
        needs={_words(need): count if count >= LEAST else None for need, count in given.items()},
    )


def _may_be_shown(found: Counted) -> bool:
    return fit(found.answered, found.asked - found.answered)


def _begins(work: Work, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=work.zone).astimezone(UTC)


def _words(need: str) -> str:
    return need_words(need) if need in known_needs() else need.replace("_", " ") or "something else"
