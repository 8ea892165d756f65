"""What Telegram sends us."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.channels.conftest import MARJORIE_CHAT
from tests.channels.stubs import TelegramStub
from wellbeing_bot.channels.base import MalformedWebhook
from wellbeing_bot.channels.telegram import parse_update
from wellbeing_bot.channels.telegram_updates import MEDIA_KINDS
from wellbeing_bot.messages import Address, InboundKind

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
BOT = TelegramStub.bot_id
MARJORIE = Address("telegram", str(MARJORIE_CHAT))

people = TelegramStub()  # never started: only makes updates


def test_a_text_is_read() -> None:
    update = people.text(MARJORIE_CHAT, "my gp said to text")
    inbound = parse_update(update, BOT, NOW)
    assert inbound is not None
    assert inbound.provider_id == f"telegram:{BOT}:{update['update_id']}"
    assert inbound.kind is InboundKind.TEXT
    assert inbound.sender == MARJORIE
    assert inbound.line == str(BOT)
    assert inbound.text == "my gp said to text"
    assert inbound.received_at == NOW


@pytest.mark.parametrize(
    ("said", "text", "payload"),
    [
        ("/start", "/start", {}),
        ("/start lunch", "/start", {"start": "lunch"}),
        ("/start@lakeside_test_bot lunch", "/start", {"start": "lunch"}),
        ("/stop@lakeside_test_bot", "/stop", {}),
        ("/stop please", "/stop please", {}),
        ("/", "/", {}),
        ("10/10", "10/10", {}),
    ],
)
def test_a_command_loses_the_bots_name_and_a_links_word_is_kept_apart(
    said: str, text: str, payload: dict[str, str]
) -> None:
    inbound = parse_update(people.text(MARJORIE_CHAT, said), BOT, NOW)
    assert inbound is not None
    assert (inbound.kind, inbound.text, dict(inbound.payload)) == (InboundKind.TEXT, text, payload)


def test_a_button_brings_its_value_and_what_is_needed_to_answer_it() -> None:
    update = people.press(MARJORIE_CHAT, "yes")
    inbound = parse_update(update, BOT, NOW)
    assert inbound is not None
    assert (inbound.kind, inbound.text, inbound.sender) == (InboundKind.BUTTON, "yes", MARJORIE)
    assert inbound.payload["callback_query_id"] == update["callback_query"]["id"]


@pytest.mark.parametrize("kind", MEDIA_KINDS)
def test_every_kind_of_attachment_is_named(kind: str) -> None:
    inbound = parse_update(people.attachment(MARJORIE_CHAT, kind, {}), BOT, NOW)
    assert inbound is not None
    assert (inbound.kind, inbound.media, inbound.text) == (InboundKind.MEDIA, (kind,), "")


def test_a_caption_is_a_text_with_an_attachment() -> None:
    update = people.attachment(MARJORIE_CHAT, "photo", [{"file_id": "x"}], caption="is this the place?")
    inbound = parse_update(update, BOT, NOW)
    assert inbound is not None
    assert (inbound.kind, inbound.media, inbound.text) == (
        InboundKind.TEXT,
        ("photo",),
        "is this the place?",
    )


@pytest.mark.parametrize(("kind", "twin"), [("animation", "document"), ("venue", "location")])
def test_an_attachment_that_comes_under_two_names_is_named_once(kind: str, twin: str) -> None:
    update = people.attachment(MARJORIE_CHAT, kind, {})
    update["message"][twin] = {}
    inbound = parse_update(update, BOT, NOW)
    assert inbound is not None
    assert inbound.media == (kind,)


def test_a_person_who_blocks_the_bot_is_noticed() -> None:
    inbound = parse_update(people.block(MARJORIE_CHAT), BOT, NOW)
    assert inbound is not None
    assert (inbound.kind, inbound.sender, inbound.text) == (InboundKind.BLOCKED, MARJORIE, "")


def test_half_a_surrogate_pair_is_replaced() -> None:
    inbound = parse_update(people.text(MARJORIE_CHAT, "a\ud83d\x00b"), BOT, NOW)
    assert inbound is not None
    assert inbound.text == "a?b"


def changed(update: dict[str, Any], kind: str, **fields: object) -> dict[str, Any]:
    """The same update with some fields of its message replaced."""
    return {**update, kind: {**update[kind], **fields}}


GROUP = {"id": -1001234567890, "type": "supergroup", "title": "Harbour walkers"}


@pytest.mark.parametrize(
    "update",
    [
        people.unblock(MARJORIE_CHAT),
        {"update_id": 1, "edited_message": people.text(MARJORIE_CHAT, "I meant no")["message"]},
        {"update_id": 1, "channel_post": {"chat": {"id": 1, "type": "channel"}, "text": "news"}},
        {"update_id": 1, "poll": {"id": "1"}},
        {"update_id": 1},
        changed(people.text(1, "hello all"), "message", chat=GROUP),
        changed(people.text(1, "beep"), "message", **{"from": {"id": 1, "is_bot": True}}),
        changed(people.attachment(1, "pinned_message", {}), "message"),
        changed(people.press(1, "yes"), "callback_query", message={"chat": GROUP}),
        changed(people.press(1, "yes"), "callback_query", message=None),
        changed(people.press(1, "yes"), "callback_query", data=None),
        changed(people.block(1), "my_chat_member", chat=GROUP),
    ],
)
def test_what_is_not_for_us_is_nothing(update: dict[str, Any]) -> None:
    assert parse_update(update, BOT, NOW) is None


@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        "hello",
        {},
        {"update_id": "7"},
        {"update_id": True},
        {"update_id": 2**70},
        {"update_id": 1, "message": None},
        {"update_id": 1, "message": []},
        {"update_id": 1, "message": {"text": "hello"}},
        {"update_id": 1, "message": {"chat": {"id": "7", "type": "private"}, "text": "hello"}},
        {"update_id": 1, "message": {"chat": {"type": "private"}, "text": "hello"}},
        {"update_id": 1, "callback_query": 7},
        {"update_id": 1, "my_chat_member": {}},
    ],
)
def test_what_telegram_never_sends_is_malformed(update: object) -> None:
    with pytest.raises(MalformedWebhook):
        parse_update(update, BOT, NOW)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
CHAT = st.fixed_dictionaries({"id": JSON, "type": st.just("private") | JSON})
CONTENT = st.fixed_dictionaries(
    {"chat": CHAT | JSON},
    optional=dict.fromkeys(("from", "text", "caption", "photo", "data", "message", "new_chat_member"), JSON),
)
KINDS = ("message", "callback_query", "my_chat_member")


@given(st.fixed_dictionaries({"update_id": st.integers(0, 9)}, optional=dict.fromkeys(KINDS, CONTENT | JSON)))
def test_no_update_however_odd_does_anything_worse_than_be_malformed(update: dict[str, Any]) -> None:
    with contextlib.suppress(MalformedWebhook):
        parse_update(update, BOT, NOW)
