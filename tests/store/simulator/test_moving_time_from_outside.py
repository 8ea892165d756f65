"""POST /clock: everything due happens in order, each at its own time."""

from __future__ import annotations

import asyncio

from tests.store.simulator.conftest import Scenario


async def test_reminders_come_at_their_own_time_on_the_way(bay: Scenario) -> None:
    moved = await bay.post("/clock", to="2026-11-26T09:30")
    about_walk = [m for m in moved["messages"] if m["person"]["key"] == "jean" and m["session"]]
    to_jean = [(m["words"], m["at_local"][:16]) for m in about_walk]
    assert to_jean == [
        ("notices.day_before.say", "2026-11-25T09:00"),
        ("notices.morning.say", "2026-11-26T08:00"),
    ]
    assert moved["now_local"] == "2026-11-26T09:30:00+00:00"
    times = [message["at"] for message in moved["messages"]]
    assert times == sorted(times)


async def test_a_reminder_tells_its_kind_and_its_session(bay: Scenario) -> None:
    moved = await bay.post("/clock", forward="to wednesday 9am")
    [reminder] = [m for m in moved["messages"] if m["person"]["key"] == "jean" and m["session"]]
    assert (reminder["kind"], reminder["sent_as"], reminder["channel"]) == ("reminder", "begun", "sms")
    assert reminder["session"]["group"] == "walk"
    assert reminder["session"]["starts"] == "2026-11-26T10:00:00+00:00"


async def test_twelve_weeks_pass_in_one_go(bay: Scenario) -> None:
    moved = await bay.post("/clock", forward="12 weeks")
    assert moved["now_local"] == "2027-02-15T09:00:00+00:00"
    walks = {m["session"]["starts"] for m in moved["messages"] if m["person"]["key"] == "walter"}
    assert len(walks) >= 10


async def test_the_next_session_is_anybodys_or_one_persons(bay: Scenario) -> None:
    assert (await bay.post("/clock", forward="to next session of jean"))["now"] == "2026-11-26T10:00:00Z"
    assert (await bay.post("/clock", forward="next session"))["now"] == "2026-12-03T10:00:00Z"
    status, words = await bay.refused("/clock", forward="to next session of frank")
    assert (status, words["error"]) == (409, "nobody has a place on a session to come")


async def test_what_is_begun_at_night_waits_for_the_morning(bay: Scenario) -> None:
    await bay.post("/clock", to="2026-11-23T22:00")
    done = await bay.post("/actions/call_off_session", actor="Sunita", session="walk")
    assert done["messages"] == []
    assert {m["due_at"] for m in done["waiting"]} == {"2026-11-24T08:00:00Z"}
    assert {m["state"] for m in await bay.get("/outbox")} == {"queued"}
    moved = await bay.post("/clock", forward="to 8am")
    assert {m["person"]["key"] for m in moved["messages"]} >= {"jean", "amir"}


async def test_the_clock_shows_where_it_is_going_while_it_moves(bay: Scenario) -> None:
    moving = asyncio.create_task(bay.post("/clock", forward="12 weeks"))
    seen = None
    while not moving.done() and seen is None:
        seen = (await bay.get("/clock"))["moving_to"]
        await asyncio.sleep(0)
    await moving
    assert seen == "2027-02-15T09:00:00+00:00"
    assert (await bay.get("/clock"))["moving_to"] is None


async def test_a_message_nobody_can_tell_about_is_looked_up_on_the_way(bay: Scenario) -> None:
    await bay.post("/behave", address="walter", how="unknown")
    answer = await bay.say("walter", "when is the next one")
    assert [m["state"] for m in answer["waiting"]] == ["unknown"]
    moved = await bay.post("/clock", forward="1 day")
    assert [(m["state"], m["why_not"]) for m in await bay.get("/outbox")] == [("unknown", "unknown_for_good")]
    assert [m for m in moved["messages"] if m["address"] == "sms:+447700900204"] == []
    assert (
        len([task for task in await bay.get("/tasks") if task["raised_at"] == "2026-11-23T09:01:00+00:00"])
        == 1
    )
