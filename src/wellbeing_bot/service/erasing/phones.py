"""The phones of somebody who is forgotten: theirs alone, or shared with people who stay."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import delete, select, update

from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service.erasing.suppressing import remember_silence
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Hold, LinkCode, OutboundRow, Person, PersonAddress


@dataclass
class Phones:
    """Addresses by whether anybody else is reached there."""

    alone: list[AddressRow] = field(default_factory=list)
    shared: list[AddressRow] = field(default_factory=list)


def of(work: Work, ids: Collection[int]) -> Phones:
    """Every address that is or was theirs, locked, so that no text of theirs is taken meanwhile."""
    found = Phones()
    rows = work.session.scalars(
        select(AddressRow)
        .where(
            AddressRow.id.in_(select(PersonAddress.address_id).where(PersonAddress.person_id.in_(ids))),
        )
        .order_by(AddressRow.id)
        .with_for_update()
    )
    for row in rows:
        other = work.session.scalar(
            select(PersonAddress.id)
            .join(Person, Person.id == PersonAddress.person_id)
            .where(
                PersonAddress.address_id == row.id,
                PersonAddress.person_id.not_in(ids),
                PersonAddress.ended_at.is_(None),
                Person.erased_at.is_(None),
            )
            .limit(1)
        )
        (found.alone if other is None else found.shared).append(row)
    return found


def forget(work: Work, ids: Collection[int], phones: Phones) -> None:
    """Nothing leaves for them any more, and an address that was theirs alone is no address now."""
    theirs = [row.id for row in phones.alone]
    waiting = (DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.UNKNOWN)
    work.session.execute(
        update(OutboundRow)
        .where(
            OutboundRow.address_id.in_(theirs) | OutboundRow.person_id.in_(ids),
            OutboundRow.state.in_(waiting),
        )
        .values(state=DeliveryState.DROPPED, error_code="erased", leased_until=None)
    )
    work.session.execute(
        update(Hold)
        .where(Hold.address_id.in_(theirs) | Hold.person_id.in_(ids), Hold.ended_at.is_(None))
        .values(ended_at=work.now)
    )
    work.session.execute(
        delete(LinkCode).where(
            LinkCode.person_id.in_(ids)
            | LinkCode.from_address_id.in_(theirs)
            | LinkCode.to_address_id.in_(theirs)
        )
    )
    work.session.execute(delete(PersonAddress).where(PersonAddress.person_id.in_(ids)))
    for row in phones.alone:
        remember_silence(work, row)
        row.value = f"erased-{row.id}"
        row.line = ""
        row.unreachable_why = None
        row.opted_out_at = row.opted_out_at or work.now
    for row in (*phones.alone, *phones.shared):
        row.same_text, row.same_count = None, 0  # a digest of words that may have been theirs
    work.session.flush()
