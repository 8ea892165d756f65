"""Several Telegram bots behind one channel: each network has its own, and a message leaves by its line's."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from wellbeing_bot.channels.base import CannotTell, Misconfigured, SendError, Sent
from wellbeing_bot.channels.telegram import TelegramChannel
from wellbeing_bot.messages import ChannelName, Inbound, Outbound, StatusReport


class TelegramBots:
    """Sends as the bot whose number is the message's line.

    A chat belongs to one bot: what another bot sent there would not arrive, or would come from a stranger. So
    a line that no bot of ours has is an error and never falls back to the first. Only where there is just one
    bot does it also send what names no line.

    Raises:
        ValueError: two tokens of one bot.
    """

    name: ChannelName = "telegram"

    def __init__(self, bots: Sequence[TelegramChannel]) -> None:
        self.bots: Mapping[int, TelegramChannel] = {bot.bot_id: bot for bot in bots}
        if len(self.bots) != len(bots):
            raise ValueError("two tokens are of one bot; keep one of them")

    def of_line(self, line: str) -> TelegramChannel:
        """The bot of a line.

        Raises:
            Misconfigured: none of ours has that number.
        """
        if not line and len(self.bots) == 1:
            return next(iter(self.bots.values()))
        found = self.bots.get(int(line)) if line.isascii() and line.isdigit() else None
        if found is None:
            raise Misconfigured("no-such-bot")
        return found

    async def send(self, message: Outbound) -> Sent:
        """Send as the line's bot.

        Raises:
            SendError: see ``channels.base``.
        """
        return await self.of_line(message.line).send(message)

    async def look_up(self, message: Outbound, since: datetime) -> CannotTell:
        """Telegram lets no bot look for a message it sent."""
        return await self.of_line(message.line).look_up(message, since)

    async def recent_inbound(self, since: datetime, lines: Collection[str] = ()) -> list[Inbound]:
        """Nothing: Telegram delivers what it kept itself."""
        return []

    async def report_on(self, provider_id: str) -> StatusReport | None:
        """None: Telegram reports no deliveries."""
        return None

    async def answer_callback(self, line: str, callback_query_id: str) -> None:
        """Tell a phone that its button was pressed. Failing to is no matter."""
        with contextlib.suppress(SendError):
            await self.of_line(line).answer_callback(callback_query_id)

    async def poll(self, on_update: Callable[[int, dict[str, Any]], Awaitable[object]]) -> None:
        """Fetch every bot's updates until cancelled; ``on_update`` gets the bot's number with each."""

        async def one(bot: TelegramChannel) -> None:
            async def take(raw: dict[str, Any]) -> None:
                await on_update(bot.bot_id, raw)

            await bot.poll(take)

        await asyncio.gather(*(one(bot) for bot in self.bots.values()))

    async def close(self) -> None:
        """Close every bot's connections."""
        for bot in self.bots.values():
            await bot.close()
