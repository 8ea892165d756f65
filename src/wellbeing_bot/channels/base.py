"""What every channel is: something that sends one message and says honestly what became of it.

The service knows channels only through this file. The errors a send can end in::

    SendError
    ├── RetrySoon         busy or out of reach, nothing was taken: try again in seconds or minutes
    ├── Later             this phone cannot be reached now: try again in minutes or hours
    │   └── Misconfigured our account or settings are at fault: try again later, and tell a person now
    ├── Final             this address will never take it: a landline, an unknown chat
    │   └── TooLong       the text is longer than the provider takes
    ├── OptedOut          the carrier holds this person's STOP
    ├── Blocked           the person blocked the bot
    └── OutcomeUnknown    it may or may not have gone: look it up, never send again blindly

An error carries the provider's code and nothing else. Providers put telephone numbers and texts into their
error messages; those are dropped where they arise, so that logging an error can never leak one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from wellbeing_bot.messages import ChannelName, DeliveryState, Inbound, Outbound, StatusReport


class MalformedWebhook(ValueError):
    """What came in is not what the provider sends. Answered with 400 and stored nowhere."""


class SendError(Exception):
    """A message was not, or may not have been, handed to the provider.

    Attributes:
        code: the provider's own code ("21610", "403"), or a word of ours where nothing came back
            ("no-connection", "timed-out", "cut-off", "garbled").
        retryable: whether sending the same message again can ever be right.
    """

    retryable: ClassVar[bool] = False

    def __init__(self, code: str | None = None) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return f"{type(self).__name__} ({self.code or 'no code'})"


class RetrySoon(SendError):
    """The provider is busy or out of reach and has not taken the message.

    Attributes:
        retry_after: seconds the provider asks us to wait, if it said so.
    """

    retryable = True

    def __init__(self, code: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.retry_after = retry_after


class Later(SendError):
    """The phone cannot be reached at the moment: switched off, no signal, a carrier's trouble."""

    retryable = True


class Misconfigured(Later):
    """Our account, number or credentials are at fault, not the person's phone: somebody has to act."""


class Final(SendError):
    """This address will never take this message. It becomes a Task for a person."""


class TooLong(Final):
    """The text is longer than the provider takes. Nothing was sent."""


class OptedOut(SendError):
    """The carrier refuses because the person told it STOP."""


class Blocked(SendError):
    """The person has blocked the bot, or never started it."""


class OutcomeUnknown(SendError):
    """The request may have reached the provider and no answer came back."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider has the message."""

    provider_id: str  # "twilio:SM...", "telegram:<bot>:<chat>:<message_id>"
    state: DeliveryState  # SENT while a delivery report may still follow


@dataclass(frozen=True, slots=True)
class Found:
    """The provider has it. Oldest first; one, unless the same words went to the same address twice.

    The caller takes the first one that belongs to no other message of ours.
    """

    matches: tuple[Sent, ...]


@dataclass(frozen=True, slots=True)
class Absent:
    """The provider does not have it: it may be sent again."""


@dataclass(frozen=True, slots=True)
class CannotTell:
    """Nobody will ever be able to say. The message is marked unknown and shown, not sent again."""

    why: str  # a code or a few words of ours, never the person's


class Channel(Protocol):
    """One way to send: SMS by Twilio, a Telegram bot, the simulator."""

    @property
    def name(self) -> ChannelName:
        """Which addresses this channel serves."""
        ...

    async def send(self, message: Outbound) -> Sent:
        """Hand one message to the provider, once.

        Raises:
            SendError: one of the tree above; nothing else comes out of a send.
        """
        ...

    async def look_up(self, message: Outbound, since: datetime) -> Found | Absent | CannotTell:
        """Ask the provider whether it has a message whose outcome is unknown.

        Providers list a new message after a moment: ask some ten seconds after the attempt, not at once.

        Args:
            message: the message as it was sent.
            since: when the attempt began (aware); older messages with the same words do not count.

        Raises:
            SendError: the provider could not be asked now; another time it may be able to tell.
        """
        ...

    async def recent_inbound(self, since: datetime, lines: Collection[str] = ()) -> list[Inbound]:
        """What people sent us since then, oldest first, for a service that was down.

        Args:
            since: aware.
            lines: numbers of ours to ask about; by default the channel's own sender.

        Raises:
            SendError: the provider could not be asked.
        """
        ...

    async def report_on(self, provider_id: str) -> StatusReport | None:
        """What has become of a message the provider took, where its own report never reached us.

        Args:
            provider_id: as ``Sent`` gave it.

        Returns:
            What it would have reported; None where the provider does not know, or keeps no such record.

        Raises:
            SendError: the provider could not be asked.
        """
        ...

    async def close(self) -> None:
        """Give back connections. The channel is not used afterwards."""
        ...


def clean_text(text: str) -> str:
    """A person's text without what no database can hold: NUL characters and halves of surrogate pairs."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode("utf-8")
