"""Channels wired to stub providers, and messages to send."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.channels.stubs import TelegramStub, TwilioStub
from wellbeing_bot.channels.sms import TwilioChannel
from wellbeing_bot.channels.telegram import TelegramChannel
from wellbeing_bot.messages import Address, Button, ChannelName, Outbound

MARJORIE = "+447700900123"
MARJORIE_CHAT = 7_009_001_234_567  # wider than 32 bits, as chat ids may be


def outbound(
    text: str = "Hello from Lakeside",
    *,
    to: str = MARJORIE,
    channel: ChannelName = "sms",
    line: str = "",
    buttons: tuple[Button, ...] = (),
    id: int = 1,
) -> Outbound:
    """A message to Marjorie."""
    return Outbound(id=id, to=Address(channel, to), line=line, text=text, buttons=buttons)


def on_telegram(text: str = "Hello from Lakeside", *, buttons: tuple[Button, ...] = ()) -> Outbound:
    """A message to Marjorie's Telegram."""
    return outbound(text, to=str(MARJORIE_CHAT), channel="telegram", buttons=buttons)


@pytest.fixture
def twilio() -> Iterator[TwilioStub]:
    with TwilioStub() as stub:
        yield stub


@pytest.fixture
def telegram() -> Iterator[TelegramStub]:
    with TelegramStub() as stub:
        yield stub


@pytest.fixture
async def sms(twilio: TwilioStub) -> AsyncIterator[TwilioChannel]:
    """The real SDK, talking to the stub over HTTP."""
    channel = TwilioChannel(
        twilio.account_sid,
        twilio.auth_token,
        twilio.number,
        status_callback_url="https://bot.example.org/webhooks/twilio/status",
        api_base_url=twilio.url,
    )
    yield channel
    await channel.close()


@pytest.fixture
async def bot(telegram: TelegramStub) -> AsyncIterator[TelegramChannel]:
    """The real library, talking to the stub over HTTP."""
    channel = TelegramChannel(telegram.token, api_base_url=telegram.url)
    yield channel
    await channel.close()
