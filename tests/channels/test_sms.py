"""SMS by the real SDK over real HTTP."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime, timedelta

import pytest

from tests.channels.conftest import MARJORIE, outbound
from tests.channels.stubs import Fault, TwilioStub, hang, reset, server_error
from wellbeing_bot.channels import http
from wellbeing_bot.channels.base import (
    Absent,
    CannotTell,
    Channel,
    Found,
    OptedOut,
    OutcomeUnknown,
    RetrySoon,
    SendError,
    TooLong,
)
from wellbeing_bot.channels.sms import LOOK_BACK, TwilioChannel, parse_message, parse_status, verify
from wellbeing_bot.messages import Address, DeliveryState, InboundKind, StatusReport

JUST_NOW = timedelta(seconds=2)


def moment() -> datetime:
    """Before anything this test does."""
    return datetime.now(UTC) - JUST_NOW


async def test_a_text_is_sent_once_with_what_twilio_needs(sms: TwilioChannel, twilio: TwilioStub) -> None:
    channel: Channel = sms
    sent = await channel.send(outbound("It’s on – £2 for lunch"))
    [message] = twilio.messages
    assert sent.provider_id == f"twilio:{message.sid}"
    assert sent.state is DeliveryState.SENT
    assert (message.to, message.from_, message.body) == (MARJORIE, twilio.number, "It’s on – £2 for lunch")
    assert message.status_callback == "https://bot.example.org/webhooks/twilio/status"
    assert len(twilio.calls) == 1


@pytest.mark.parametrize(
    ("sender", "line", "service", "number"),
    [
        ("+447700900000", "", None, "+447700900000"),
        ("+447700900000", "+447700900111", None, "+447700900111"),
        ("MG" + "7" * 32, "", "MG" + "7" * 32, ""),
        ("MG" + "7" * 32, "+447700900111", "MG" + "7" * 32, "+447700900111"),
        ("+447700900000", "lakeside", None, "+447700900000"),
    ],
)
async def test_a_network_texts_from_its_own_number(
    twilio: TwilioStub, sender: str, line: str, service: str | None, number: str
) -> None:
    channel = TwilioChannel(twilio.account_sid, twilio.auth_token, sender, api_base_url=twilio.url + "/")
    await channel.send(outbound(line=line))
    await channel.close()
    [message] = twilio.messages
    assert (message.messaging_service_sid, message.from_) == (service, number)
    assert message.status_callback is None


async def test_a_text_over_twilios_limit_is_not_even_tried(sms: TwilioChannel, twilio: TwilioStub) -> None:
    await sms.send(outbound("x" * 1600))
    with pytest.raises(TooLong):
        await sms.send(outbound("x" * 1601))
    assert len(twilio.calls) == 1


async def test_an_opted_out_person_is_not_texted(sms: TwilioChannel, twilio: TwilioStub) -> None:
    twilio.opt_out(MARJORIE)
    with pytest.raises(OptedOut):
        await sms.send(outbound())
    twilio.opt_in(MARJORIE)
    await sms.send(outbound())
    assert len(twilio.texts_to(MARJORIE)) == 1


async def test_asked_to_slow_down_we_hear_for_how_long(sms: TwilioChannel, twilio: TwilioStub) -> None:
    twilio.fail_next(twilio.too_many(retry_after=7))
    with pytest.raises(RetrySoon) as caught:
        await sms.send(outbound())
    assert caught.value.retry_after == 7
    assert not twilio.messages


async def test_a_reset_after_the_request_is_unknown_and_the_look_up_finds_the_text(
    sms: TwilioChannel, twilio: TwilioStub
) -> None:
    began = moment()
    twilio.fail_next(reset(accepted=True))
    with pytest.raises(OutcomeUnknown):
        await sms.send(outbound())
    found = await sms.look_up(outbound(), began)
    assert isinstance(found, Found)
    assert [sent.provider_id for sent in found.matches] == [f"twilio:{twilio.messages[0].sid}"]


async def test_a_reset_before_twilio_took_it_is_unknown_and_the_look_up_finds_nothing(
    sms: TwilioChannel, twilio: TwilioStub
) -> None:
    began = moment()
    twilio.fail_next(reset())
    with pytest.raises(OutcomeUnknown):
        await sms.send(outbound())
    assert await sms.look_up(outbound(), began) == Absent()


async def test_silence_is_unknown_and_shared_connections_stay_open(twilio: TwilioStub) -> None:
    pool = http.HttpPool(read=0.2)
    channel = TwilioChannel(
        twilio.account_sid, twilio.auth_token, twilio.number, pool=pool, api_base_url=twilio.url
    )
    twilio.fail_next(hang(accepted=True))
    with pytest.raises(OutcomeUnknown) as caught:
        await channel.send(outbound())
    assert caught.value.code == "timed-out"
    await channel.close()
    assert (await pool.request("GET", twilio.url)).status_code == 401
    await pool.close()


async def test_many_texts_at_once_use_as_many_connections_and_no_more(twilio: TwilioStub) -> None:
    pool = http.HttpPool(max_connections=6)
    channel = TwilioChannel(
        twilio.account_sid, twilio.auth_token, twilio.number, pool=pool, api_base_url=twilio.url
    )
    twilio.latency = 0.05
    await asyncio.gather(*(channel.send(outbound(f"Number {i}")) for i in range(24)))
    await pool.close()
    assert len(twilio.messages) == 24
    assert 6 <= len(twilio.connections) <= 8


async def test_light_traffic_stays_on_one_connection(sms: TwilioChannel, twilio: TwilioStub) -> None:
    for _ in range(3):
        await sms.send(outbound())
    assert len(twilio.connections) == 1


async def test_nobody_listening_can_be_tried_again(twilio: TwilioStub) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    channel = TwilioChannel(
        twilio.account_sid, twilio.auth_token, twilio.number, api_base_url=f"http://127.0.0.1:{port}"
    )
    with pytest.raises(RetrySoon) as caught:
        await channel.send(outbound())
    await channel.close()
    assert caught.value.code == "no-connection"


async def test_a_look_up_is_not_taken_in(sms: TwilioChannel, twilio: TwilioStub) -> None:
    """By an older text, another's text, other words, or the same words sent to us."""
    now = datetime.now(UTC)
    twilio.now = now - timedelta(hours=1)
    await sms.send(outbound())
    twilio.now = now
    await sms.send(outbound(to="+447700900456"))
    await sms.send(outbound("Something else"))
    twilio.text_comes_in(twilio.number, outbound().text)
    twilio.inbound[0].to = MARJORIE
    assert await sms.look_up(outbound(), now) == Absent()


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("It's on - see you...", "It’s on – see you…"),  # Twilio's Smart Encoding
        ("Hello", "Hello  "),
        ("Sent from your Twilio trial account - Hello", "Hello"),
    ],
)
async def test_a_look_up_knows_a_text_that_twilio_changed(
    sms: TwilioChannel, twilio: TwilioStub, stored: str, asked: str
) -> None:
    await sms.send(outbound(stored))
    assert isinstance(await sms.look_up(outbound(asked), moment()), Found)


async def test_the_same_words_sent_twice_are_both_found_oldest_first(
    sms: TwilioChannel, twilio: TwilioStub
) -> None:
    now = datetime.now(UTC)
    for seconds in (1, 2):
        twilio.now = now + timedelta(seconds=seconds)
        await sms.send(outbound())
    twilio.report_silently(twilio.messages[0], "delivered")
    found = await sms.look_up(outbound(), now)
    assert isinstance(found, Found)
    assert [sent.provider_id for sent in found.matches] == [f"twilio:{m.sid}" for m in twilio.messages]
    assert [sent.state for sent in found.matches] == [DeliveryState.DELIVERED, DeliveryState.SENT]


async def test_too_many_newer_texts_to_look_through_cannot_tell(
    sms: TwilioChannel, twilio: TwilioStub
) -> None:
    await asyncio.gather(*(sms.send(outbound(f"Number {i}")) for i in range(LOOK_BACK)))
    assert isinstance(await sms.look_up(outbound(), moment()), CannotTell)
    assert await sms.look_up(outbound(), moment() + timedelta(hours=1)) == Absent()


@pytest.mark.parametrize(
    "fault", [server_error(), server_error(504), reset(), TwilioStub.refusal(20003, 401)]
)
async def test_a_look_up_that_fails_may_be_tried_again(
    sms: TwilioChannel, twilio: TwilioStub, fault: Fault
) -> None:
    twilio.fail_next(fault, on="list")
    with pytest.raises(SendError) as failed:
        await sms.look_up(outbound(), moment())
    assert failed.value.retryable


async def test_texts_that_we_missed_are_listed_oldest_first(sms: TwilioChannel, twilio: TwilioStub) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    for minutes, text in ((90, "too old"), (20, "STOP"), (10, "my gp said to text")):
        twilio.now = now - timedelta(minutes=minutes)
        twilio.text_comes_in(MARJORIE, text)
    twilio.now = now - timedelta(minutes=5)
    posted = twilio.text_comes_in(MARJORIE, "", NumMedia="1")
    await sms.send(outbound())
    missed = await sms.recent_inbound(now - timedelta(hours=1))
    assert [(m.kind, m.text) for m in missed] == [
        (InboundKind.TEXT, "STOP"),
        (InboundKind.TEXT, "my gp said to text"),
        (InboundKind.MEDIA, ""),
    ]
    webhook = parse_message(posted, now)
    assert missed[-1].provider_id == webhook.provider_id
    assert (missed[-1].sender, missed[-1].line) == (webhook.sender, webhook.line)
    assert missed[0].received_at == now - timedelta(minutes=20)


async def test_missed_texts_of_another_program_on_the_account_are_left_alone(twilio: TwilioStub) -> None:
    ours, theirs, unsaid = (twilio.text_comes_in(MARJORIE, text) for text in ("ours", "theirs", "unsaid"))
    twilio.inbound[0].messaging_service_sid = twilio.service_sid
    twilio.inbound[1].messaging_service_sid = "MG" + "8" * 32
    channel = TwilioChannel(
        twilio.account_sid, twilio.auth_token, twilio.service_sid, api_base_url=twilio.url
    )
    missed = await channel.recent_inbound(moment())
    await channel.close()
    assert {m.provider_id for m in missed} == {f"twilio:{p['MessageSid']}" for p in (ours, unsaid)}
    assert theirs["MessageSid"] not in str(missed)


async def test_all_pages_of_missed_texts_are_read(sms: TwilioChannel, twilio: TwilioStub) -> None:
    for i in range(1100):
        twilio.text_comes_in(MARJORIE, f"text {i}")
    assert len(await sms.recent_inbound(moment())) == 1100
    assert len(twilio.calls_of("list")) == 2


@pytest.mark.parametrize("fault", [server_error(), server_error(504), reset(), TwilioStub.too_many(5)])
async def test_missed_texts_are_asked_for_again_when_twilio_does_not_answer(
    sms: TwilioChannel, twilio: TwilioStub, fault: Fault
) -> None:
    twilio.fail_next(fault, on="list")
    with pytest.raises(SendError) as caught:
        await sms.recent_inbound(moment())
    assert caught.value.retryable


@pytest.mark.parametrize(
    ("status", "code", "state"),
    [
        ("sent", None, DeliveryState.SENT),
        ("delivered", None, DeliveryState.DELIVERED),
        ("undelivered", 30003, DeliveryState.UNDELIVERED),
        ("failed", 30005, DeliveryState.FAILED),
    ],
)
async def test_twilio_tells_what_became_of_a_message(
    sms: TwilioChannel, twilio: TwilioStub, status: str, code: int | None, state: DeliveryState
) -> None:
    sent = await sms.send(outbound())
    twilio.report_silently(twilio.messages[0], status, code)
    report = await sms.report_on(sent.provider_id)
    assert report == StatusReport(sent.provider_id, state, str(code) if code else None)


async def test_of_a_message_that_was_deleted_there_twilio_tells_nothing(
    sms: TwilioChannel, twilio: TwilioStub
) -> None:
    sent = await sms.send(outbound())
    twilio.messages.clear()
    assert await sms.report_on(sent.provider_id) is None


@pytest.mark.parametrize("fault", [server_error(), server_error(504), reset(), TwilioStub.too_many(5)])
async def test_a_report_is_asked_for_again_when_twilio_does_not_answer(
    sms: TwilioChannel, twilio: TwilioStub, fault: Fault
) -> None:
    sent = await sms.send(outbound())
    twilio.fail_next(fault, on="fetch")
    with pytest.raises(SendError) as caught:
        await sms.report_on(sent.provider_id)
    assert caught.value.retryable


async def test_what_the_stub_signs_we_verify(sms: TwilioChannel, twilio: TwilioStub) -> None:
    with TwilioStub() as our_own_web:  # records what is posted to it
        url = our_own_web.url + "/webhooks/twilio/message?network=lakeside"
        params = twilio.text_comes_in(MARJORIE, "Hello & good morning, £2?")
        await asyncio.to_thread(twilio.sign_and_post, url, params)
        [call] = our_own_web.calls
        signature = call.headers["x-twilio-signature"]
        assert verify(url, call.fields, signature, twilio.auth_token)
        assert not verify(url, {**call.fields, "Body": "no"}, signature, twilio.auth_token)
        assert parse_message(call.fields, moment()).sender == Address("sms", MARJORIE)

        await sms.send(outbound())
        report_url = our_own_web.url + "/webhooks/twilio/status"
        await asyncio.to_thread(twilio.report, twilio.messages[0], "undelivered", 30003, to=report_url)
        report = parse_status(our_own_web.calls[-1].fields)
        assert report.provider_id == f"twilio:{twilio.messages[0].sid}"
        assert (report.state, report.error_code) == (DeliveryState.UNDELIVERED, "30003")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "12"}, 12.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "²"}, None),
        (
            {"retry-after": "Thu, 05 Mar 2026 09:01:00 GMT", "date": "Thu, 05 Mar 2026 09:00:00 GMT"},
            60.0,
        ),
        ({"retry-after": "Thu, 05 Mar 2026 08:00:00 GMT", "date": "Thu, 05 Mar 2026 09:00:00 GMT"}, 0.0),
        ({"retry-after": "Thu, 05 Mar 2026 09:01:00 GMT"}, None),
        ({"retry-after": "Thu, 05 Mar 2026 09:01:00 -0000", "date": "Thu, 05 Mar 2026 09:00:00 GMT"}, None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert http.retry_after(headers) == seconds
