"""Every mistake in a set-up document is named by its path, with a cure."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.store.importing.conftest import MONDAY
from tests.store.importing.documents import base, jean
from wellbeing_bot.service.importing import ImportErrors
from wellbeing_bot.service.importing.setup import apply_setup, setup_start
from wellbeing_bot.service.work import Deployment


@pytest.mark.parametrize(
    ("document", "path", "wrong", "write"),
    [
        ({}, "network", "missing", "slug"),
        (base(strat="now"), "strat", "nothing is called", "start"),
        (base(start="soon"), "start", "not a moment", "2026"),
        (jean(nickname="J"), "people[0].nickname", "nothing is called", "language"),
        (jean(key="Jean"), "people[0].key", "not a short name", "dashes"),
        (jean(places=[{"on": "next"}]), "people[0].places[0]", "on one session", "group:"),
        (jean(places=[{"group": "wlak"}]), "people[0].places[0].group", "no group", "walk"),
        (jean(places=[{"session": "s"}]), "people[0].places[0].session", "no session", "sessions:"),
        (
            jean(places=[{"group": "walk", "state": "bookd"}]),
            "people[0].places[0].state",
            "'bookd'",
            "booked",
        ),
        (
            jean(places=[{"group": "walk", "on": "2026-11-27"}]),
            "people[0].places[0].on",
            "does not meet on Friday 27 November (Thursdays at 10am)",
            "a day it meets",
        ),
        (jean(places=[{"group": "walk", "on": "next+99"}]), "people[0].places[0].on", "8 sessions", "a date"),
        (jean(places=[{"group": "walk", "on": "someday"}]), "people[0].places[0].on", "not a date", "2026"),
        (
            jean(places=[{"group": "walk"}, {"group": "walk", "on": "next"}]),
            "people[0].places[1]",
            "two places",
            "one of the two",
        ),
        (
            jean(places=[{"group": "walk", "meeting": {"champion": "jean"}}]),
            "people[0].places[0].meetings[0].champion",
            "no champion",
            "people:",
        ),
        (
            jean(places=[{"group": "walk", "ride": {"state": "confirmed"}}]),
            "people[0].places[0].ride",
            "pick-up window",
            "window_from",
        ),
        (
            jean(places=[{"group": "walk", "ride": {"provider": "Bus"}}]),
            "people[0].places[0].ride.provider",
            "no ride provider",
            "ride_providers:",
        ),
        (jean(referral={"link_worker": "amri"}), "people[0].referral.link_worker", "no person", "amir"),
        (jean(referral={"opened": "yesterday"}), "people[0].referral.opened", "not a moment", "-3 days"),
        (jean(memberships=["wal"]), "people[0].memberships[0]", "no group", "walk"),
        (jean(proxies=[{"person": "x"}]), "people[0].proxies[0].person", "no person", "people:"),
        (
            jean(questionnaires=[{"instrument": "ons5"}]),
            "people[0].questionnaires[0].instrument",
            "no instrument",
            "ons4",
        ),
        (
            jean(questionnaires=[{"instrument": "ons4", "answers": {"hapy": 3}}]),
            "people[0].questionnaires[0].answers.hapy",
            "no question 'hapy'",
            "happy",
        ),
        (
            jean(questionnaires=[{"instrument": "ons4", "answers": {"happy": 11}}]),
            "people[0].questionnaires[0].answers.happy",
            "11 is no answer",
            "0 to 10",
        ),
        (
            jean(questionnaires=[{"instrument": "ucla3", "answers": {"left_out": 0}}]),
            "people[0].questionnaires[0].answers.left_out",
            "0 is no answer",
            "1, 2, 3",
        ),
        (base(tasks=[{"kind": "x", "person": "y"}]), "tasks[0].person", "no person", "people:"),
        (base(networks=[]), "networks", "list of networks", "Write"),
        ({"networks": [base()], "people": []}, "people", "beside networks", "inside"),
        ({"networks": [base(), base()]}, "networks[1].lines[0]", "another network", "its own"),
        (jean(key="amir"), "people[1]", "written twice", "one of the two"),
    ],
)
def test_a_mistake_is_named_by_its_path(
    session: Session, deployment: Deployment, document: dict[str, Any], path: str, wrong: str, write: str
) -> None:
    with pytest.raises(ImportErrors) as refused:
        apply_setup(session, document, setup_start(document, MONDAY), deployment)

    problem = refused.value.problems[0]
    assert problem.path.startswith(path)
    assert str(problem).startswith(f"{problem.path}: ")
    assert wrong in problem.wrong
    assert write in problem.write


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = sorted({"network", "start", "groups", "people", "sessions", "tasks", "duty", "settings", "networks"})


@given(st.sampled_from(FIELDS), JSON)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_anywhere_is_taken_or_refused_and_never_falls_over(
    session: Session, deployment: Deployment, field: str, value: Any
) -> None:
    document = {**base(), field: value}
    said: list[str] = []
    before = session.begin_nested()
    try:
        apply_setup(session, document, setup_start(document, MONDAY), deployment)
    except ImportErrors as errors:
        said = [problem.wrong and problem.write for problem in errors.problems]
    before.rollback()
    assert all(said)
