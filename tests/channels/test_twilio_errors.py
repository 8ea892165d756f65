"""What each bad answer of Twilio's means, the real SDK over a mocked transport."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
import respx

from tests.channels.conftest import outbound
from wellbeing_bot.channels.base import (
    Final,
    Later,
    Misconfigured,
    OptedOut,
    OutcomeUnknown,
    RetrySoon,
    SendError,
    TooLong,
)
from wellbeing_bot.channels.sms import TwilioChannel, error_for
from wellbeing_bot.channels.twilio_codes import TABLE

ACCOUNT = "AC" + "5" * 32
MESSAGES = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages.json"


@pytest.fixture
async def channel() -> AsyncIterator[TwilioChannel]:
    channel = TwilioChannel(ACCOUNT, "token", "+447700900000")
    yield channel
    await channel.close()


def no(status: int, code: int | None = None, **headers: str) -> httpx.Response:
    """An answer of Twilio's own making."""
    body = {"message": "Not possible for +447700900123", "status": status}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json=body if code is None else {**body, "code": code}, headers=named)


@pytest.mark.parametrize(
    ("answer", "error", "code", "retry_after"),
    [
        (no(400, 21610), OptedOut, "21610", None),
        (no(400, 21614), Final, "21614", None),
        (no(400, 21635), Final, "21635", None),
        (no(400, 21617), TooLong, "21617", None),
        (no(400, 99999), Final, "99999", None),
        (no(400), Final, "400", None),
        (no(400, 21606), Misconfigured, "21606", None),
        (no(401, 20003), Misconfigured, "20003", None),
        (no(403), Misconfigured, "403", None),
        (no(404, 20404), Misconfigured, "20404", None),
        (no(429, 20429, retry_after="3"), RetrySoon, "20429", 3.0),
        (no(429, 63038), Later, "63038", None),
        (no(429, retry_after="0.5"), RetrySoon, "429", 0.5),
        (no(400, 21611), RetrySoon, "21611", None),
        (no(500, 20500), RetrySoon, "500", None),
        (no(503, retry_after="120"), RetrySoon, "503", 120.0),
        (httpx.Response(500, text="oops"), RetrySoon, "500", None),
        # A gateway that gave up: what stands behind it may have taken the message.
        (httpx.Response(502, text="Bad Gateway"), OutcomeUnknown, "502", None),
        (httpx.Response(504, text="Gateway Timeout"), OutcomeUnknown, "504", None),
        (no(502, 20500), RetrySoon, "502", None),
        # A success that cannot be read, or that names no message.
        (httpx.Response(201, text="{"), OutcomeUnknown, "garbled", None),
        (httpx.Response(201, text=""), OutcomeUnknown, "garbled", None),
        (httpx.Response(201, json=[]), OutcomeUnknown, "garbled", None),
        (httpx.Response(302, headers={"location": "https://example.org"}), Misconfigured, "302", None),
    ],
)
async def test_a_bad_answer_becomes_the_error_it_means(
    channel: TwilioChannel,
    respx_mock: respx.MockRouter,
    answer: httpx.Response,
    error: type[SendError],
    code: str,
    retry_after: float | None,
) -> None:
    route = respx_mock.post(MESSAGES).mock(return_value=answer)
    with pytest.raises(SendError) as caught:
        await channel.send(outbound())
    assert type(caught.value) is error
    assert caught.value.code == code
    assert getattr(caught.value, "retry_after", None) == retry_after
    assert route.call_count == 1


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (httpx.ConnectError, RetrySoon),
        (httpx.ConnectTimeout, RetrySoon),
        (httpx.PoolTimeout, RetrySoon),
        (httpx.ReadTimeout, OutcomeUnknown),
        (httpx.WriteTimeout, OutcomeUnknown),
        (httpx.ReadError, OutcomeUnknown),
        (httpx.WriteError, OutcomeUnknown),
        (httpx.RemoteProtocolError, OutcomeUnknown),
        (httpx.UnsupportedProtocol, Misconfigured),
    ],
)
async def test_a_lost_connection_is_unknown_once_something_may_have_been_written(
    channel: TwilioChannel,
    respx_mock: respx.MockRouter,
    failure: type[httpx.TransportError],
    error: type[SendError],
) -> None:
    respx_mock.post(MESSAGES).mock(side_effect=failure)
    with pytest.raises(SendError) as caught:
        await channel.send(outbound())
    assert type(caught.value) is error


async def test_an_error_says_nothing_of_the_person(
    channel: TwilioChannel, respx_mock: respx.MockRouter
) -> None:
    respx_mock.post(MESSAGES).mock(return_value=no(400, 21614))
    with pytest.raises(SendError) as caught:
        await channel.send(outbound("a private matter"))
    assert "7700" not in str(caught.value)
    assert str(caught.value) == "Final (21614)"


def test_each_code_stands_for_one_error() -> None:
    codes = [code for group in TABLE.values() for code in group]
    assert len(codes) == len(set(codes))
    for error, group in TABLE.items():
        for code in group:
            assert type(error_for(code)) is error


@pytest.mark.parametrize(
    ("code", "error", "retryable"),
    [("30003", Later, True), ("30006", Final, False), ("12345", Final, False), (None, Final, False)],
)
def test_a_delivery_reports_code_says_whether_to_try_again(
    code: str | None, error: type[SendError], retryable: bool
) -> None:
    assert type(error_for(code)) is error
    assert error_for(code).retryable is retryable
