"""One person's results: what they answered each time, the bands, and the change since the first time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.questionnaires.instrument import Instrument, comparable
from wellbeing_bot.questionnaires.loader import Instruments
from wellbeing_bot.questionnaires.scoring import Change, Score, Scores, change, score
from wellbeing_bot.service.questionnaires import answers
from wellbeing_bot.service.questionnaires.starts import start_id
from wellbeing_bot.store import Asking, Person
from wellbeing_bot.store.states import AskingState


@dataclass(frozen=True, slots=True)
class Result:
    """One instrument as one person answered it once."""

    asking: int
    instrument: str
    title: str
    point: str
    mode: str  # self_by_text, read_out_by_staff
    on: date
    state: AskingState
    how_closed: str
    scores: Scores
    skipped: frozenset[str]  # items that were declined, rather than not reached
    since: date | None  # the earlier time that ``changes`` are counted from
    changes: Mapping[str, Change]  # measure -> change; empty where there is nothing to compare with
    same_mode: bool  # False: asked in another way then, which by itself shifts scores
    quotation: str  # words about what helped that others may see

    @property
    def measures(self) -> tuple[Score, ...]:
        """Items, then totals."""
        return (*self.scores.items, *self.scores.totals)

    def short(self, instrument: Instrument, measure: str) -> str:
        """A measure in few words."""
        found = next((m for m in instrument.measures if m.id == measure), None)
        return found.short or measure if found else measure


def results_of(session: Session, instruments: Instruments, person: Person, zone: ZoneInfo) -> list[Result]:
    """Everything a person answered, in order of time. Instruments that are off are left out."""
    rows = session.scalars(
        select(Asking)
        .where(Asking.person_id == person.id, Asking.opened_at.is_not(None))
        .order_by(Asking.opened_at, Asking.id)
    )
    first: dict[tuple[str, str], tuple[Asking, Scores]] = {}
    results = []
    for row in rows:
        instrument = instruments.on.get(row.instrument)
        if instrument is None:
            continue
        given = answers.known(instrument, answers.of_asking(session, row))
        scores = score(instrument, given)
        before = first.get((row.instrument, start_id(row)))
        if before is None and scores.answered:
            first[row.instrument, start_id(row)] = (row, scores)
        results.append(_result(instrument, row, scores, given, before, zone))
    return results


def _result(
    instrument: Instrument,
    row: Asking,
    scores: Scores,
    given: Mapping[str, object],
    before: tuple[Asking, Scores] | None,
    zone: ZoneInfo,
) -> Result:
    comparing = before if before is not None and comparable(before[0].version, row.version) else None
    return Result(
        asking=row.id,
        instrument=instrument.id,
        title=instrument.title,
        point=row.point,
        mode=row.mode,
        on=_day(row, zone),
        state=row.state,
        how_closed=row.how_closed,
        scores=scores,
        skipped=frozenset(item for item, value in given.items() if value is None),
        since=_day(comparing[0], zone) if comparing else None,
        changes={found.measure: found for found in change(comparing[1], scores)} if comparing else {},
        same_mode=comparing is None or comparing[0].mode == row.mode,
        quotation=row.quotation if row.quotation_consent else "",
    )


def _day(row: Asking, zone: ZoneInfo) -> date:
    return (row.begun_at or row.opened_at or row.due_at).astimezone(zone).date()
