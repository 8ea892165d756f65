"""The values every layer shares: who wrote what to whom.

Everything here is frozen and knows nothing of databases, providers or clocks.
A layer that needs more wraps these values; it does not add to them.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

ChannelName = Literal["sms", "telegram"]


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A way to reach somebody: ``sms:+447700900123`` or ``telegram:123456``.

    One address may serve several people (a couple with one phone) and one person may have several.
    """

    channel: ChannelName
    value: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.value}"

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read the written form back.

        Raises:
            ValueError: the text is not ``sms:<number>`` or ``telegram:<id>``.
        """
        channel, sep, value = text.strip().partition(":")
        if not sep or not value:
            raise ValueError("an address is written sms:+447700900123 or telegram:123456")
        if channel == "sms":
            return cls("sms", value)
        if channel == "telegram":
            return cls("telegram", value)
        raise ValueError(f"unknown channel {channel!r}; write sms: or telegram:")


class InboundKind(enum.StrEnum):
    """What came through the one door. Time and desk actions travel the same road as texts."""

    TEXT = "text"
    MEDIA = "media"  # a picture, sticker, voice note, location: nothing to read, still answered
    BUTTON = "button"  # a Telegram button; ``text`` holds the button's own words or value
    TIMER = "timer"  # a reminder that fell due
    DESK = "desk"  # something a member of staff did
    BLOCKED = "blocked"  # the person blocked the bot, the channel says so
    OPT_OUT = "opt_out"  # the carrier handled STOP / START itself and tells us


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message in. ``provider_id`` is unique over all channels and is what makes a repeat harmless."""

    provider_id: str  # "twilio:SM...", "telegram:<bot>:<update_id>", "timer:<id>", "desk:<id>"
    kind: InboundKind
    sender: Address
    line: str  # the number or bot of ours that it came to, as the provider names it
    text: str
    received_at: datetime  # aware, UTC
    media: tuple[str, ...] = ()  # kinds of attachment: "photo", "voice", "sticker", "location", "image/jpeg"
    carrier_opt_out: str | None = None  # Twilio's OptOutType: "STOP", "START", "HELP"
    payload: Mapping[str, str] = field(default_factory=dict)  # machine details of timers and desk actions


@dataclass(frozen=True, slots=True)
class Button:
    """A choice offered as a button. ``value`` is sent back as if the person had typed it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message out, as a channel gets it."""

    id: int  # our own row
    to: Address
    line: str  # the number or bot of ours it leaves from
    text: str
    buttons: tuple[Button, ...] = ()
    attempt: int = 1


class DeliveryState(enum.StrEnum):
    """Where a message out has got to. Provider reports only ever move it forward (see ``rank``)."""

    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"  # the provider may or may not have it; looked up, never blindly resent
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    DROPPED = "dropped"  # we decided not to send: opted out, lost its sense, over the cap

    @property
    def rank(self) -> int:
        """Order of states; a report with a lower rank than what is stored changes nothing."""
        return _RANK[self]

    @property
    def terminal(self) -> bool:
        """Whether nothing more is expected (``read`` may still follow ``delivered``)."""
        return self in {
            DeliveryState.DELIVERED,
            DeliveryState.READ,
            DeliveryState.UNDELIVERED,
            DeliveryState.FAILED,
            DeliveryState.DROPPED,
        }


_RANK: dict[DeliveryState, int] = {
    DeliveryState.QUEUED: 0,
    DeliveryState.SENDING: 1,
    DeliveryState.UNKNOWN: 2,
    DeliveryState.SENT: 3,
    DeliveryState.UNDELIVERED: 4,
    DeliveryState.FAILED: 4,
    DeliveryState.DROPPED: 4,
    DeliveryState.DELIVERED: 4,
    DeliveryState.READ: 5,
}


@dataclass(frozen=True, slots=True)
class StatusReport:
    """A provider's word on a message out."""

    provider_id: str  # the provider's id of the message, with the channel's prefix
    state: DeliveryState
    error_code: str | None = None
