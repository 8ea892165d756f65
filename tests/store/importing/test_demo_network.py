"""The network of the demo."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.resources import files

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.store.importing.conftest import MONDAY
from wellbeing_bot.service.importing.setup import apply_setup
from wellbeing_bot.service.places.reminders import nudge_time
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import (
    Group,
    Network,
    Place,
    Reminder,
)
from wellbeing_bot.store.states import (
    PlaceState,
)

DEMO = (files("wellbeing_bot") / "data" / "demo_network.yaml").read_text(encoding="utf-8")

STARTS = [
    datetime(2026, 3, 28, 23, 30, tzinfo=UTC),  # the night the clocks go forward
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # the hour that comes twice
    datetime(2027, 12, 31, 12, 0, tzinfo=UTC),
    datetime(2029, 6, 15, 5, 59, tzinfo=UTC),
]


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_the_demo_network_can_begin_on_any_day(
    session: Session, deployment: Deployment, start: datetime
) -> None:
    made = apply_setup(session, DEMO, start, deployment)

    assert {"jean", "amir", "sunita"} <= set(made.people)
    work = Work(session, start, deployment, session.scalars(select(Network)).one())
    for place in session.scalars(select(Place).where(Place.state == PlaceState.BOOKED)):
        nudge, _ = nudge_time(work, place.session)
        planned = set(session.scalars(select(Reminder.kind).where(Reminder.place_id == place.id)))
        assert place.session.starts_at > start
        assert ("day_before" in planned) == (nudge > start)


def test_the_demo_network_has_the_kinds_of_group_a_town_has(session: Session, deployment: Deployment) -> None:
    apply_setup(session, DEMO, MONDAY, deployment)
    groups = {group.key: group for group in session.scalars(select(Group))}

    kinds = {group.kind for group in groups.values()}
    assert kinds >= {"walk", "mens_walk", "bereavement", "cancer", "football", "tennis", "boccia"}
    assert kinds >= {"table_tennis", "lunch", "advice", "singing"}
    assert sum(group.kind == "walk" for group in groups.values()) == 2
    assert {key for key, group in groups.items() if group.sensitive} == {"bereavement", "cancer-support"}
    assert {key for key, group in groups.items() if not group.running} == {"singing"}
    assert groups["wellbeing-lunch"].offers_transport
