"""The demo from outside: texts go in, time goes on, and each call returns when all has come to rest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.orm import Session

from wellbeing_bot.clock import DemoClock
from wellbeing_bot.messages import Inbound
from wellbeing_bot.service.importing.setup import SetupSource
from wellbeing_bot.service.recording import Received
from wellbeing_bot.service.showing import meanwhile
from wellbeing_bot.service.showing.meanwhile import Meanwhile
from wellbeing_bot.web.simulator.filling import Began, begin, settle_in
from wellbeing_bot.web.simulator.problems import Refused

if TYPE_CHECKING:
    from wellbeing_bot.app import App

T = TypeVar("T")

A_MINUTE = timedelta(minutes=1)
MOST_ROUNDS = 500
"""Rounds of due work at one moment. More means that something falls due again and again without end."""


@dataclass(frozen=True)
class Moved:
    """What became of a move of the clock."""

    turns: int  # reminders and time-outs that fell due
    meanwhile: Meanwhile


@dataclass
class Simulator:
    """One demo. Requests that change it take their turn, so that each sees the whole of what it did."""

    app: App
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    seen: dict[str, int] = field(default_factory=dict)  # newest message each phone has looked at
    moving_to: datetime | None = None

    @property
    def clock(self) -> DemoClock:
        assert isinstance(self.app.clock, DemoClock), "only the demo's clock can be moved"
        return self.app.clock

    async def look(self, what: Callable[[Session], T]) -> T:
        """Read something, off the event loop."""

        def reading() -> T:
            with self.app.database.reading() as session:
                return what(session)

        return await asyncio.to_thread(reading)

    async def receive(self, inbound: Inbound) -> tuple[Received, Meanwhile]:
        """A text from a phone; everything it leads to now has been handed over."""
        async with self.lock:
            before = await self.look(meanwhile.mark)
            received = await asyncio.to_thread(self.app.road.receive, inbound)
            await self._rest()
            return received, await self.look(lambda session: meanwhile.since(session, before))

    async def perform(
        self, network_id: int, action: str, actor: str, args: dict[str, Any]
    ) -> tuple[dict[str, Any], Meanwhile]:
        """A desk action; everything it leads to now has been handed over.

        Raises:
            DeskError: it cannot be done.
        """
        async with self.lock:
            before = await self.look(meanwhile.mark)
            now = self.clock.now()
            result = await asyncio.to_thread(self.app.road.perform, network_id, action, actor, args, now)
            await self._rest()
            return result, await self.look(lambda session: meanwhile.since(session, before))

    async def move(self, find_target: Callable[[datetime], datetime]) -> Moved:
        """Move the clock. All that falls due on the way happens in order, each at its own time.

        Raises:
            Refused: the target is in the past.
        """
        async with self.lock:
            start = self.clock.now()
            target = find_target(start)
            if target < start:
                cure = "the clock only goes on; POST /reset with an earlier start tells a new story"
                raise Refused(409, "that moment is past", cure)
            before = await self.look(meanwhile.mark)
            self.moving_to = target
            try:
                turns = await self._go_on(target)
            finally:
                self.moving_to = None
            return Moved(turns, await self.look(lambda session: meanwhile.since(session, before)))

    async def _go_on(self, target: datetime) -> int:
        turns = await self._rest()
        while (due := await asyncio.to_thread(self.next_due)) is not None:
            now = self.clock.now()
            moment = due if due > now else now + A_MINUTE  # what could not be done now is tried a minute on
            if moment > target:
                break
            self.clock.move_to(moment)
            turns += await self._rest()
        self.clock.move_to(target)
        return turns + await self._rest()

    def next_due(self) -> datetime | None:
        """The next moment at which anything happens by itself."""
        with self.app.database.reading() as session:
            unknown = meanwhile.next_unknown(session)
        moments = [moment for moment in (self.app.road.next_due(), unknown) if moment is not None]
        return min(moments, default=None)

    async def _rest(self) -> int:
        """Do all that is due at this moment and all that it leads to. Returns the turns taken."""
        now, turns = self.clock.now(), 0
        for _ in range(MOST_ROUNDS):
            taken = await asyncio.to_thread(self.app.road.tick, now)
            tried = await self.app.sender.send_due(now)
            turns += taken
            if taken + tried == 0 or await self.look(lambda session: meanwhile.is_at_rest(session, now)):
                return turns
        raise RuntimeError("the same moment never came to rest")

    async def reset(self, document: SetupSource | None, start: datetime | None) -> Began:
        """Begin a new story: empty the database, set the clock, put the document on record.

        Raises:
            Refused: the database holds real messages.
            ImportErrors: the document has something wrong with it; nothing was changed.
        """
        async with self.lock:
            if await self.look(meanwhile.has_real_messages):
                cure = "run the demo with a DATABASE_URL of its own"
                raise Refused(409, "this database holds messages that went to real people", cure)
            began = await self.app.database.arun(
                lambda session: begin(session, self.app.deployment, document, start)
            )
            settle_in(self.app, began)
            self.seen.clear()
            await self._rest()
            return began
