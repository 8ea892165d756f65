"""The API: tokens, scopes, pages, and no request that it cannot answer."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from tests.desk.office import Office
from wellbeing_bot.service.accounts.tokens import Scope
from wellbeing_bot.web import api

READS = {
    "/api/v1/people": Scope.PEOPLE,
    "/api/v1/tasks": Scope.TASKS,
    "/api/v1/groups": Scope.ACTIVITIES,
    "/api/v1/sessions": Scope.ACTIVITIES,
    "/api/v1/results": Scope.RESULTS,
}


def get(office: Office, path: str, token: str) -> Any:
    return office.browser().get(path, headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("scope", list(Scope))
def test_a_token_opens_what_it_is_for(shared_office: Office, path: str, scope: Scope) -> None:
    answer = get(shared_office, path, shared_office.token(scope))
    assert answer.status_code == (200 if READS[path] is scope else 403)


@pytest.mark.parametrize("path", READS)
@pytest.mark.parametrize("token", ["", "nonsense", "wb_" + "x" * 43])
def test_without_a_good_token_there_is_nothing(shared_office: Office, path: str, token: str) -> None:
    assert get(shared_office, path, token).status_code == 401


def test_people_of_another_network_do_not_exist(shared_office: Office) -> None:
    token = shared_office.token(Scope.PEOPLE)
    own, other = (shared_office.rows[name]["person"] for name in ("own", "other"))
    assert get(shared_office, f"/api/v1/people/{own}", token).json()["first_name"] == "Petra"
    assert get(shared_office, f"/api/v1/people/{other}", token).status_code == 404


def test_pages_give_everybody_once(shared_office: Office) -> None:
    token, seen, after = shared_office.token(Scope.PEOPLE), [], 0
    while True:
        page = get(shared_office, f"/api/v1/people?limit=3&after={after}", token).json()
        seen += [row["id"] for row in page["rows"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert len(seen) == len(set(seen)) > 3
    assert shared_office.rows["other"]["person"] not in seen


def test_a_task_is_taken_and_finished_by_a_system(office: Office) -> None:
    token = office.token(Scope.TASKS_WRITE)
    task = office.rows["own"]["task"]
    for what, state in (("acknowledge", "acknowledged"), ("done", "done")):
        answer = office.browser().post(
            f"/api/v1/tasks/{task}/{what}", headers={"Authorization": f"Bearer {token}"}
        )
        assert (answer.status_code, answer.json()["state"]) == (200, state)
    assert answer.json()["done_by"] == "case system (token)"


REFERRAL = {
    "name": "Mary Odell",
    "mobile": "07700 900777",
    "why": "lonely",
    "source": "gp",
    "referrer": "Dr Mensah",
    "agreed": True,
    "over_16": True,
}


def test_a_practice_system_refers_somebody_once(office: Office) -> None:
    header = {"Authorization": f"Bearer {office.token(Scope.REFER)}"}
    answers = [
        office.browser().post("/api/v1/referrals", headers=header, json=REFERRAL | more)
        for more in ({"agreed": False}, {"extra": 1}, {}, {})
    ]
    assert [answer.status_code for answer in answers] == [409, 422, 201, 409]
    assert "have not agreed" in answers[0].json()["detail"]
    assert "open already" in answers[3].json()["detail"]


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_request_is_too_odd_for_it(office: Office, mode: GenerationMode) -> None:
    """Requests made from the OpenAPI document, fitting and unfitting: none is answered with a fault."""
    token = office.token(*Scope)
    schema = schemathesis.openapi.from_asgi("/openapi.json", api.build(office.app, office.clock))
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == 9
    for operation in operations:
        _ask(operation, mode, token)


def _ask(operation: Any, mode: GenerationMode, token: str) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code < 500

    ask()
