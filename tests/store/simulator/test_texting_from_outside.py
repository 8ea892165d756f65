"""POST /text: what a phone sends, and what comes back."""

from __future__ import annotations

import pytest

from tests.store.simulator.conftest import Scenario

NEW = "+447700900123"


async def test_a_text_returns_with_its_answer(bay: Scenario) -> None:
    answer = await bay.say(NEW, "hello, id like to come on the bay walk")
    assert answer["new"] is True
    assert answer["message"]["state"] == "handled"
    [reply] = answer["replies"]
    assert reply["words"].startswith("hello.")
    assert reply["address"] == f"sms:{NEW}"
    assert (reply["state"], reply["kind"], reply["came_of"]) == (
        "delivered",
        "reply",
        f"in-{answer['inbound']}",
    )


@pytest.mark.parametrize(
    "written", ["+447700900123", "07700 900123", "sms:+447700900123", "+44 (0)7700 900123"]
)
async def test_a_number_may_be_written_in_any_way(bay: Scenario, written: str) -> None:
    answer = await bay.say(written, "hello")
    assert answer["message"]["address"] == "sms:+447700900123"


async def test_somebody_known_texts_by_their_key(bay: Scenario) -> None:
    answer = await bay.say("frank", "when is the next walk")
    assert answer["message"]["address"] == "telegram:7700900202"
    assert answer["message"]["person"]["key"] == "frank"
    assert answer["replies"]


async def test_what_other_phones_get_meanwhile_is_told_apart(bay: Scenario) -> None:
    answer = await bay.say("jean", "i want to die")
    assert [message["kind"] for message in answer["replies"]] == ["urgent_help"]
    assert [(m["person"]["key"], m["kind"]) for m in answer["others"]] == [("sunita", "alert")]


async def test_the_same_message_told_twice_is_one(bay: Scenario) -> None:
    first = await bay.say(NEW, "hello", message_id="abc")
    again = await bay.say(NEW, "hello", message_id="abc")
    assert (first["new"], again["new"]) == (True, False)
    assert again["inbound"] == first["inbound"]
    assert again["replies"] == []
    assert len(await bay.words_to(NEW)) == 1


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"text": "", "media": ["image/jpeg"]}, "media"),
        ({"text": "me on my bench", "media": ["photo"]}, "text"),
        ({"text": "  "}, "text"),
        ({"text": "yes", "button": True}, "button"),
        ({"text": "STOP", "carrier_opt_out": "STOP"}, "opt_out"),
    ],
)
async def test_pictures_buttons_and_silence_have_their_kind(
    bay: Scenario, fields: dict[str, object], kind: str
) -> None:
    answer = await bay.post("/text", **{"from": "jean", **fields})
    assert answer["message"]["kind"] == kind
    assert answer["message"]["state"] == "handled"


async def test_stop_that_the_carrier_answered_gets_no_second_answer(bay: Scenario) -> None:
    answer = await bay.say("jean", "STOP", carrier_opt_out="STOP")
    assert answer["replies"] == []
    [phone] = [phone for phone in await bay.get("/phones") if phone["address"] == "sms:+447700900201"]
    assert (phone["opted_out"], phone["texts_welcome"]) == (True, False)


async def test_a_text_to_a_number_nobody_owns_goes_to_the_deployments_inbox(bay: Scenario) -> None:
    answer = await bay.say(NEW, "hello", to="+447700900999")
    assert answer["replies"] == []
    assert "unknown_line" in [task["kind"] for task in await bay.get("/tasks")]


async def test_a_phone_goes_on_writing_to_the_number_it_wrote_to(bay: Scenario) -> None:
    await bay.say(NEW, "hello", to="+447700900000")
    answer = await bay.say(NEW, "yes")
    assert answer["message"]["line"] == "+447700900000"


async def test_a_phone_that_takes_no_texts_is_seen_in_the_answer(bay: Scenario) -> None:
    await bay.post("/behave", address="jean", how="landline")
    answer = await bay.say("jean", "when is the next one")
    assert [(m["state"], m["why_not"]) for m in answer["replies"]] == [("failed", "30006")]
    assert "message_failed" in [task["kind"] for task in await bay.get("/tasks")]
