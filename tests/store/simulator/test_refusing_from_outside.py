"""Requests that are not carried out: always JSON, always with a cure."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.store.simulator.conftest import Scenario
from wellbeing_bot.app import App
from wellbeing_bot.web.app import create_app


@pytest.mark.parametrize(
    ("path", "body", "status", "error"),
    [
        ("/text", {"text": "hello"}, 422, "from is missing"),
        ("/text", {"from": "jean", "txt": "hello"}, 422, "unknown field 'txt'"),
        ("/text", {"from": "jean", "text": 5}, 422, "text must be text"),
        ("/text", {"from": "jean", "media": "photo"}, 422, "media must be a list"),
        ("/text", {"from": "jean", "media": [1]}, 422, "media must be a list of texts"),
        ("/text", {"from": "jean", "button": "yes"}, 422, "button must be true or false"),
        ("/text", {"from": "jean", "carrier_opt_out": "GO"}, 422, "carrier_opt_out cannot be 'GO'"),
        ("/text", {"from": "jean", "text": "x" * 10_001}, 422, "the text is too long"),
        ("/text", {"from": "jean", "message_id": "x" * 101}, 422, "message_id is too long"),
        ("/text", {"from": "carrier pigeon"}, 422, "'carrier pigeon' is not an address"),
        ("/text", {"from": "12"}, 422, "'12' is not a telephone number"),
        ("/text", {"from": "fax:12"}, 422, "'fax:12' is not an address"),
        ("/clock", {}, 422, "say where to move the clock"),
        ("/clock", {"to": "2026-12-01T09:00", "forward": "1 hour"}, 422, "say where to move the clock"),
        ("/clock", {"to": "tuesday"}, 422, "'tuesday' is not a time"),
        ("/clock", {"forward": "soon"}, 422, "'soon' is not a time of day"),
        ("/clock", {"forward": "999999999999 weeks"}, 422, "that is too far ahead"),
        ("/clock", {"to": "2026-11-01T09:00"}, 409, "that moment is past"),
        ("/clock", {"forward": -5}, 409, "the clock only goes on"),
        ("/behave", {"address": "jean", "how": "sulky"}, 422, "how cannot be 'sulky'"),
        ("/behave", {"how": "ok"}, 422, "address is missing"),
        ("/seen", {}, 422, "address is missing"),
        ("/reset", {"start": "soon"}, 422, "'soon' is not a time"),
        ("/reset", {"setup": 5}, 422, "setup must be an object"),
        ("/nowhere", {}, 404, "there is no /simulator/api/nowhere"),
    ],
)
async def test_a_wrong_request_is_refused_in_words(
    bay: Scenario, path: str, body: dict[str, Any], status: int, error: str
) -> None:
    got, words = await bay.refused(path, **body)
    assert got == status
    assert words["error"].startswith(error)


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/people/nobody", 404, "there is nobody 'nobody'"),
        ("/people/99999999999999999999", 422, "'99999999999999999999' is not a telephone number"),
        ("/sessions/99999999999999999999", 404, "there is no session"),
        ("/people/999", 404, "there is nobody '999'"),
        ("/sessions/999", 404, "there is no session '999'"),
        ("/sessions/x", 404, "there is no session 'x'"),
        ("/tasks?state=lost", 422, "state cannot be 'lost'"),
        ("/messages?phone=1", 422, "unknown field 'phone'"),
        ("/messages?address=jean&since=out-99", 422, "since='out-99' is neither a message"),
        ("/text", 405, "/simulator/api/text does not take GET"),
    ],
)
async def test_looking_for_what_is_not_there(bay: Scenario, path: str, status: int, error: str) -> None:
    answer = await bay.client.get(path)
    assert answer.status_code == status
    assert answer.json()["error"].startswith(error)
    assert answer.json()["cure"]


@pytest.mark.parametrize("body", [b"hello", b"[1]", b'"text"', b"\xff\xfe"])
async def test_a_body_that_is_no_json_object_is_a_bad_request(bay: Scenario, body: bytes) -> None:
    answer = await bay.client.post("/text", content=body)
    assert answer.status_code == 400
    assert answer.json()["cure"]


async def test_a_live_service_has_no_simulator(demo_app: App) -> None:
    demo_app.demo = False
    try:
        transport = httpx.ASGITransport(app=create_app(demo_app))
        async with httpx.AsyncClient(transport=transport, base_url="http://live") as client:
            for path in ("/", "/simulator/api/", "/simulator/api/clock"):
                assert (await client.get(path)).status_code in {404, 303, 307}
            assert (await client.post("/simulator/api/reset", json={})).status_code == 404
    finally:
        demo_app.demo = True
