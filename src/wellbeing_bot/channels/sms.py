"""SMS by Twilio. The only file that knows Twilio's SDK."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from twilio.rest import Client  # type: ignore[import-untyped]

from wellbeing_bot.channels import http, twilio_codes
from wellbeing_bot.channels.base import (
    Absent,
    CannotTell,
    Found,
    OutcomeUnknown,
    RetrySoon,
    SendError,
    Sent,
    TooLong,
    clean_text,
)
from wellbeing_bot.channels.gsm7 import simplify
from wellbeing_bot.channels.twilio_codes import error_for
from wellbeing_bot.channels.twilio_webhooks import (
    EMPTY_TWIML,
    STATE_OF,
    parse_message,
    parse_status,
    verify,
)
from wellbeing_bot.messages import (
    Address,
    ChannelName,
    DeliveryState,
    Inbound,
    InboundKind,
    Outbound,
    StatusReport,
)

__all__ = ["EMPTY_TWIML", "TwilioChannel", "error_for", "parse_message", "parse_status", "verify"]

API_BASE_URL = "https://api.twilio.com"
MAX_CHARACTERS = 1600  # Twilio's limit for one message, error 21617
LOOK_BACK = 200  # messages to one number to look through for one of unknown outcome
CLOCK_SKEW = timedelta(seconds=30)  # Twilio's clock, in whole seconds, against ours
GONE = frozenset({"20404", "404"})
"""Twilio has no such message: an account may have its messages deleted after some days."""

TRIAL_PREFIX = "Sent from your Twilio trial account - "


class TwilioChannel:
    """Sends through one Twilio account.

    Args:
        sender: a Messaging Service ("MG...") or the number to text from.
        status_callback_url: where Twilio reports deliveries; none are asked for without it.
        pool: connections to share, closed by whoever made them; by default the channel's own.
        api_base_url: another address for Twilio's API, such as an emulator's.
        services: a Messaging Service for each line that has one of its own; ``sender`` serves the others.
    """

    name: ChannelName = "sms"

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        sender: str,
        *,
        status_callback_url: str | None = None,
        pool: http.HttpPool | None = None,
        api_base_url: str = API_BASE_URL,
        services: Mapping[str, str] | None = None,
    ) -> None:
        self._sender = sender
        self._services = dict(services or {})
        self._status_callback_url = status_callback_url
        connections = pool or http.HttpPool()
        self._own_pool = None if pool else connections
        # A non-empty ``environment`` keeps the SDK from reading the process's own.
        sdk = Client(
            account_sid,
            auth_token,
            http_client=http.SdkTransport(connections, _error_in),
            environment={"TWILIO_REGION": ""},
        )
        sdk.api.base_url = api_base_url.rstrip("/")
        self._messages = sdk.messages

    async def send(self, message: Outbound) -> Sent:
        """Ask Twilio to send one text. Asked once only: creating a message has no idempotency key.

        Raises:
            SendError: see ``channels.base``; the codes are in ``twilio_codes``.
        """
        if len(message.text) > MAX_CHARACTERS:
            raise TooLong("21617")
        try:
            record = await self._messages.create_async(**self._fields(message))
        except SendError:
            raise
        except Exception:  # a success that the SDK cannot read: Twilio most likely has the message
            raise OutcomeUnknown("garbled") from None
        if not record.sid:
            raise OutcomeUnknown("garbled")
        return _sent(record)

    def _fields(self, message: Outbound) -> dict[str, str]:
        fields = {"to": message.to.value, "body": message.text}
        if self._status_callback_url:
            fields["status_callback"] = self._status_callback_url
        sender = self._services.get(message.line, self._sender)
        if sender.startswith("MG"):
            fields["messaging_service_sid"] = sender
        else:
            fields["from_"] = sender
        if message.line.startswith("+"):  # a network's own number; with a service, one of its senders
            fields["from_"] = message.line
        return fields

    async def look_up(self, message: Outbound, since: datetime) -> Found | Absent | CannotTell:
        """Look for the text among the newest ones Twilio lists for this number.

        Raises:
            SendError: Twilio could not be asked now.
        """
        try:
            records = await self._messages.list_async(to=message.to.value, limit=LOOK_BACK)
            matches = [r for r in records if _is_attempt(r, message, since - CLOCK_SKEW)]
            seen_far_enough = len(records) < LOOK_BACK or min(map(_created, records)) < since - CLOCK_SKEW
        except OutcomeUnknown as error:  # nothing was being sent: simply ask again
            raise RetrySoon(error.code) from None
        except SendError:
            raise
        except Exception:  # a list the SDK cannot read
            raise RetrySoon("garbled") from None
        if matches:
            return Found(tuple(_sent(r) for r in sorted(matches, key=_created)))
        return Absent() if seen_far_enough else CannotTell("too many messages to look through")

    async def recent_inbound(self, since: datetime, lines: Collection[str] = ()) -> list[Inbound]:
        """Texts that reached Twilio since then, oldest first, as the webhook would have brought them.

        The list does not say which of them Twilio took as an opt-out, nor what kind an attachment is.

        Raises:
            SendError: Twilio could not be asked.
        """
        own = None if self._sender.startswith("MG") else self._sender
        try:
            records = [record for line in lines or (own,) for record in await self._listed(since, line)]
            return [_inbound(record) for record in sorted(records, key=_created)]
        except OutcomeUnknown as error:  # nothing was being sent: simply ask again
            raise RetrySoon(error.code) from None
        except SendError:
            raise
        except Exception:  # a list the SDK cannot read
            raise RetrySoon("garbled") from None

    async def _listed(self, since: datetime, line: str | None) -> list[Any]:
        """What came to one number, or to any, oldest first; Twilio lists the newest first, in pages."""
        wanted: dict[str, Any] = {"date_sent_after": since.astimezone(UTC)}
        if line is not None:
            wanted["to"] = line
        records = await self._messages.list_async(**wanted, page_size=1000)
        return [record for record in reversed(self._ours(records)) if _created(record) >= since]

    def _ours(self, records: Iterable[Any]) -> list[Any]:
        """Inbound records of this channel's senders; an account may serve other programs too."""
        services = {self._sender, None, ""}
        return [
            r
            for r in records
            if r.direction == "inbound"
            and (not self._sender.startswith("MG") or r.messaging_service_sid in services)
        ]

    async def report_on(self, provider_id: str) -> StatusReport | None:
        """What Twilio says of one message now. None where it has no such message any more.

        Raises:
            SendError: Twilio could not be asked.
        """
        try:
            record = await self._messages(provider_id.removeprefix("twilio:")).fetch_async()
        except OutcomeUnknown as error:  # nothing was being sent: simply ask again
            raise RetrySoon(error.code) from None
        except SendError as error:
            if error.code in GONE:
                return None
            raise
        except Exception:  # a record the SDK cannot read
            raise RetrySoon("garbled") from None
        code = str(record.error_code) if record.error_code else None
        return StatusReport(provider_id, _sent(record).state, code)

    async def close(self) -> None:
        """Close the channel's own connections."""
        if self._own_pool:
            await self._own_pool.close()


def _error_in(response: httpx.Response) -> SendError:
    """The error in an answer: Twilio's own code if it gives one we know, else the status."""
    code, wait = _code_in(response), http.retry_after(response.headers)
    if twilio_codes.is_known(code):
        return error_for(code, wait)
    by_status = http.from_status(response.status_code, wait, said_by_provider=code is not None)
    return by_status or error_for(code or str(response.status_code))


def _code_in(response: httpx.Response) -> str | None:
    try:
        code = response.json()["code"]
    except (ValueError, KeyError, TypeError):
        return None
    return str(code) if isinstance(code, int) else None


def _sent(record: Any) -> Sent:
    state = STATE_OF.get(record.status or "", DeliveryState.SENT)
    return Sent(f"twilio:{record.sid}", state)


def _created(record: Any) -> datetime:
    created: datetime = record.date_created
    return created


def _is_attempt(record: Any, message: Outbound, not_before: datetime) -> bool:
    return (
        str(record.direction).startswith("outbound")
        and _created(record) >= not_before
        and _plain(str(record.body).removeprefix(TRIAL_PREFIX)) == _plain(message.text)
    )


def _plain(text: str) -> str:
    """Twilio may trim a text, or swap typographic characters (Smart Encoding), before it stores it."""
    return " ".join(simplify(text).split())


def _inbound(record: Any) -> Inbound:
    text = clean_text(record.body or "")
    media = ("attachment",) * int(record.num_media or 0)
    return Inbound(
        provider_id=f"twilio:{record.sid}",
        kind=InboundKind.MEDIA if media and not text.strip() else InboundKind.TEXT,
        sender=Address("sms", record.from_),
        line=record.to,
        text=text,
        received_at=_created(record),
        media=media,
    )
