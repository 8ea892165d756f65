"""Reading what Twilio posts to us: whose it is, the text in it, the delivery report in it.

Pure and quick: a message passes here on every request, and on every forged one too.
Source for the fields: Twilio, "TwiML for Programmable Messaging" and "Outbound Message Status in Status
Callbacks". Source for the signature: Twilio, "Webhooks Security" (HMAC-SHA1 over the URL and sorted fields).
"""

from __future__ import annotations

import hmac
from binascii import b2a_base64
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from wellbeing_bot.channels.base import MalformedWebhook, clean_text
from wellbeing_bot.messages import Address, DeliveryState, Inbound, InboundKind, StatusReport

EMPTY_TWIML = b'<?xml version="1.0" encoding="UTF-8"?><Response></Response>'
"""The answer to an inbound message: nothing to say now, the reply leaves by the outbox."""

MAX_FIELD = 64  # Twilio's ids have 34 characters, its longest addresses under 40
MAX_MEDIA = 10

STATE_OF: Mapping[str, DeliveryState] = {
    "delivered": DeliveryState.DELIVERED,
    "partially_delivered": DeliveryState.DELIVERED,
    "read": DeliveryState.READ,
    "undelivered": DeliveryState.UNDELIVERED,
    "failed": DeliveryState.FAILED,
    "canceled": DeliveryState.FAILED,
}
"""Twilio's words that settle something. Every other one (accepted, queued, sending, sent, and any it may add)
says only that Twilio has the message, which is our SENT."""


def verify(url: str, params: Mapping[str, str], signature: str | None, auth_token: str) -> bool:
    """Whether Twilio signed this request with our token.

    Args:
        url: the address Twilio was given, built from the configured public address, query included.
        params: every POST field, unknown ones too.
        signature: the X-Twilio-Signature header; missing is simply false.
    """
    if not signature:
        return False
    fields = "".join([name + value for name, value in sorted(params.items())])
    given = signature.encode("utf-8", "replace")
    if hmac.compare_digest(_sign(url + fields, auth_token), given):
        return True
    # Twilio is not consistent about the port; its own validator accepts the URL with it and without it.
    return hmac.compare_digest(_sign(_other_port(urlsplit(url)) + fields, auth_token), given)


def _sign(text: str, auth_token: str) -> bytes:
    digest = hmac.digest(auth_token.encode(), text.encode("utf-8", "replace"), "sha1")
    return b2a_base64(digest, newline=False)


def _other_port(url: SplitResult) -> str:
    if url.port:
        return url._replace(netloc=url.netloc.rpartition(":")[0]).geturl()
    return url._replace(netloc=f"{url.netloc}:{443 if url.scheme == 'https' else 80}").geturl()


def parse_message(params: Mapping[str, str], received_at: datetime) -> Inbound:
    """The message in a webhook.

    With Advanced Opt-Out, ``OptOutType`` says that Twilio has answered a keyword itself (STOP, START, HELP).

    Raises:
        MalformedWebhook: MessageSid, From or To is missing, too long or not printable.
    """
    sid = _field(params, "MessageSid")
    opt_out = params.get("OptOutType", "").upper()
    carrier_opt_out = opt_out if opt_out in {"STOP", "START", "HELP"} else None
    text = clean_text(params.get("Body", ""))
    media = _media(params)
    kind = InboundKind.TEXT
    if carrier_opt_out:
        kind = InboundKind.OPT_OUT
    elif media and not text.strip():
        kind = InboundKind.MEDIA
    return Inbound(
        provider_id=f"twilio:{sid}",
        kind=kind,
        sender=Address("sms", _field(params, "From")),
        line=_field(params, "To"),
        text=text,
        received_at=received_at,
        media=media,
        carrier_opt_out=carrier_opt_out,
    )


def parse_status(params: Mapping[str, str]) -> StatusReport:
    """The delivery report in a status callback.

    Raises:
        MalformedWebhook: MessageSid or MessageStatus is missing, too long or not printable.
    """
    sid = _field(params, "MessageSid")
    state = STATE_OF.get(_field(params, "MessageStatus").lower(), DeliveryState.SENT)
    error_code = params.get("ErrorCode", "")[:MAX_FIELD]
    return StatusReport(f"twilio:{sid}", state, error_code if error_code.isdigit() else None)


def _field(params: Mapping[str, str], name: str) -> str:
    value = params.get(name, "")
    if not value or len(value) > MAX_FIELD or not value.isprintable():
        raise MalformedWebhook(f"{name} is missing or not as Twilio sends it")
    return value


def _media(params: Mapping[str, str]) -> tuple[str, ...]:
    count = params.get("NumMedia", "0")
    if count == "0" or not (count.isascii() and count.isdigit()):
        return ()
    wanted = range(min(int(count[:4]), MAX_MEDIA))
    return tuple(params.get(f"MediaContentType{i}", "attachment")[:MAX_FIELD] for i in wanted)
