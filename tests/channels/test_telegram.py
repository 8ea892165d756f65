"""Telegram by the real library over real HTTP."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime

import httpx
import pytest
import respx

from tests.channels.conftest import MARJORIE_CHAT, on_telegram, outbound
from tests.channels.stubs import Fault, TelegramStub, answer, reset, server_error
from wellbeing_bot.channels.base import (
    Blocked,
    CannotTell,
    Channel,
    Final,
    Misconfigured,
    OutcomeUnknown,
    RetrySoon,
    SendError,
    TooLong,
)
from wellbeing_bot.channels.telegram import TelegramChannel
from wellbeing_bot.messages import Button, DeliveryState

SEND = f"https://api.telegram.org/bot{TelegramStub.token}/sendMessage"


async def test_a_message_is_sent_as_plain_words(bot: TelegramChannel, telegram: TelegramStub) -> None:
    channel: Channel = bot
    sent = await channel.send(on_telegram("Lunch is at 12_30 <b>*sharp*</b> https://www.nhs.uk"))
    [message] = telegram.messages
    assert sent.provider_id == f"telegram:{telegram.bot_id}:{MARJORIE_CHAT}:{message.message_id}"
    assert sent.state is DeliveryState.SENT
    assert message.text == "Lunch is at 12_30 <b>*sharp*</b> https://www.nhs.uk"
    [call] = telegram.calls
    assert "parse_mode" not in call.fields
    assert json.loads(call.fields["link_preview_options"])["is_disabled"] is True


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (["Yes", "No"], [2]),
        ([str(i) for i in range(11)], [6, 5]),
        (["Monday", "Tuesday", "Wednesday", "Thursday"], [3, 1]),
        (["The Harbour Walk", "Knit and natter"], [1, 1]),
    ],
)
async def test_choices_are_buttons_in_rows_that_fit_a_phone(
    bot: TelegramChannel, telegram: TelegramStub, labels: list[str], rows: list[int]
) -> None:
    await bot.send(on_telegram("Which?", buttons=tuple(Button(label, label.lower()) for label in labels)))
    [call] = telegram.calls
    keyboard = json.loads(call.fields["reply_markup"])["inline_keyboard"]
    assert [len(row) for row in keyboard] == rows
    assert telegram.messages[0].buttons == tuple((label, label.lower()) for label in labels)


async def test_a_value_too_long_for_a_button_leaves_plain_words(
    bot: TelegramChannel, telegram: TelegramStub
) -> None:
    fits, too_long = Button("A", "é" * 32), Button("B", "é" * 33)
    await bot.send(on_telegram("Which?", buttons=(fits,)))
    await bot.send(on_telegram("Which?", buttons=(fits, too_long)))
    assert [len(message.buttons) for message in telegram.messages] == [1, 0]


async def test_a_very_long_text_goes_in_pieces_cut_between_words(
    bot: TelegramChannel, telegram: TelegramStub
) -> None:
    words = "a quiet word about the lunch club " * 300
    sent = await bot.send(on_telegram(words.strip(), buttons=(Button("OK", "ok"),)))
    texts = telegram.texts_to(MARJORIE_CHAT)
    assert len(texts) == 3
    assert " ".join(texts) == words.strip()
    assert [len(message.buttons) for message in telegram.messages] == [0, 0, 1]
    assert sent.provider_id.endswith(f":{telegram.messages[-1].message_id}")


async def test_a_very_long_word_of_emoji_is_cut_where_telegram_takes_it(
    bot: TelegramChannel, telegram: TelegramStub
) -> None:
    await bot.send(on_telegram("😀" * 5000))
    texts = telegram.texts_to(MARJORIE_CHAT)
    assert "".join(texts) == "😀" * 5000
    assert all(len(text.encode("utf-16-le")) <= 2 * 4096 for text in texts)


async def test_a_failure_after_the_first_piece_is_unknown_not_to_be_sent_again(
    bot: TelegramChannel, telegram: TelegramStub
) -> None:
    telegram.fail_next(telegram.too_many(3), after=1)
    with pytest.raises(OutcomeUnknown) as caught:
        await bot.send(on_telegram("word " * 1000))
    assert caught.value.code == "sent-in-part"
    assert len(telegram.messages) == 1


async def test_a_blocked_bot_is_noticed(bot: TelegramChannel, telegram: TelegramStub) -> None:
    telegram.block(MARJORIE_CHAT)
    with pytest.raises(Blocked):
        await bot.send(on_telegram())
    telegram.unblock(MARJORIE_CHAT)
    await bot.send(on_telegram())
    assert len(telegram.messages) == 1


@pytest.mark.parametrize("accepted", [True, False])
async def test_a_reset_is_unknown_and_telegram_cannot_be_asked(
    bot: TelegramChannel, telegram: TelegramStub, accepted: bool
) -> None:
    telegram.fail_next(reset(accepted=accepted))
    with pytest.raises(OutcomeUnknown) as caught:
        await bot.send(on_telegram())
    assert caught.value.code == "cut-off"
    now = datetime.now(UTC)
    assert isinstance(await bot.look_up(on_telegram(), now), CannotTell)
    assert await bot.recent_inbound(now) == []
    assert len(telegram.calls) == 1


async def test_nobody_listening_can_be_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    channel = TelegramChannel(TelegramStub.token, api_base_url=f"http://127.0.0.1:{port}")
    with pytest.raises(RetrySoon) as caught:
        await channel.send(on_telegram())
    await channel.close()
    assert caught.value.code == "no-connection"


TELEGRAM = TelegramStub


@pytest.mark.parametrize(
    ("fault", "error", "code", "retry_after"),
    [
        (TELEGRAM.too_many(35), RetrySoon, "429", 35.0),
        (answer(429, "slow down"), RetrySoon, "429", None),
        (TELEGRAM.refusal(500, "Internal Server Error"), RetrySoon, "500", None),
        (TELEGRAM.refusal(502, "Bad Gateway"), RetrySoon, "502", None),
        (server_error(502), OutcomeUnknown, "502", None),
        (server_error(504), OutcomeUnknown, "504", None),
        (TELEGRAM.refusal(400, "Bad Request: chat not found"), Final, "400", None),
        (TELEGRAM.refusal(400, "Bad Request: message is too long"), TooLong, "400", None),
        (TELEGRAM.refusal(403, "Forbidden: bot was blocked by the user"), Blocked, "403", None),
        (
            TELEGRAM.refusal(403, "Forbidden: bot can't initiate conversation with a user"),
            Blocked,
            "403",
            None,
        ),
        (TELEGRAM.refusal(403, "Forbidden: user is deactivated"), Final, "403", None),
        (answer(403, "<h1>no</h1>"), Blocked, "403", None),
        (TELEGRAM.refusal(401, "Unauthorized"), Misconfigured, "401", None),
        (TELEGRAM.refusal(409, "Conflict"), Misconfigured, "409", None),
        (answer(200, "{"), OutcomeUnknown, "garbled", None),
        (answer(200, {"ok": True, "result": {}}), OutcomeUnknown, "garbled", None),
        (answer(200, {"ok": True}), OutcomeUnknown, "garbled", None),
    ],
)
async def test_a_bad_answer_becomes_the_error_it_means(
    bot: TelegramChannel,
    telegram: TelegramStub,
    fault: Fault,
    error: type[SendError],
    code: str,
    retry_after: float | None,
) -> None:
    telegram.fail_next(fault)
    with pytest.raises(SendError) as caught:
        await bot.send(on_telegram())
    assert type(caught.value) is error
    assert caught.value.code == code
    assert getattr(caught.value, "retry_after", None) == retry_after


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (httpx.ConnectTimeout, RetrySoon),
        (httpx.PoolTimeout, RetrySoon),
        (httpx.ReadTimeout, OutcomeUnknown),
        (httpx.WriteError, OutcomeUnknown),
    ],
)
async def test_a_lost_connection_is_unknown_once_something_may_have_been_written(
    respx_mock: respx.MockRouter, failure: type[httpx.TransportError], error: type[SendError]
) -> None:
    respx_mock.post(SEND).mock(side_effect=failure)
    channel = TelegramChannel(TelegramStub.token)
    with pytest.raises(SendError) as caught:
        await channel.send(on_telegram())
    await channel.close()
    assert type(caught.value) is error


async def test_an_address_that_is_no_chat_is_final(bot: TelegramChannel, telegram: TelegramStub) -> None:
    with pytest.raises(Final):
        await bot.send(outbound(to="marjorie", channel="telegram"))
    assert not telegram.calls


async def test_a_button_press_is_answered_and_an_old_one_does_no_harm(
    bot: TelegramChannel, telegram: TelegramStub
) -> None:
    await bot.answer_callback("press-1")
    telegram.fail_next(telegram.refusal(400, "Bad Request: query is too old"), on="answerCallbackQuery")
    await bot.answer_callback("press-2")
    telegram.fail_next(reset(), on="answerCallbackQuery")
    await bot.answer_callback("press-3")
    assert telegram.answered == ["press-1"]


async def test_the_webhook_is_set_with_its_secret(bot: TelegramChannel, telegram: TelegramStub) -> None:
    await bot.set_webhook("https://bot.example.org/webhooks/telegram", "a-secret")
    assert telegram.webhook is not None
    assert telegram.webhook["secret_token"] == "a-secret"
    assert json.loads(telegram.webhook["allowed_updates"]) == ["message", "callback_query", "my_chat_member"]
    telegram.fail_next(telegram.refusal(400, "Bad Request: bad webhook"), on="setWebhook")
    with pytest.raises(Final):
        await bot.set_webhook("http://bot.example.org", "a-secret")


@pytest.mark.parametrize("token", ["", "not-a-token", ":x", "²:x"])
def test_a_token_that_is_none_is_refused_without_repeating_it(token: str) -> None:
    with pytest.raises(ValueError, match="BotFather") as caught:
        TelegramChannel(token)
    assert not token or token not in str(caught.value)


@pytest.mark.parametrize("suffix", ["", "/", "/bot", "/bot/"])
async def test_the_api_address_may_be_written_either_way(telegram: TelegramStub, suffix: str) -> None:
    channel = TelegramChannel(telegram.token, api_base_url=telegram.url + suffix)
    await channel.send(on_telegram())
    await channel.close()
    assert telegram.texts_to(MARJORIE_CHAT)
