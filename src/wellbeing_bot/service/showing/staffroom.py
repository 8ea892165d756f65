"""What only staff see: calls to make, the duty rota, texts nothing was made of, who did what."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.service.showing.threads import person_of, session_of
from wellbeing_bot.service.showing.values import Record, local, zone_of
from wellbeing_bot.store import (
    Audit,
    CallToMake,
    Duty,
    InboundRow,
    Misunderstood,
    Person,
    PossibleMatch,
    RideProvider,
)

LATEST = 500
"""Lines of the audit shown, the newest."""


def calls(session: Session, person: Person | None = None) -> list[Record]:
    """Calls to people who cannot be texted, made and to make; of one person where one is given."""
    query = select(CallToMake).order_by(CallToMake.due_at, CallToMake.id)
    if person is not None:
        query = query.where(CallToMake.person_id == person.id)
    return [_call(session, row) for row in session.scalars(query)]


def _call(session: Session, row: CallToMake) -> Record:
    zone = zone_of(session, row.network_id)
    return {
        "id": row.id,
        "person": person_of(session, row.person_id),
        "session": session_of(session, row.session_id),
        "place": row.place_id,
        "words": row.key,
        "say": row.say,
        "asks": row.asks or None,
        "state": row.state.value,
        "outcome": row.outcome or None,
        "tries": row.tries,
        "due_at": local(row.due_at, zone),
        "made_at": local(row.made_at, zone),
        "made_by": row.made_by or None,
    }


def duty(session: Session, network_id: int) -> list[Record]:
    """The duty rota of a network, in order."""
    rows = session.scalars(select(Duty).where(Duty.network_id == network_id).order_by(Duty.position, Duty.id))
    return [
        {
            "id": row.id,
            "person": person_of(session, row.person_id),
            "position": row.position,
            "weekdays": list(row.weekdays),
            "start": row.start,
            "until": row.until,
        }
        for row in rows
    ]


def providers(session: Session) -> list[Record]:
    """Who drives, and what they can carry."""
    rows = session.scalars(select(RideProvider).order_by(RideProvider.id))
    return [
        {
            "id": row.id,
            "name": row.name,
            "person": person_of(session, row.person_id),
            "volunteer": row.volunteer,
            "vehicle": row.vehicle or None,
            "takes_wheelchair": row.takes_wheelchair,
            "carries": list(row.carries),
            "seats": row.seats,
            "cutoff_working_days": row.cutoff_working_days,
            "cutoff_time": row.cutoff_time,
            "phone": row.phone or None,
            "active": row.active,
        }
        for row in rows
    ]


def misunderstood(session: Session) -> list[Record]:
    """Texts nothing was made of that nobody has looked at yet."""
    found = session.execute(
        select(Misunderstood, InboundRow)
        .join(InboundRow, InboundRow.id == Misunderstood.inbound_id)
        .where(Misunderstood.done_at.is_(None))
        .order_by(Misunderstood.id)
    )
    return [
        {
            "id": row.id,
            "message": f"in-{inbound.id}",
            "person": person_of(session, inbound.person_id),
            "text": inbound.text,
            "step": row.step,
            "at": local(row.at, zone_of(session, row.network_id)),
        }
        for row, inbound in found
    ]


def audit(session: Session) -> list[Record]:
    """Who did or looked at what, the newest first."""
    rows = session.scalars(select(Audit).order_by(Audit.id.desc()).limit(LATEST))
    return [
        {
            "id": row.id,
            "by": row.by,
            "what": row.what,
            "person": person_of(session, row.person_id),
            "details": row.details,
            "at": local(row.at, zone_of(session, row.network_id)),
        }
        for row in rows
    ]


def possible_matches(session: Session, person: Person) -> list[Record]:
    """Other records that may be the same person."""
    rows = session.scalars(
        select(PossibleMatch)
        .where((PossibleMatch.person_id == person.id) | (PossibleMatch.other_id == person.id))
        .order_by(PossibleMatch.id)
    )
    return [
        {
            "id": row.id,
            "person": person_of(session, row.person_id),
            "other": person_of(session, row.other_id),
            "same": row.same,
            "decided_by": row.decided_by or None,
            "task": row.task_id,
        }
        for row in rows
    ]
