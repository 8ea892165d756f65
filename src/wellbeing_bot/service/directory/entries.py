"""Which services of the directory fit a need, the near ones first, and how one reads in a text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from wellbeing_bot.service.nearness import distance_miles, outward_code
from wellbeing_bot.service.rides.saying import phone_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import DirectoryService

AT_MOST = 2
"""Services given in one text. A list of ten helps nobody."""

STALE = timedelta(days=365)
"""A service that nobody has checked for so long comes after those that were."""

BY_PHONE_MILES = 10.0
"""A service without a place (by phone, or it comes to people) ranks like one this far away."""

NOWHERE_NEAR_MILES = 999.0

LONGEST_LINE = 120
"""Characters one service may take in a text: two of them and the question fit in two SMS parts."""


def find(
    work: Work, needs: Sequence[str], *, postcode: str = "", named: bool = True
) -> list[DirectoryService]:
    """Services that meet any of the needs, best first.

    Those that meet more of them come first, then those checked within a year, then the nearest. One that
    is only for other areas is left out when it is known where the person lives.

    Args:
        work: the unit of work.
        needs: keys of the vocabulary of needs.
        postcode: where the person lives; the outward code is enough, empty when it is not known.
        named: whether sensitive services may be named where the answer goes.
    """
    today = work.local_now.date()
    rows = work.session.scalars(
        select(DirectoryService)
        .where(
            DirectoryService.network_id == work.network.id,
            or_(DirectoryService.ended_on.is_(None), DirectoryService.ended_on >= today),
        )
        .order_by(DirectoryService.id)
    )
    wanted = set(needs)
    fitting = [
        row
        for row in rows
        if wanted & set(row.needs) and (named or not row.sensitive) and _is_for(row, postcode)
    ]
    return sorted(
        fitting,
        key=lambda row: (
            -len(wanted & set(row.needs)),
            is_stale(row.checked_on, today),
            _miles(row, postcode),
            row.id,
        ),
    )


def is_stale(checked_on: date | None, today: date) -> bool:
    """Whether nobody has looked for too long whether a service is still as it says."""
    return checked_on is None or checked_on + STALE < today


def _is_for(row: DirectoryService, postcode: str) -> bool:
    return not row.area or not postcode or outward_code(postcode) in row.area


def _miles(row: DirectoryService, postcode: str) -> float:
    if not row.postcode:
        return 0.0 if row.area and postcode else BY_PHONE_MILES
    miles = distance_miles(postcode, row.postcode) if postcode else None
    return NOWHERE_NEAR_MILES if miles is None else round(miles)


def service_line(name: str, line: str, *, opens: str = "", for_whom: str = "", phone: str = "") -> str:
    """One service as it stands in a text: ``Larder: food at cost. Mondays. 01632 960123``."""
    parts = [f"{name}: {line}" if line else name]
    if opens:
        parts.append(opens)
    if for_whom:
        parts.append(f"For {for_whom}")
    if phone:
        parts.append(phone_words(phone))
    return ". ".join(part.rstrip(".") for part in parts)


def line_of(row: DirectoryService) -> str:
    """``service_line`` of a row."""
    return service_line(row.name, row.line, opens=row.opens, for_whom=row.for_whom, phone=row.phone)
