"""A channel without a provider, for the demo and for tests.

It takes every message at once. The phones on the simulator page are rows in the database like any others;
what is kept here is only how an address behaves, and the last messages given, for tests to look at.
"""

from __future__ import annotations

import uuid
from collections import deque
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Literal

from wellbeing_bot.channels.base import (
    Absent,
    Blocked,
    CannotTell,
    Final,
    Found,
    Later,
    OptedOut,
    OutcomeUnknown,
    RetrySoon,
    SendError,
    Sent,
)
from wellbeing_bot.messages import Address, ChannelName, DeliveryState, Inbound, Outbound, StatusReport

Behaviour = Literal["ok", "landline", "unreachable", "opted_out", "blocked", "busy", "unknown"]

KEPT = 10_000  # messages remembered; the demo may run for weeks

_REFUSALS: Mapping[str, Callable[[], SendError]] = {
    "landline": lambda: Final("30006"),
    "unreachable": lambda: Later("30003"),
    "opted_out": lambda: OptedOut("21610"),
    "blocked": lambda: Blocked("403"),
    "busy": lambda: RetrySoon("429"),
    "unknown": lambda: OutcomeUnknown("timed-out"),
}


class SimulatorChannel:
    """Accepts and delivers everything, except to addresses that were told to behave otherwise.

    Attributes:
        given: the messages it was asked to send, refused ones too, newest last.
    """

    def __init__(self, name: ChannelName) -> None:
        self.name: ChannelName = name
        self.given: deque[Outbound] = deque(maxlen=KEPT)
        self._delivered: deque[tuple[Outbound, Sent]] = deque(maxlen=KEPT)
        self._behaviours: dict[Address, Behaviour] = {}

    def behave(self, address: Address, behaviour: Behaviour) -> None:
        """From now on this address is a landline, switched off, opted out …, or "ok" again.

        Raises:
            ValueError: there is no such behaviour.
        """
        if behaviour == "ok":
            self._behaviours.pop(address, None)
        elif behaviour in _REFUSALS:
            self._behaviours[address] = behaviour
        else:
            raise ValueError(f"no behaviour {behaviour!r}; choose ok, {', '.join(_REFUSALS)}")

    def behaviour(self, address: Address) -> Behaviour:
        """How an address behaves now."""
        return self._behaviours.get(address, "ok")

    def reset(self) -> None:
        """Forget every message and every behaviour."""
        self.given.clear()
        self._delivered.clear()
        self._behaviours.clear()

    async def send(self, message: Outbound) -> Sent:
        """Deliver at once, or refuse as the address behaves."""
        self.given.append(message)
        if refusal := _REFUSALS.get(self.behaviour(message.to)):
            raise refusal()
        sent = Sent(f"simulator:{self.name}:{uuid.uuid4().hex}", DeliveryState.DELIVERED)
        self._delivered.append((message, sent))
        return sent

    async def look_up(self, message: Outbound, since: datetime) -> Found | Absent | CannotTell:
        """Whether this message of ours was delivered; an address that behaves "unknown" cannot tell."""
        if self.behaviour(message.to) == "unknown":
            return CannotTell("the simulated phone does not say")
        matches = tuple(sent for given, sent in self._delivered if given.id == message.id)
        return Found(matches) if matches else Absent()

    async def recent_inbound(self, since: datetime, lines: Collection[str] = ()) -> list[Inbound]:
        """Nothing: simulated phones hand their texts straight to the service."""
        return []

    async def report_on(self, provider_id: str) -> StatusReport | None:
        """None: a simulated phone has its message at once, and nothing is left to ask."""
        return None

    async def close(self) -> None:
        """Nothing to give back."""
