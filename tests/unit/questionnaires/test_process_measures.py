"""What was done, counted from plain rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from wellbeing_bot.questionnaires.processes import Activity, Days, balancing, processes
from wellbeing_bot.questionnaires.rows import (
    BalancingRow,
    ConnectionRow,
    ContactRow,
    FirstVisitRow,
    ReferralRow,
    RideRow,
)

MARCH = date(2026, 3, 1)
UNTIL = date(2026, 3, 31)


def referral(number: int, *, contact: int | None = None, visit: int | None = None) -> ReferralRow:
    """A referral of 1 March and a number, with days to what followed."""
    made = MARCH + timedelta(number)
    return ReferralRow(
        network="churchdown",
        person=f"p{number}",
        referral=f"r{number}",
        made_on=made,
        first_contact_on=made + timedelta(contact) if contact is not None else None,
        first_visit_on=made + timedelta(visit) if visit is not None else None,
        groups=frozenset({"walk"} if number % 2 else {"choir"}),
        concerns=frozenset({"loneliness"} if number < 3 else {"money"}),
    )


REFERRALS = tuple(referral(n, contact=n, visit=10 * n if n < 5 else None) for n in range(7))
ACTIVITY = Activity(
    referrals=(*REFERRALS, replace(referral(0, contact=1), referral="old", made_on=date(2026, 1, 5))),
    contacts=(
        ContactRow("r0", MARCH),
        ContactRow("r0", MARCH),
        ContactRow("r1", MARCH),
        ContactRow("old", MARCH),
    ),
    connections=(ConnectionRow("r1", MARCH, "walk"), ConnectionRow("r2", MARCH, "choir")),
    first_visits=(
        FirstVisitRow("r1", MARCH, "walk", attended=True, met=True),
        FirstVisitRow("r2", MARCH, "choir", attended=True, met=False),
        FirstVisitRow("r3", MARCH, "walk", attended=False, met=None),
        FirstVisitRow("r4", MARCH, "choir"),
    ),
    rides=(RideRow("r1", MARCH, True), RideRow("r1", UNTIL, False), RideRow("r2", MARCH, True)),
)


def test_everything_of_the_referrals_of_a_month_is_counted() -> None:
    found = processes(ACTIVITY, MARCH, UNTIL)
    assert (found.referrals, found.contacts, found.connections) == (7, 3, 2)
    assert (found.first_visits_booked, found.first_visits_made, found.first_visits_met) == (4, 2, 1)
    assert (found.rides_asked, found.rides_taken) == (3, 2)
    assert found.to_first_contact == Days(n=7, waiting=0, median=3, mean=3.0, longest=6)
    assert found.to_first_visit == Days(n=5, waiting=2, median=20, mean=20.0, longest=40)


@pytest.mark.parametrize(
    ("narrowed", "referrals", "connections", "visits"),
    [
        ({"network": "churchdown"}, 7, 2, 4),
        ({"network": "quedgeley"}, 0, 0, 0),
        ({"group": "walk"}, 3, 1, 2),
        ({"concern": "money"}, 4, 0, 2),
    ],
)
def test_it_can_be_narrowed(narrowed: dict[str, str], referrals: int, connections: int, visits: int) -> None:
    found = processes(ACTIVITY, MARCH, UNTIL, **narrowed)  # type: ignore[arg-type]
    assert (found.referrals, found.connections, found.first_visits_booked) == (referrals, connections, visits)


def test_the_days_of_fewer_than_five_people_are_not_shown() -> None:
    found = processes(ACTIVITY, MARCH, UNTIL, group="walk")
    assert found.to_first_contact == Days(n=3, waiting=0, median=None, mean=None, longest=None)


def test_a_contact_typed_in_with_an_earlier_date_counts_as_the_same_day() -> None:
    rows = tuple(replace(row, first_contact_on=row.made_on - timedelta(3)) for row in REFERRALS)
    assert processes(Activity(referrals=rows), MARCH, UNTIL).to_first_contact.longest == 0


def test_balancing_measures_are_a_series_by_month_and_the_last_one_typed_counts() -> None:
    april = date(2026, 4, 1)
    rows = [
        BalancingRow("churchdown", april, "GP appointments", 40),
        BalancingRow("churchdown", MARCH, "GP appointments", 52),
        BalancingRow("churchdown", MARCH, "GP appointments", 50),
        BalancingRow("quedgeley", MARCH, "GP appointments", 9),
    ]
    assert balancing(rows) == {
        ("churchdown", "GP appointments"): ((MARCH, 50), (april, 40)),
        ("quedgeley", "GP appointments"): ((MARCH, 9),),
    }
