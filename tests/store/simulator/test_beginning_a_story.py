"""POST /reset: an empty demo, a clock, a network and everybody in it."""

from __future__ import annotations

import copy

from sqlalchemy.orm import Session

from tests.store.simulator.conftest import Scenario
from tests.store.simulator.small_bay import SMALL_BAY
from wellbeing_bot.store import InboundRow


async def test_a_reset_forgets_everything_and_counts_from_one_again(bay: Scenario) -> None:
    before = await bay.get("/people")
    await bay.say("+447700900123", "hello")
    await bay.post("/behave", address="jean", how="landline")
    await bay.post("/clock", forward="1 week")
    answer = await bay.post("/reset", setup=SMALL_BAY)
    assert answer["now_local"] == "2026-11-23T09:00:00+00:00"
    assert answer["people"]["amir"] == 1
    assert await bay.get("/people") == before
    assert await bay.get("/messages") == []
    assert {phone["behaves"] for phone in await bay.get("/phones")} == {"ok"}


async def test_the_start_in_the_request_wins_over_the_documents(bay: Scenario) -> None:
    answer = await bay.post("/reset", start="2026-07-06T09:00", setup=SMALL_BAY)
    assert (answer["now"], answer["now_local"]) == ("2026-07-06T08:00:00Z", "2026-07-06T09:00:00+01:00")


async def test_without_a_document_it_is_the_demos_own_network(bay: Scenario) -> None:
    answer = await bay.post("/reset")
    assert list(answer["networks"]) == ["samphire-bay"]
    assert answer["now"] == "2026-11-02T09:00:00Z"
    assert "harbour-walk" in [group["key"] for group in await bay.get("/groups")]


async def test_a_document_may_be_yaml_text(bay: Scenario) -> None:
    answer = await bay.post(
        "/reset", setup="network: {slug: tiny, name: Tiny}\nlines: [{sms: '07700900000'}]"
    )
    assert answer["networks"] == {"tiny": 1}


async def test_a_document_may_say_how_phones_behave(bay: Scenario) -> None:
    document = copy.deepcopy(SMALL_BAY)
    document["people"][3] = {
        "key": "frank",
        "first_name": "Frank",
        "addresses": [{"sms": "07700900205", "simulate": "landline"}],
    }
    await bay.post("/reset", setup=document)
    [phone] = [phone for phone in await bay.get("/phones") if phone["address"] == "sms:+447700900205"]
    assert phone["behaves"] == "landline"


async def test_a_document_with_errors_is_refused_whole_and_changes_nothing(bay: Scenario) -> None:
    await bay.say("jean", "thanks")
    before = await bay.get("/messages")
    broken = copy.deepcopy(SMALL_BAY)
    broken["people"][0]["phone"] = "12"
    broken["groups"][0]["colour"] = "blue"
    status, words = await bay.refused("/reset", setup=broken)
    assert status == 422
    assert {problem["path"] for problem in words["problems"]} == {"people[0].phone", "groups[0].colour"}
    assert all(problem["wrong"] and problem["write"] for problem in words["problems"])
    assert await bay.get("/messages") == before


async def test_a_database_with_messages_to_real_people_is_never_emptied(bay: Scenario) -> None:
    def real(session: Session) -> None:
        session.query(InboundRow).update({"provider_id": "twilio:SM1"})

    await bay.say("jean", "thanks")
    bay.app.database.run(real)
    status, words = await bay.refused("/reset", setup=SMALL_BAY)
    assert (status, words["error"]) == (409, "this database holds messages that went to real people")
    assert await bay.get("/people")
    bay.app.database.run(lambda session: session.query(InboundRow).update({"provider_id": "simulator:1"}))
