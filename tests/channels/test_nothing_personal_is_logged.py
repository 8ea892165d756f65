"""Neither we nor the libraries write a person's words, their number or the bot's token into a log."""

from __future__ import annotations

import asyncio
import logging

import pytest

from tests.channels.conftest import MARJORIE, MARJORIE_CHAT, on_telegram, outbound
from tests.channels.stubs import TelegramStub, TwilioStub, answer, server_error
from wellbeing_bot.channels.base import SendError
from wellbeing_bot.channels.sms import TwilioChannel
from wellbeing_bot.channels.telegram import TelegramChannel

SECRET_WORDS = "my husband died in May"


@pytest.fixture(autouse=True)
def _log_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


async def test_sending_asking_and_failing_by_sms(
    sms: TwilioChannel, twilio: TwilioStub, caplog: pytest.LogCaptureFixture
) -> None:
    message = outbound(SECRET_WORDS)
    await sms.send(message)
    for fault in (twilio.refusal(21614), server_error(), answer(201, SECRET_WORDS)):
        twilio.fail_next(fault)
        with pytest.raises(SendError):
            await sms.send(message)
    await sms.look_up(message, twilio.messages[0].created)
    for private in (MARJORIE, MARJORIE[1:], SECRET_WORDS, twilio.auth_token):
        assert private not in caplog.text


async def test_sending_polling_and_failing_on_telegram(
    bot: TelegramChannel, telegram: TelegramStub, caplog: pytest.LogCaptureFixture
) -> None:
    message = on_telegram(SECRET_WORDS)
    await bot.send(message)
    for fault in (telegram.refusal(400, SECRET_WORDS), server_error(), answer(200, SECRET_WORDS)):
        telegram.fail_next(fault)
        with pytest.raises(SendError):
            await bot.send(message)
    telegram.fail_next(answer(200, SECRET_WORDS), on="getUpdates")
    telegram.queue(telegram.text(MARJORIE_CHAT, SECRET_WORDS))

    async def fail(update: object) -> None:
        raise ValueError(str(update))

    polling = asyncio.create_task(bot.poll(fail))
    while caplog.text.count("again in") < 2:
        await asyncio.sleep(0.01)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    for private in (str(MARJORIE_CHAT), SECRET_WORDS, telegram.token):
        assert private not in caplog.text
