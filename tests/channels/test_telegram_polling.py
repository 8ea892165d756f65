"""Fetching updates where there is no public address."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.channels.conftest import MARJORIE_CHAT
from tests.channels.stubs import Fault, TelegramStub, answer, reset, server_error
from wellbeing_bot.channels.base import MalformedWebhook
from wellbeing_bot.channels.telegram import TelegramChannel

OnUpdate = Callable[[dict[str, Any]], Awaitable[object]]


async def poll_until(bot: TelegramChannel, on_update: OnUpdate, done: Callable[[], bool]) -> None:
    """Poll until something has happened, at most ten seconds."""
    polling = asyncio.create_task(bot.poll(on_update))
    try:
        async with asyncio.timeout(10):
            while not done():
                await asyncio.sleep(0.01)
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


class Inbox:
    """Takes updates, and fails over the ones it is told to."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.fail_over: dict[str, Exception] = {}

    async def take(self, update: dict[str, Any]) -> None:
        text = update["message"]["text"]
        if error := self.fail_over.pop(text, None):
            raise error
        self.texts.append(text)


def said(telegram: TelegramStub, *texts: str) -> None:
    """Marjorie wrote these."""
    telegram.queue(*(telegram.text(MARJORIE_CHAT, text) for text in texts))


async def test_updates_come_once_each_in_order_and_are_confirmed(
    bot: TelegramChannel, telegram: TelegramStub
) -> None:
    inbox = Inbox()
    said(telegram, "one", "two")
    await poll_until(bot, inbox.take, lambda: telegram.unconfirmed() == 0)
    assert inbox.texts == ["one", "two"]


async def test_a_webhook_that_was_set_is_taken_down_first(
    bot: TelegramChannel, telegram: TelegramStub
) -> None:
    await bot.set_webhook("https://bot.example.org/webhooks/telegram", "a-secret")
    inbox = Inbox()
    said(telegram, "hello")
    await poll_until(bot, inbox.take, lambda: bool(inbox.texts))
    assert telegram.webhook is None
    [dropped] = telegram.calls_of("deleteWebhook")
    assert dropped.fields.get("drop_pending_updates") != "true"


async def test_an_update_that_could_not_be_stored_is_offered_again_before_the_next(
    bot: TelegramChannel, telegram: TelegramStub
) -> None:
    inbox = Inbox()
    inbox.fail_over["two"] = OSError("database is locked")
    said(telegram, "one", "two", "three")
    await poll_until(bot, inbox.take, lambda: telegram.unconfirmed() == 0)
    assert inbox.texts == ["one", "two", "three"]


async def test_a_malformed_update_does_not_hold_up_the_rest(
    bot: TelegramChannel, telegram: TelegramStub
) -> None:
    inbox = Inbox()
    inbox.fail_over["odd"] = MalformedWebhook("odd")
    said(telegram, "odd", "even")
    await poll_until(bot, inbox.take, lambda: telegram.unconfirmed() == 0)
    assert inbox.texts == ["even"]


@pytest.mark.parametrize(
    "fault",
    [
        reset(),
        server_error(502),
        answer(200, "{"),
        answer(200, {"ok": True, "result": [{}]}),
        TelegramStub.refusal(409, "Conflict: terminated by other getUpdates request"),
        TelegramStub.too_many(1),
    ],
)
async def test_polling_goes_on_after_trouble(
    bot: TelegramChannel, telegram: TelegramStub, fault: Fault
) -> None:
    inbox = Inbox()
    telegram.fail_next(fault, on="getUpdates")
    said(telegram, "hello")
    await poll_until(bot, inbox.take, lambda: bool(inbox.texts))
    assert inbox.texts == ["hello"]


async def test_it_waits_as_long_as_telegram_asks(bot: TelegramChannel, telegram: TelegramStub) -> None:
    telegram.fail_next(telegram.too_many(1), on="getUpdates")
    said(telegram, "hello")
    inbox = Inbox()
    loop = asyncio.get_running_loop()
    began = loop.time()
    await poll_until(bot, inbox.take, lambda: bool(inbox.texts))
    assert loop.time() - began >= 1


async def test_after_a_quiet_week_ids_may_begin_lower(
    bot: TelegramChannel, telegram: TelegramStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wellbeing_bot.channels.telegram_polling.LONG_POLL_SECONDS", 0.05)
    inbox = Inbox()
    said(telegram, "before")

    def asked_again_without_offset() -> bool:
        calls = telegram.calls_of("getUpdates")
        return len(calls) > 2 and calls[-1].fields["offset"] is None

    await poll_until(bot, inbox.take, asked_again_without_offset)
    telegram.queue({**telegram.text(MARJORIE_CHAT, "after"), "update_id": 3})
    await poll_until(bot, inbox.take, lambda: telegram.unconfirmed() == 0)
    assert inbox.texts == ["before", "after"]
