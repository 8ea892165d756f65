"""HTTP for both channels: a pool with our time-outs, and what each failure means for a send.

The question that matters after a failure is whether the provider may already have the message. httpx tells:
a connection that was never made carried nothing; anything later may have.
"""

from __future__ import annotations

import functools
import logging
import math
import ssl
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from wellbeing_bot.channels.base import Misconfigured, OutcomeUnknown, RetrySoon, SendError

CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0  # Twilio and Telegram answer in well under a second; beyond this, look it up instead
POOL_SECONDS = 30.0  # waiting for a free connection of ours says nothing about the provider: be patient
MAX_CONNECTIONS = 100
CONNECTIONS_PER_CLIENT = 4
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


class HttpPool:
    """Up to ``max_connections`` requests at once, over several small httpx clients.

    httpcore walks all connections of a pool for each request, and for each idle one all of them again: at 50
    connections a request cost 8 ms of our CPU, in pools of four 1.5 ms. The least busy client is the one
    asked, so that light traffic stays on one open connection.

    Args:
        read: seconds to wait for an answer.
    """

    def __init__(self, max_connections: int = MAX_CONNECTIONS, *, read: float = READ_SECONDS) -> None:
        timeout = httpx.Timeout(connect=CONNECT_SECONDS, read=read, write=CONNECT_SECONDS, pool=POOL_SECONDS)
        each = min(max_connections, CONNECTIONS_PER_CLIENT)
        limits = httpx.Limits(
            max_connections=each, max_keepalive_connections=each, keepalive_expiry=KEEPALIVE_SECONDS
        )
        self._clients = [
            httpx.AsyncClient(timeout=timeout, limits=limits, verify=_tls())
            for _ in range(math.ceil(max_connections / each))
        ]
        self._busy = [0] * len(self._clients)

    async def request(self, method: str, url: str, **kwargs: Any) -> httpx.Response:
        """One request; ``kwargs`` as for ``httpx.AsyncClient.request``. Redirects are not followed.

        Raises:
            SendError: no answer came back.
        """
        chosen = self._busy.index(min(self._busy))
        self._busy[chosen] += 1
        try:
            return await self._clients[chosen].request(method, url, **kwargs)
        except httpx.HTTPError as error:
            raise from_transport_error(error) from None
        finally:
            self._busy[chosen] -= 1

    async def close(self) -> None:
        """Close every connection."""
        for client in self._clients:
            await client.aclose()


@functools.cache
def _tls() -> ssl.SSLContext:
    """Reading the trusted certificates takes 20 ms: once is enough."""
    return httpx.create_ssl_context()


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

    def __init__(self, pool: HttpPool, error_for: Callable[[httpx.Response], SendError]) -> None:
        self._pool = pool
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
        response = await self._pool.request(method, url, params=params, data=data, headers=headers, auth=auth)
        if response.is_success:
            return response
        raise self._error_for(response)
