"""POST /actions: what staff do, as anybody, and what came of it."""

from __future__ import annotations

import pytest

from tests.store.simulator.conftest import Scenario
from wellbeing_bot.service.desk.registry import DESK


async def test_every_action_is_listed_with_what_it_takes(bay: Scenario) -> None:
    listed = {found["action"]: found for found in await bay.get("/actions")}
    assert set(listed) == set(DESK)
    assert listed["reply"]["takes"]["text"] == {"type": "text", "about": "what to say", "needed": True}


async def test_a_reply_says_that_it_went(bay: Scenario) -> None:
    done = await bay.post("/actions/reply", actor="Sunita", person="jean", text="Shall I ring you at two?")
    assert done["result"]["sent"] is True
    assert done["result"]["message"]["by"] == "Sunita"
    assert done["result"]["message"]["state"] == "delivered"
    assert [m["kind"] for m in done["messages"]] == ["staff"]
    assert (await bay.get("/people/jean"))["holds"][0]["open"] is True


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("landline", "It is a landline."),
        ("opted_out", "The phone company says they asked for no more texts."),
        ("unreachable", "It has not got there yet; it is tried again."),
    ],
)
async def test_a_reply_that_did_not_go_says_why(bay: Scenario, how: str, why: str) -> None:
    await bay.post("/behave", address="jean", how=how)
    done = await bay.post("/actions/reply", actor="Sunita", person="jean", text="Shall I ring you at two?")
    assert (done["result"]["sent"], done["result"]["why"]) == (False, why)


async def test_a_reply_to_somebody_who_asked_for_silence_is_not_sent(bay: Scenario) -> None:
    await bay.say("jean", "STOP")
    done = await bay.post("/actions/reply", actor="Sunita", person="jean", text="Shall I ring you at two?")
    assert done["result"]["sent"] is False
    assert "START" in done["result"]["why"]
    assert done["messages"] == []


async def test_calling_off_the_next_session_by_the_groups_key_tells_everybody_once(bay: Scenario) -> None:
    done = await bay.post("/actions/call_off_session", actor="Sunita", session="walk", why="storm")
    told = sorted(message["person"]["key"] for message in done["messages"])
    assert told == ["amir", "jean", "walter"]
    assert (await bay.get("/sessions", group="walk"))[0]["state"] == "called_off"


@pytest.mark.parametrize("group", ["walk", "Bay Walk", "bay walk", 1])
async def test_a_group_is_named_by_key_name_or_number(bay: Scenario, group: str | int) -> None:
    await bay.post("/actions/join_group", actor="Sunita", person="frank", group=group)
    assert [found["group"] for found in (await bay.get("/people/frank"))["memberships"]] == ["walk"]
    assert [(line["by"], line["what"]) for line in await bay.get("/audit")] == [("Sunita", "join_group")]


async def test_a_session_is_named_by_group_and_date(bay: Scenario) -> None:
    done = await bay.post("/actions/book", actor="Sunita", person="Frank", session="walk 2026-12-03")
    place = (await bay.get("/people/frank"))["places"][0]
    assert done["result"]["place"] == place["id"]
    assert place["session"]["starts"] == "2026-12-03T10:00:00+00:00"


@pytest.mark.parametrize(
    ("action", "body", "status", "error"),
    [
        (
            "join_group",
            {"actor": "Sunita", "person": "jean", "group": "choir"},
            404,
            "there is no group 'choir'",
        ),
        ("fly", {"actor": "Sunita"}, 404, "there is no action 'fly'"),
        ("reply", {"person": "jean", "text": "hello"}, 422, "actor is missing"),
        ("reply", {"actor": "Sunita", "person": "jean"}, 422, "reply needs text: what to say"),
        ("reply", {"actor": "Sunita", "person": "jean", "words": "x"}, 422, "unknown field 'words'"),
        ("reply", {"actor": "Sunita", "person": "jean", "text": 5}, 422, "text of reply must be text"),
        ("reply", {"actor": "Sunita", "person": "nobody", "text": "x"}, 404, "there is nobody 'nobody'"),
        ("done", {"actor": "Sunita", "task": 99}, 404, "there is no task 99"),
        ("done", {"actor": "Sunita", "task": 10**30}, 404, f"there is no task {10**30}"),
        (
            "book",
            {"actor": "Sunita", "person": "jean", "session": "choir"},
            404,
            "there is no session 'choir'",
        ),
        ("book", {"actor": "Sunita", "person": "jean", "session": "walk soon"}, 422, "'soon' is not a date"),
        ("hold", {"actor": "Sunita", "person": "jean", "network": "far"}, 404, "there is no network 'far'"),
    ],
)
async def test_an_action_that_cannot_be_done_is_refused(
    bay: Scenario, action: str, body: dict[str, object], status: int, error: str
) -> None:
    assert (await bay.refused(f"/actions/{action}", **body))[0] == status
    assert (await bay.refused(f"/actions/{action}", **body))[1]["error"] == error


async def test_what_the_desk_refuses_is_a_conflict(bay: Scenario) -> None:
    await bay.post("/clock", to="2026-11-26T10:05")
    sessions = await bay.get("/sessions", group="walk")
    begun = next(session["id"] for session in sessions if session["starts"] < "2026-11-26T10:05")
    status, words = await bay.refused("/actions/book", actor="Sunita", person="frank", session=begun)
    assert status == 409
    assert "begun" in words["error"]
