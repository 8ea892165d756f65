"""What can be seen: threads, people, tasks, sessions."""

from __future__ import annotations

import pytest

from tests.store.simulator.conftest import Scenario


async def test_a_thread_is_in_the_order_it_was_seen_though_the_clock_stands_still(bay: Scenario) -> None:
    for text in ("when is the next one", "cant come", "what am i booked on"):
        await bay.say("jean", text)
    thread = await bay.get("/messages", address="jean")
    texts = [message["text"] for message in thread if message["direction"] == "in"]
    assert texts == ["when is the next one", "cant come", "what am i booked on"]
    newest_text = None
    for message in thread:
        if message["direction"] == "in":
            newest_text = message["id"]
        else:
            assert message["came_of"] == newest_text


async def test_only_what_came_since_a_message_or_a_time(bay: Scenario) -> None:
    first = await bay.say("jean", "when is the next one")
    await bay.post("/clock", forward="1 hour")
    second = await bay.say("jean", "where do i go")
    since_message = await bay.get("/messages", address="jean", since=first["replies"][-1]["id"])
    since_time = await bay.get("/messages", address="jean", since="2026-11-23T09:30")
    assert since_message == since_time
    assert since_message[0]["id"] == second["message"]["id"]


async def test_messages_of_two_people_on_one_phone_can_be_told_apart(bay: Scenario) -> None:
    session = (await bay.get("/sessions", group="walk"))[0]["id"]
    await bay.post("/actions/book", actor="Sunita", person="mavis", session=session)
    await bay.post("/clock", forward="to wednesday 10am")
    assert await bay.get("/messages", person="stan") == []
    mine = await bay.get("/messages", person="mavis")
    assert mine
    assert {message["address"] for message in mine} == {"sms:+447700900203"}


@pytest.mark.parametrize("who", ["jean", "Jean Aldous", "jean aldous", "sms:+447700900201", "07700900201"])
async def test_a_person_is_found_by_key_name_or_address(bay: Scenario, who: str) -> None:
    found = await bay.get(f"/people/{who}")
    assert found["key"] == "jean"
    assert (await bay.get(f"/people/{found['id']}")) == found


async def test_what_is_on_record_for_a_person(bay: Scenario) -> None:
    jean = await bay.get("/people/jean")
    assert (jean["roles"], jean["network"], jean["language"]) == (["patient"], "small-bay", "en")
    assert jean["referrals"][0]["state"] == "booked"
    assert jean["referrals"][0]["concerns"] == ["loneliness"]
    assert jean["agreements"][0]["given"] is True
    assert jean["agreements"][0]["wording"]
    assert jean["addresses"][0]["texts_welcome"] is True
    [place] = jean["places"]
    assert (place["state"], place["session"]["group"]) == ("booked", "walk")
    [meeting] = jean["meetings"]
    assert (meeting["champion"]["key"], meeting["state"]) == ("amir", "accepted")
    amir = await bay.get("/people/amir")
    assert amir["meetings"] == jean["meetings"]
    assert amir["champion"]["groups"] == ["walk"]
    assert (await bay.get("/people/walter"))["memberships"][0]["group"] == "walk"


async def test_a_phone_that_two_people_share_says_which_two(bay: Scenario) -> None:
    answer = await bay.client.get("/people/07700900203")
    assert answer.status_code == 409
    assert [person["key"] for person in answer.json()["people"]] == ["stan", "mavis"]


async def test_the_register_of_a_session(bay: Scenario) -> None:
    session = (await bay.get("/sessions", group="walk"))[0]
    register = await bay.get(f"/sessions/{session['id']}")
    assert {place["person"]["key"] for place in register["places"]} == {"jean", "walter"}
    assert [meeting["state"] for meeting in register["meetings"]] == ["accepted"]
    assert session["taken"] == 2


async def test_tasks_by_state(bay: Scenario) -> None:
    [task] = await bay.get("/tasks")
    assert (task["kind"], task["person"]["key"], task["state"]) == ("asks_for_person", "jean", "raised")
    await bay.post("/actions/acknowledge", actor="Sunita", task=task["id"])
    assert (await bay.get("/tasks"))[0]["acknowledged_by"] == "Sunita"
    await bay.post("/actions/done", actor="Sunita", task=task["id"], note="Rang her.")
    assert await bay.get("/tasks") == []
    [done] = await bay.get("/tasks", state="done")
    assert [note["text"] for note in done["notes"]] == ["Rang her."]
    assert (await bay.get("/people/jean"))["acknowledgements"][0]["acknowledged_by"] == "Sunita"


async def test_unread_messages_are_counted_until_somebody_looks(bay: Scenario) -> None:
    async def unread() -> int:
        [phone] = [phone for phone in await bay.get("/phones") if phone["address"] == "sms:+447700900201"]
        return int(phone["unread"])

    await bay.say("jean", "when is the next one")
    assert await unread() == 1
    await bay.post("/seen", address="jean")
    assert await unread() == 0


async def test_the_version_changes_when_there_is_something_new(bay: Scenario) -> None:
    before = await bay.get("/changes")
    assert await bay.get("/changes") == before
    await bay.say("jean", "thanks")
    assert (await bay.get("/changes"))["version"] != before["version"]


PATHS = (
    "/ /clock /networks /phones /messages /people /groups /sessions /champions /rides /providers /calls "
    "/misunderstood /audit /outbox /reminders /reminders?state=all /tasks?state=all /actions"
)


@pytest.mark.parametrize("path", PATHS.split())
async def test_everything_that_is_listed_can_be_looked_at(bay: Scenario, path: str) -> None:
    answer = await bay.client.get(path)
    assert answer.status_code == 200
    assert answer.json() is not None
