"""Keeping which services were given to whom: for the person's record and for process measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import DirectoryService, Person, Signposted


def keep(
    work: Work, person: Person | None, given: Sequence[DirectoryService], needs: Sequence[str], by: str = ""
) -> None:
    """Keep that these services were given. On a shared phone it is not known to whom: nobody is kept."""
    for row in given:
        need = next((need for need in needs if need in row.needs), "")
        work.session.add(
            Signposted(
                network_id=work.network.id,
                service_id=row.id,
                person_id=person.id if person else None,
                need=need,
                by=by,
                at=work.now,
            )
        )
    work.session.flush()


def given_to(work: Work, person: Person) -> list[Signposted]:
    """Every service somebody was given, the last one first."""
    return list(
        work.session.scalars(
            select(Signposted)
            .where(Signposted.person_id == person.id, Signposted.network_id == work.network.id)
            .order_by(Signposted.at.desc(), Signposted.id.desc())
        )
    )


def given_by_need(work: Work, since: date, until: date) -> Mapping[str, int]:
    """How often services were given for each need, from ``since`` to ``until`` (both included)."""
    begin = datetime.combine(since, time(), tzinfo=work.zone)
    end = datetime.combine(until + timedelta(days=1), time(), tzinfo=work.zone)
    rows = work.session.execute(
        select(Signposted.need, func.count())
        .where(Signposted.network_id == work.network.id, Signposted.at >= begin, Signposted.at < end)
        .group_by(Signposted.need)
        .order_by(func.count().desc(), Signposted.need)
    )
    return {str(row[0]): int(row[1]) for row in rows}
