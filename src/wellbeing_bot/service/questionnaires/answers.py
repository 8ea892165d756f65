"""Answers as the record keeps them, and as figures are worked out from them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.questionnaires.instrument import Instrument, Number
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Answer, Asking


def file(work: Work, asking: Asking, item: str, value: Number | None, words: str = "") -> None:
    """Keep one answer, instead of any that was there. None is a question that was skipped."""
    row = find(work.session, asking.id, item)
    if row is None:
        row = Answer(asking_id=asking.id, item=item, at=work.now)
        work.session.add(row)
    row.value = None if value is None else words or f"{value:g}"
    row.number = int(value) if value is not None and float(value).is_integer() else None
    row.skipped = value is None
    row.at = work.now
    asking.begun_at = asking.begun_at or work.now
    work.session.flush()


def find(session: Session, asking_id: int, item: str) -> Answer | None:
    """The answer to one question, if it has been answered or skipped."""
    return session.scalar(select(Answer).where(Answer.asking_id == asking_id, Answer.item == item))


def of_asking(session: Session, asking: Asking) -> dict[str, Number | None]:
    """Item -> value. None was skipped; an item that was never reached is not there."""
    rows = session.scalars(select(Answer).where(Answer.asking_id == asking.id).order_by(Answer.id))
    return {row.item: value_of(row) for row in rows}


def value_of(row: Answer) -> Number | None:
    """The number of an answer; a score that staff typed in may have decimals."""
    if row.skipped or row.number is not None:
        return row.number
    return float(row.value) if row.value else None


def earlier(session: Session, asking: Asking) -> Asking | None:
    """The asking that this one is set beside: the first of the same episode with an answer."""
    before = session.scalars(
        select(Asking)
        .where(
            Asking.person_id == asking.person_id,
            Asking.instrument == asking.instrument,
            Asking.id != asking.id,
            Asking.opened_at < asking.opened_at,
            Asking.referral_id.is_not_distinct_from(asking.referral_id),
            Asking.session_id.is_not_distinct_from(asking.session_id),
        )
        .order_by(Asking.opened_at, Asking.id)
    )
    return next((row for row in before if any(v is not None for v in of_asking(session, row).values())), None)


def known(instrument: Instrument, answers: dict[str, Number | None]) -> dict[str, Number | None]:
    """Answers to the items that the instrument still has, and allows."""
    items = {item.id: item for item in instrument.items}
    return {
        id: value
        for id, value in answers.items()
        if id in items and (value is None or items[id].allows(value))
    }
