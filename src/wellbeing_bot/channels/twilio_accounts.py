"""Several Twilio accounts behind one channel: a network may have its own, and a text leaves by its line's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from wellbeing_bot.channels.base import Absent, CannotTell, Found, Sent
from wellbeing_bot.channels.sms import TwilioChannel
from wellbeing_bot.messages import ChannelName, Inbound, Outbound, StatusReport


class TwilioAccounts:
    """Sends through the account that the message's line belongs to.

    Args:
        first: the account of every line that is not named below.
        by_line: the account of each line that has another.
    """

    name: ChannelName = "sms"

    def __init__(self, first: TwilioChannel, by_line: Mapping[str, TwilioChannel]) -> None:
        self._first = first
        self._by_line = dict(by_line)
        self._all = list(dict.fromkeys([first, *by_line.values()]))

    async def send(self, message: Outbound) -> Sent:
        """Send through the line's account.

        Raises:
            SendError: see ``channels.base``.
        """
        return await self._of(message.line).send(message)

    async def look_up(self, message: Outbound, since: datetime) -> Found | Absent | CannotTell:
        """Look for a text in the account it was sent through.

        Raises:
            SendError: Twilio could not be asked now.
        """
        return await self._of(message.line).look_up(message, since)

    async def recent_inbound(self, since: datetime, lines: Collection[str] = ()) -> list[Inbound]:
        """Texts that reached any of the accounts since then, oldest first; each is asked for its own lines.

        Raises:
            SendError: one of them could not be asked.
        """
        found: list[Inbound] = []
        for account in self._all:
            own = [line for line in lines if self._of(line) is account]
            if own or not lines:
                found += await account.recent_inbound(since, own)
        return sorted(found, key=lambda inbound: inbound.received_at)

    async def report_on(self, provider_id: str) -> StatusReport | None:
        """What became of a message: the account that took it knows, and no other.

        Raises:
            SendError: Twilio could not be asked.
        """
        for account in self._all:
            report = await account.report_on(provider_id)
            if report is not None:
                return report
        return None

    async def close(self) -> None:
        """Close every account's connections."""
        for account in self._all:
            await account.close()

    def _of(self, line: str) -> TwilioChannel:
        return self._by_line.get(line, self._first)
