"""Fetching updates from Telegram, for a service with no public address.

By hand rather than by python-telegram-bot: its getUpdates builds objects we do not need, loses a whole batch
over one it cannot build, and then logs the batch.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from wellbeing_bot.channels import http
from wellbeing_bot.channels.base import MalformedWebhook, Misconfigured, RetrySoon, SendError
from wellbeing_bot.channels.telegram_updates import ALLOWED_UPDATES

LONG_POLL_SECONDS = 50
LONGEST_PAUSE_SECONDS = 60.0

OnUpdate = Callable[[dict[str, Any]], Awaitable[object]]

_log = logging.getLogger(__name__)


class Poller:
    """One long request after the other.

    An update counts as taken once ``on_update`` has returned, so that a crash loses none; the same one may
    come twice. One that ``on_update`` calls malformed is left behind; any other error of its makes us wait
    and offer the update again.

    Args:
        url: the bot's getUpdates, token and all.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool = http.HttpPool(max_connections=1, read=LONG_POLL_SECONDS + http.READ_SECONDS)

    async def run(self, on_update: OnUpdate) -> None:
        """Hand over each update as Telegram sent it, one after the other, until cancelled."""
        offset: int | None = None
        failures = 0
        while True:
            try:
                updates = await self._fetch(offset)
                # Once all is confirmed the offset is dropped: after a quiet week ids begin anywhere.
                offset = offset if updates else None
                for update in updates:
                    await _hand_over(update, on_update)
                    offset = int(update["update_id"]) + 1
                failures = 0
            except Exception as error:  # whatever it was, the next round may fare better
                failures += 1
                pause = _pause(error, failures)
                _log.warning("polling Telegram: %s; again in %.1f s", _harmless(error), pause)
                await asyncio.sleep(pause)

    async def _fetch(self, offset: int | None) -> list[dict[str, Any]]:
        wanted = {"timeout": LONG_POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES, "offset": offset}
        response = await self._pool.request("POST", self._url, json=wanted)
        if not response.is_success:
            raise error_in(response.status_code, response.content)
        updates: list[dict[str, Any]] = response.json()["result"]
        return updates

    async def close(self) -> None:
        """Close the connection."""
        await self._pool.close()


def error_in(status: int, body: bytes) -> SendError:
    """The error in an answer of the Bot API that is not a success, with the wait that Telegram asks for."""
    try:
        answer = json.loads(body)
        said_by_telegram = answer["ok"] is False
        wait = answer.get("parameters", {}).get("retry_after")
    except (ValueError, KeyError, TypeError, AttributeError):
        said_by_telegram, wait = False, None
    seconds = float(wait) if isinstance(wait, int | float) else None
    return http.from_status(status, seconds, said_by_provider=said_by_telegram) or Misconfigured(str(status))


async def _hand_over(update: dict[str, Any], on_update: OnUpdate) -> None:
    try:
        await on_update(update)
    except MalformedWebhook:
        _log.warning("polling Telegram: left a malformed update behind")


def _pause(error: Exception, failures: int) -> float:
    """Seconds until the next try: from half a second, doubling, and never less than Telegram asks."""
    asked = error.retry_after if isinstance(error, RetrySoon) else None
    return max(asked or 0.0, min(LONGEST_PAUSE_SECONDS, 2.0 ** (min(failures, 10) - 2)))


def _harmless(error: Exception) -> str:
    """A name for the log: only our own errors are known to hold no person's words."""
    return str(error) if isinstance(error, SendError) else type(error).__name__
