"""Nobody is texted twice for one thing, whatever the provider and our own process do."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from tests.channels.stubs import Fault, hang, reset, server_error
from tests.faults.outbox import Outbox, live_outbox
from wellbeing_bot.channels.base import Found, OutcomeUnknown, Sent
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service.sending.claiming import LEASE, Claimed, Room, claim
from wellbeing_bot.store.states import OutboundKind

JEAN, ASHA = "sms:+447700900101", "telegram:7700103"
NUMBER = JEAN.removeprefix("sms:")
CHAT = 7700103


def claimed(outbox: Outbox) -> Claimed:
    """Claim the one message that is due, as a process does just before it sends."""
    rooms = {"sms": Room(50, 5), "telegram": Room(50, 5)}
    return outbox.app.database.run(
        lambda session: claim(session, outbox.now, rooms, outbox.app.deployment)  # type: ignore[arg-type]
    )[0]


TAKEN_WITHOUT_A_WORD = [
    pytest.param(hang(accepted=True), id="hangs"),
    pytest.param(reset(accepted=True), id="resets the connection"),
    pytest.param(server_error(504, accepted=True), id="a gateway gives up"),
]


@pytest.mark.parametrize("fault", TAKEN_WITHOUT_A_WORD)
def test_a_text_the_provider_took_without_a_word_is_found_and_not_sent_again(
    tmp_path: Path, fault: Fault
) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.twilio.fail_next(fault)
        key = outbox.say(JEAN, "See you at the Oyster Hall")
        outbox.look()
        assert outbox.row(key).state is DeliveryState.UNKNOWN
        outbox.later(minutes=1)
        assert outbox.row(key).state is DeliveryState.SENT
        assert outbox.row(key).provider_id == f"twilio:{outbox.twilio.messages[0].sid}"
        outbox.through(timedelta(hours=1), timedelta(minutes=5))
        assert outbox.twilio.texts_to(NUMBER) == ["See you at the Oyster Hall"]


def test_a_text_the_provider_never_took_is_looked_up_and_then_sent(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.twilio.fail_next(reset())
        key = outbox.say(JEAN, "See you at the Oyster Hall")
        outbox.look()
        outbox.later(minutes=1)
        assert outbox.row(key).state is DeliveryState.SENT
        assert [call.operation for call in outbox.twilio.calls] == ["create", "list", "create"]
        assert len(outbox.twilio.texts_to(NUMBER)) == 1


def test_while_the_provider_cannot_be_asked_nothing_is_sent_and_then_it_is_found(
    tmp_path: Path,
) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.twilio.fail_next(hang(accepted=True))
        outbox.twilio.fail_always(server_error(), on="list")
        key = outbox.say(JEAN, "See you at the Oyster Hall")
        outbox.look()
        outbox.through(timedelta(hours=3), timedelta(minutes=5))
        assert outbox.row(key).state is DeliveryState.UNKNOWN
        assert outbox.tasks("message_unknown") == []
        outbox.twilio.recover()
        outbox.through(timedelta(minutes=15), timedelta(minutes=5))
        assert outbox.row(key).state is DeliveryState.SENT
        assert len(outbox.twilio.texts_to(NUMBER)) == 1


def test_a_provider_that_cannot_be_asked_for_a_day_is_told_to_a_person(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.twilio.fail_next(hang(accepted=True))
        outbox.twilio.fail_always(server_error(), on="list")
        key = outbox.say(JEAN, "See you at the Oyster Hall")
        outbox.look()
        outbox.through(timedelta(hours=25), timedelta(hours=1))
        outbox.twilio.recover()
        outbox.through(timedelta(hours=2), timedelta(hours=1))
        assert outbox.row(key).state is DeliveryState.UNKNOWN
        assert len(outbox.tasks("message_unknown")) == 1
        assert len(outbox.twilio.texts_to(NUMBER)) == 1


def test_what_telegram_may_have_taken_is_shown_and_not_sent_again(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.telegram.fail_next(hang(accepted=True))
        key = outbox.say(ASHA, "See you at the Oyster Hall")
        outbox.look()
        outbox.through(timedelta(hours=1), timedelta(minutes=1))
        assert outbox.row(key).state is DeliveryState.UNKNOWN
        assert len(outbox.tasks("message_unknown")) == 1
        assert len(outbox.telegram.texts_to(CHAT)) == 1


def test_urgent_help_of_unknown_outcome_is_sent_again_after_a_minute(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.telegram.fail_next(hang())
        outbox.say(ASHA, "Ring 999", OutboundKind.URGENT_HELP)
        outbox.look()
        outbox.later(seconds=59)
        assert outbox.telegram.texts_to(CHAT) == []
        outbox.later(seconds=1)
        assert outbox.telegram.texts_to(CHAT) == ["Ring 999"]
        assert outbox.tasks("message_unknown") == []


def test_urgent_help_by_sms_is_found_where_twilio_can_tell(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.twilio.fail_next(hang(accepted=True))
        outbox.say(JEAN, "Ring 999", OutboundKind.URGENT_HELP)
        outbox.look()
        outbox.later(seconds=60)
        assert outbox.twilio.texts_to(NUMBER) == ["Ring 999"]


def test_urgent_help_is_not_sent_for_ever(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.telegram.fail_always(hang(accepted=True))
        outbox.say(ASHA, "Ring 999", OutboundKind.URGENT_HELP)
        outbox.look()
        outbox.through(timedelta(minutes=20), timedelta(minutes=1))
        assert len(outbox.telegram.texts_to(CHAT)) == 5
        assert len(outbox.tasks("message_unknown")) == 1


@pytest.mark.parametrize("taken", [True, False])
def test_a_process_that_dies_while_it_sends_leaves_one_text(tmp_path: Path, *, taken: bool) -> None:
    with live_outbox(tmp_path) as outbox:
        key = outbox.say(JEAN, "See you at the Oyster Hall")
        message = claimed(outbox)
        outbox.twilio.now = outbox.now
        if taken:
            outbox.loop.run_until_complete(outbox.app.channels["sms"].send(message.outbound))
        outbox.die_and_start_again()
        outbox.through(timedelta(minutes=5), timedelta(seconds=30))
        assert outbox.row(key).state is DeliveryState.SENT
        assert len(outbox.twilio.texts_to(NUMBER)) == 1


def test_two_texts_of_the_same_words_are_two_and_neither_is_taken_for_the_other(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.say(JEAN, "Thank you")
        outbox.look()
        outbox.twilio.fail_next(reset())
        second = outbox.say(JEAN, "Thank you")
        outbox.look()
        outbox.later(minutes=1)
        assert outbox.row(second).state is DeliveryState.SENT
        assert len(outbox.twilio.texts_to(NUMBER)) == 2


def test_the_outcome_of_an_attempt_that_no_longer_counts_changes_nothing(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        key = outbox.say(JEAN, "See you at the Oyster Hall")
        first = claimed(outbox)
        outbox.twilio.now = outbox.now
        outbox.loop.run_until_complete(outbox.app.channels["sms"].send(first.outbound))
        outbox.later(seconds=LEASE.total_seconds())  # the first one's lease is over; a second one looks up
        assert outbox.row(key).state is DeliveryState.SENT
        outcomes = outbox.app.sender._outcomes
        for late in (
            lambda s: outcomes.failed(s, first, OutcomeUnknown("timed-out"), outbox.now),
            lambda s: outcomes.give_up_unknown(s, first, outbox.now),
            lambda s: outcomes.not_tried(s, first, outbox.now),
            lambda s: outcomes.look_up_later(s, first, outbox.now, None),
            lambda s: outcomes.sent(s, first, Sent("twilio:other", DeliveryState.SENT), outbox.now),
            lambda s: outcomes.found(s, first, Found((Sent("twilio:o", DeliveryState.SENT),)), outbox.now),
        ):
            outbox.app.database.run(late)
        row = outbox.row(key)
        assert row.state is DeliveryState.SENT
        assert row.provider_id == f"twilio:{outbox.twilio.messages[0].sid}"
        assert len(outbox.twilio.texts_to(NUMBER)) == 1


def test_what_waited_too_long_to_leave_is_given_back_and_not_sent_on_a_lease_that_is_over(
    tmp_path: Path,
) -> None:
    with live_outbox(tmp_path) as outbox:
        key = outbox.say(JEAN, "See you at the Oyster Hall")
        message = claimed(outbox)
        late = message.leased_until - timedelta(seconds=5)
        sender = outbox.app.sender
        outbox.loop.run_until_complete(sender._try(message, lambda: late))
        assert outbox.twilio.calls == []
        assert outbox.row(key).state is DeliveryState.QUEUED
        outbox.later(minutes=2)
        assert len(outbox.twilio.texts_to(NUMBER)) == 1


def test_two_looks_at_the_same_time_send_each_message_once(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.twilio.latency = 0.02
        for i in range(20):
            outbox.say(f"sms:+4477009001{i:02d}", f"Number {i}")
        sender = outbox.app.sender

        async def both() -> None:
            await asyncio.gather(*(sender.send_due(outbox.now) for _ in range(4)))

        outbox.loop.run_until_complete(both())
        assert sorted(m.body for m in outbox.twilio.messages) == sorted(f"Number {i}" for i in range(20))


def test_one_thing_is_told_once_however_often_it_falls_due(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        assert outbox.say(JEAN, "It is tomorrow", occurrence="day_before:1:0") is not None
        assert outbox.say(JEAN, "It is tomorrow", occurrence="day_before:1:0") is None
        outbox.look()
        assert outbox.say(JEAN, "It is tomorrow", occurrence="day_before:1:0") is None
        assert len(outbox.twilio.texts_to(NUMBER)) == 1


def test_what_comes_after_a_text_of_unknown_outcome_waits_for_it(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.twilio.fail_next(reset())
        outbox.say(JEAN, "first")
        outbox.say(JEAN, "second")
        outbox.look()
        outbox.later(seconds=30)
        assert outbox.twilio.texts_to(NUMBER) == []
        outbox.later(seconds=30)
        assert outbox.twilio.texts_to(NUMBER) == ["first", "second"]


def test_urgent_help_does_not_wait_for_what_is_stuck_before_it(tmp_path: Path) -> None:
    with live_outbox(tmp_path) as outbox:
        outbox.twilio.fail_next(reset())
        outbox.say(JEAN, "first")
        outbox.look()
        outbox.say(JEAN, "Ring 999", OutboundKind.URGENT_HELP)
        outbox.later(seconds=1)
        assert outbox.twilio.texts_to(NUMBER) == ["Ring 999"]
