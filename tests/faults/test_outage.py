"""An outage is survived: texts are still taken in, what waits leaves in order, and few calls are wasted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.channels.stubs import Fault, TelegramStub, TwilioStub, hang, reset, server_error
from tests.faults.figures import note
from tests.faults.outbox import Outbox, live_outbox
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.store import AddressRow
from wellbeing_bot.store.states import OutboundKind

HOURS = float(os.environ.get("OUTAGE_HOURS", "0.35"))
"""How long the provider is out; ``make faults`` asks for more."""

PEOPLE = 12
EVERY = timedelta(minutes=1)
JEAN = "+447700900101"


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with live_outbox(tmp_path) as outbox:
        yield outbox


OUTAGES = [
    pytest.param(TwilioStub.too_many(retry_after=120), id="asks us to wait"),
    pytest.param(server_error(500), id="fails"),
    pytest.param(hang(), id="hangs"),
    pytest.param(reset(), id="resets connections"),
    pytest.param(TwilioStub.refusal(20003, 401), id="refuses our account"),
]


@pytest.mark.parametrize("fault", OUTAGES)
def test_after_an_outage_everything_leaves_once_in_order_with_few_calls_wasted(
    outbox: Outbox, fault: Fault
) -> None:
    numbers = [f"+4477009003{i:02d}" for i in range(PEOPLE)]
    outbox.allow(cap_per_address_a_day=10_000)
    written: dict[str, list[str]] = {number: [] for number in numbers}
    outbox.twilio.fail_always(fault)
    outbox.twilio.fail_always(fault, on="list")
    over = outbox.now + timedelta(hours=HOURS)
    minute = 0
    while outbox.now < over:
        for i in range(6):
            number = numbers[(minute * 5 + i) % PEOPLE]
            written[number].append(f"Message {minute}")
            outbox.say(f"sms:{number}", f"Message {minute}")
        minute += 1
        outbox.later(seconds=EVERY.total_seconds())
    assert outbox.twilio.messages == []
    assert len(outbox.tasks("texts_out_of_reach")) == 1, "a person is told, once"
    outbox.twilio.recover()
    outbox.through(timedelta(minutes=16), EVERY)
    assert {number: outbox.twilio.texts_to(number) for number in numbers} == written
    needed = sum(len(texts) for texts in written.values())
    calls = len(outbox.twilio.calls)
    note(f"{HOURS:g} hours in which Twilio answers badly: {calls} calls for {needed} messages")
    assert calls <= 1.2 * needed
    assert [task.state.value for task in outbox.tasks("texts_out_of_reach")] == ["done"]


def test_telegram_that_asks_us_to_wait_is_waited_for(outbox: Outbox) -> None:
    outbox.telegram.fail_next(TelegramStub.too_many(retry_after=40))
    for chat in range(5):
        outbox.say(f"telegram:{chat + 1}", "Hello")
        outbox.look()
    outbox.through(timedelta(seconds=39), timedelta(seconds=3))
    assert len(outbox.telegram.calls_of("sendMessage")) == 1
    outbox.later(seconds=1)
    outbox.through(timedelta(minutes=1), timedelta(seconds=5))
    assert [len(outbox.telegram.texts_to(chat + 1)) for chat in range(5)] == [1] * 5


def test_one_channels_outage_is_none_of_the_others(outbox: Outbox) -> None:
    outbox.twilio.fail_always(server_error(500))
    for i in range(5):
        outbox.say(f"sms:+4477009003{i:02d}", "Hello")
    outbox.look()
    outbox.say("telegram:7700103", "Hello")
    outbox.look()
    assert outbox.telegram.texts_to(7700103) == ["Hello"]


def test_urgent_help_is_tried_every_minute_while_the_provider_rests(outbox: Outbox) -> None:
    outbox.twilio.fail_always(TwilioStub.too_many(retry_after=3600))
    outbox.say("sms:+447700900301", "Hello")
    outbox.look()
    outbox.say(f"sms:{JEAN}", "Ring 999", OutboundKind.URGENT_HELP)
    outbox.through(timedelta(minutes=5), timedelta(minutes=1))
    assert len(outbox.twilio.calls) >= 5
    outbox.twilio.recover()
    outbox.later(minutes=1)
    assert outbox.twilio.texts_to(JEAN) == ["Ring 999"]
    assert len(outbox.twilio.messages) == 1, "and nothing else, for as long as the provider asked"


def test_a_phone_that_opted_out_at_the_carrier_is_stopped_and_trips_nothing(outbox: Outbox) -> None:
    outbox.twilio.opt_out(JEAN)
    for _ in range(4):
        outbox.say(f"sms:{JEAN}", "Hello")
        outbox.look()
    outbox.say("sms:+447700900302", "Hello")
    outbox.look()
    assert len(outbox.twilio.texts_to("+447700900302")) == 1
    assert len(outbox.tasks("carrier_blocked")) == 1
    assert sum(call.fields.get("To") == JEAN for call in outbox.twilio.calls) == 1
    with outbox.app.database.reading() as session:
        jean = session.scalars(select(AddressRow).where(AddressRow.value == JEAN)).one()
    assert jean.opted_out_at is not None


def test_somebody_who_blocked_the_bot_is_not_written_to_and_a_person_is_told(outbox: Outbox) -> None:
    outbox.telegram.block(7700103)
    first = outbox.say("telegram:7700103", "Hello")
    outbox.look()
    second = outbox.say("telegram:7700103", "Hello again")
    outbox.look()
    assert outbox.row(first).state is DeliveryState.FAILED
    assert second is None or outbox.row(second).state is DeliveryState.DROPPED
    assert len(outbox.tasks("message_failed")) == 1
    assert len(outbox.telegram.calls_of("sendMessage")) == 1


def test_a_text_that_fails_by_itself_holds_up_only_its_own_phone(outbox: Outbox) -> None:
    outbox.twilio.behave(JEAN, server_error(500))
    outbox.say(f"sms:{JEAN}", "Hello")
    for i in range(10):
        outbox.say(f"sms:+4477009003{i:02d}", "Hello")
    outbox.look()
    outbox.later(seconds=30)
    assert len(outbox.twilio.messages) == 10


def test_what_lost_its_sense_during_an_outage_is_not_sent_late(outbox: Outbox) -> None:
    outbox.twilio.fail_always(server_error(500))
    key = outbox.say(f"sms:{JEAN}", "In an hour at the Oyster Hall")
    outbox.expires(key, outbox.now + timedelta(hours=1))
    outbox.through(timedelta(minutes=70), timedelta(minutes=5))
    outbox.twilio.recover()
    outbox.through(timedelta(minutes=10), timedelta(minutes=5))
    assert outbox.twilio.texts_to(JEAN) == []
    assert outbox.row(key).state in {DeliveryState.DROPPED, DeliveryState.FAILED}
