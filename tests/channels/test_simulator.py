"""Phones that are not there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.channels.conftest import MARJORIE, outbound
from wellbeing_bot.channels.base import (
    Absent,
    Blocked,
    CannotTell,
    Channel,
    Final,
    Found,
    Later,
    OptedOut,
    OutcomeUnknown,
    RetrySoon,
    SendError,
)
from wellbeing_bot.channels.simulator import Behaviour, SimulatorChannel
from wellbeing_bot.messages import Address, DeliveryState

THEN = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
PHONE = Address("sms", MARJORIE)


async def test_a_message_is_delivered_at_once_under_an_id_of_its_own() -> None:
    channel: Channel = SimulatorChannel("sms")
    first, second = await channel.send(outbound("Hello")), await channel.send(outbound("Hello"))
    assert first.state is second.state is DeliveryState.DELIVERED
    assert first.provider_id != second.provider_id


async def test_it_keeps_what_it_was_given_refused_messages_too() -> None:
    channel = SimulatorChannel("sms")
    await channel.send(outbound("Hello", id=1))
    channel.behave(PHONE, "landline")
    with pytest.raises(Final):
        await channel.send(outbound("Are you there?", id=2))
    assert [message.text for message in channel.given] == ["Hello", "Are you there?"]


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        ("landline", Final),
        ("unreachable", Later),
        ("opted_out", OptedOut),
        ("blocked", Blocked),
        ("busy", RetrySoon),
        ("unknown", OutcomeUnknown),
    ],
)
async def test_an_address_behaves_as_it_was_told(behaviour: Behaviour, error: type[SendError]) -> None:
    channel = SimulatorChannel("sms")
    channel.behave(PHONE, behaviour)
    assert channel.behaviour(PHONE) == behaviour
    with pytest.raises(error):
        await channel.send(outbound())
    await channel.send(outbound(to="+447700900456"))
    channel.behave(PHONE, "ok")
    await channel.send(outbound())


def test_a_behaviour_nobody_knows_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(ValueError, match="landline"):
        SimulatorChannel("sms").behave(PHONE, "on fire")  # type: ignore[arg-type]


async def test_a_look_up_finds_what_was_delivered_and_only_that() -> None:
    channel = SimulatorChannel("telegram")
    sent = await channel.send(outbound(id=1))
    assert await channel.look_up(outbound(id=1), THEN) == Found((sent,))
    assert await channel.look_up(outbound(id=2), THEN) == Absent()
    channel.behave(PHONE, "unknown")
    assert isinstance(await channel.look_up(outbound(id=2), THEN), CannotTell)


async def test_a_reset_forgets_messages_and_behaviours() -> None:
    channel = SimulatorChannel("sms")
    await channel.send(outbound())
    channel.behave(PHONE, "blocked")
    channel.reset()
    assert not channel.given
    assert channel.behaviour(PHONE) == "ok"
    assert await channel.look_up(outbound(), THEN) == Absent()
    assert await channel.recent_inbound(THEN) == []
    await channel.close()
