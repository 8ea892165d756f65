"""HTTP for both channels: one client with our time-outs, and what each failure means for a send.

The question that matters after a failure is whether the provider may already have the message. httpx tells:
a connection that was never made carried nothing; anything later may have.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

import httpx

from wellbeing_bot.channels.base import Misconfigured, OutcomeUnknown, RetrySoon, SendError

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0  # Twilio and Telegram answer in well under a second; beyond this, look it up instead
POOL_SECONDS = 30.0  # waiting for a free connection of ours says nothing about the provider: be patient
MAX_CONNECTIONS = 100
KEEPALIVE_SECONDS = (
    15.0  # shorter than providers keep idle connections, so that we rarely write to a dead one
)

_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
_NOT_A_REQUEST = (httpx.UnsupportedProtocol, httpx.LocalProtocolError)
_GATEWAY_STATUSES = frozenset({502, 504})

# These loggers print whole URLs, which hold telephone numbers and the bot's token, and python-telegram-bot's
# print texts. A level set on the logger itself holds whatever the deployment's root level is.
for _name in ("httpx", "httpcore", "telegram", "twilio"):
    logging.getLogger(_name).setLevel(logging.WARNING)


def new_client(max_connections: int = MAX_CONNECTIONS) -> httpx.AsyncClient:
    """A client for one provider. The caller closes it."""
    return httpx.AsyncClient(timeout=timeout(), limits=limits(max_connections), follow_redirects=False)


def timeout(read: float = READ_SECONDS) -> httpx.Timeout:
    """Seconds allowed for each stage of one request."""
    return httpx.Timeout(connect=CONNECT_SECONDS, read=read, write=CONNECT_SECONDS, pool=POOL_SECONDS)


def limits(max_connections: int = MAX_CONNECTIONS) -> httpx.Limits:
    """Every connection may stay open for the next message, for a short while."""
    return httpx.Limits(
        max_connections=max_connections,
        max_keepalive_connections=max_connections,
        keepalive_expiry=KEEPALIVE_SECONDS,
    )


def from_transport_error(error: httpx.HTTPError) -> SendError:
    """What a failure below HTTP means for a message that was being sent."""
    if isinstance(error, _NEVER_SENT):
        return RetrySoon("no-connection")
    if isinstance(error, _NOT_A_REQUEST):
        return Misconfigured("bad-address")
    if isinstance(error, httpx.TimeoutException):
        return OutcomeUnknown("timed-out")
    return OutcomeUnknown("cut-off")


def from_status(status: int, retry_after: float | None, *, said_by_provider: bool) -> SendError | None:
    """What an HTTP status alone means for a message, or None for those the provider's own code decides.

    A 502 or 504 that is not in the provider's own format comes from a gateway which gave up waiting:
    what stands behind it may have taken the message.

    Args:
        said_by_provider: the body is the provider's own error format.
    """
    if status == 429:
        return RetrySoon("429", retry_after)
    if status in _GATEWAY_STATUSES and not said_by_provider:
        return OutcomeUnknown(str(status))
    if status >= 500:
        return RetrySoon(str(status), retry_after)
    if status in {401, 403, 404} or 300 <= status < 400:
        return Misconfigured(str(status))
    return None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by the Retry-After header (RFC 9110, 10.2.3), or None.

    A date is measured against the response's own Date header: the provider's clock on both sides.
    """
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.replace(".", "", 1).isdigit():
        return float(value)
    until, now = _http_date(value), _http_date(headers.get("date", ""))
    if until is None or now is None:
        return None
    return max(0.0, (until - now).total_seconds())


def _http_date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return date if date.tzinfo else None


class SdkTransport:
    """The transport that Twilio's SDK asks for, over httpx.

    The SDK takes any object with ``is_async`` and ``request``. Its exceptions drop the headers, and with them
    Retry-After, so every answer that is not a success becomes a SendError here, before the SDK sees it.
    """

    is_async = True

    def __init__(self, client: httpx.AsyncClient, error_for: Callable[[httpx.Response], SendError]) -> None:
        self._client = client
        self._error_for = error_for

    async def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> httpx.Response:
        """One request of the SDK's. ``timeout`` and ``allow_redirects`` are ours to decide, not the SDK's.

        Raises:
            SendError: there was no answer, or the answer is not a success.
        """
        try:
            response = await self._client.request(
                method, url, params=params, data=data, headers=headers, auth=auth
            )
        except httpx.HTTPError as error:
            raise from_transport_error(error) from None
        if response.is_success:
            return response
        raise self._error_for(response)
