"""What was done: contacts, connections, first visits, rides, and how many days things took.

Counts of activity are shown as they are. A spread of days is people's: one of fewer than five is not shown.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wellbeing_bot.questionnaires.instrument import Number
from wellbeing_bot.questionnaires.rows import (
    BalancingRow,
    ConnectionRow,
    ContactRow,
    FirstVisitRow,
    ReferralRow,
    RideRow,
)
from wellbeing_bot.questionnaires.suppression import LEAST


@dataclass(frozen=True, slots=True)
class Activity:
    """All rows that process measures are worked out from."""

    referrals: Sequence[ReferralRow] = ()
    contacts: Sequence[ContactRow] = ()
    connections: Sequence[ConnectionRow] = ()
    first_visits: Sequence[FirstVisitRow] = ()
    rides: Sequence[RideRow] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """Days from referral to something. ``waiting``: referrals for which it has not happened."""

    n: int
    waiting: int
    median: float | None  # None with fewer than five
    mean: float | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class Processes:
    """Process measures of the referrals made in a period."""

    referrals: int
    contacts: int
    connections: int
    first_visits_booked: int
    first_visits_made: int  # the person came
    first_visits_met: int  # came, and was met by a champion
    rides_asked: int
    rides_taken: int
    to_first_contact: Days
    to_first_visit: Days


def processes(
    activity: Activity,
    since: date,
    until: date,
    *,
    network: str | None = None,
    group: str | None = None,
    concern: str | None = None,
    least: int = LEAST,
) -> Processes:
    """Process measures of referrals made from ``since`` to ``until`` (both included), followed to date.

    ``network``, ``group`` and ``concern`` each narrow it; None takes all. With a group, connections and
    first visits are those of that group.
    """
    chosen = [
        row
        for row in activity.referrals
        if since <= row.made_on <= until
        and network in (None, row.network)
        and (group is None or group in row.groups)
        and (concern is None or concern in row.concerns)
    ]
    ids = {row.referral for row in chosen}
    visits = [v for v in activity.first_visits if v.referral in ids and group in (None, v.group)]
    rides = [ride for ride in activity.rides if ride.referral in ids]
    made = [visit for visit in visits if visit.attended]
    return Processes(
        referrals=len(chosen),
        contacts=sum(1 for row in activity.contacts if row.referral in ids),
        connections=sum(1 for c in activity.connections if c.referral in ids and group in (None, c.group)),
        first_visits_booked=len(visits),
        first_visits_made=len(made),
        first_visits_met=sum(1 for visit in made if visit.met),
        rides_asked=len(rides),
        rides_taken=sum(1 for ride in rides if ride.taken),
        to_first_contact=_days([(row.made_on, row.first_contact_on) for row in chosen], least),
        to_first_visit=_days([(row.made_on, row.first_visit_on) for row in chosen], least),
    )


def _days(spans: Sequence[tuple[date, date | None]], least: int) -> Days:
    """Only spans that are over count; a date before the referral (typed in late) counts as the same day."""
    took = [max((end - start).days, 0) for start, end in spans if end is not None]
    waiting = len(spans) - len(took)
    if len(took) < least:
        return Days(len(took), waiting, None, None, None)
    return Days(len(took), waiting, statistics.median(took), round(statistics.fmean(took), 1), max(took))


def balancing(rows: Iterable[BalancingRow]) -> Mapping[tuple[str, str], tuple[tuple[date, Number], ...]]:
    """Typed-in measures as one series by month for each (network, name). Typed twice: the last one counts."""
    series: dict[tuple[str, str], dict[date, Number]] = defaultdict(dict)
    for row in rows:
        series[row.network, row.name][row.month] = row.value
    return {key: tuple(sorted(months.items())) for key, months in series.items()}
