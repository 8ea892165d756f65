"""The one road: record what came in, then take its turn, in order for each person.

A text, a time-out and a desk action all become an Inbound row. A text is recorded and its turn taken in one
transaction; if the turn fails, the text is recorded by itself, and the next tick finds it and takes its turn.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from wellbeing_bot.messages import DeliveryState, Inbound, InboundKind
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.desk.registry import known, perform
from wellbeing_bot.service.handing_over import AT_ONCE, hand_over
from wellbeing_bot.service.hearing.hearing import hear
from wellbeing_bot.service.recording import Received, record, record_desk
from wellbeing_bot.service.sending.claiming import release_leases
from wellbeing_bot.service.sending.failures import blocked_by_person
from wellbeing_bot.service.timers import fire
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import (
    AddressRow,
    InboundRow,
    Network,
    OutboundRow,
    Reminder,
    Task,
)
from wellbeing_bot.store.database import Database, DatabaseGone
from wellbeing_bot.store.quick import Query, given, made_now
from wellbeing_bot.store.states import InboundState, ReminderState, Urgency

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
"""Turns tried before an inbound is parked for a person, so that one bad text does not block a phone."""

TOGETHER = 16
"""Due turns committed together. A text that comes in waits for at most so many."""

MOST_LOOKS = 50
"""Looks in one tick, while each finds something: planning goes on in steps that are due at once."""

LEFT_BEHIND = timedelta(seconds=30)
"""An inbound this old without its turn was left behind by a process that died."""

_NETWORK = Query(Network, lambda query: query.where(Network.id == given("network")))
_LOCKED = Query(AddressRow, lambda query: query.where(AddressRow.id == given("address")).with_for_update())
_WAITING_BEFORE = Query(
    InboundRow,
    lambda query: query.where(
        InboundRow.address_id == given("address"),
        InboundRow.state == InboundState.RECORDED,
        InboundRow.id < given("before"),
    ).order_by(InboundRow.id),
)


class Road:
    """Everything that happens to people's records comes through here."""

    def __init__(self, database: Database, deployment: Deployment) -> None:
        self.database = database
        self.deployment = deployment

    def receive(self, inbound: Inbound) -> Received:
        """Record one message and take its turn.

        Raises:
            DatabaseGone: nothing was stored; the provider should try again.
        """
        try:
            return self.database.run(lambda session: self._receive(session, inbound))
        except DatabaseGone:
            raise
        except Exception as error:
            received = self.database.run(lambda session: record(session, inbound))
            return self._turn_failed(received, inbound, error)

    async def areceive(self, inbound: Inbound) -> Received:
        """``receive`` for the event loop. Recorded is acknowledged; a turn that fails is tried again."""
        try:
            return await self.database.arun(lambda session: self._receive(session, inbound))
        except DatabaseGone:
            raise
        except Exception as error:
            received = await self.database.arun(lambda session: record(session, inbound))
            return await asyncio.to_thread(self._turn_failed, received, inbound, error)

    def take_turn(self, inbound_id: int, now: datetime) -> dict[str, Any]:
        """Take the turn of a recorded inbound, and of any before it from the same address.

        Returns what a desk action learned. A turn that fails is rolled back whole and tried again later;
        after several tries it is parked and a person is told.
        """
        try:
            return self.database.run(lambda session: self._turn(session, inbound_id, now))
        except DeskError as refused:
            self.database.run(lambda session: _mark_handled(session, inbound_id, now))
            raise DeskError(str(refused)) from None
        except Exception as error:
            self._failed(inbound_id, now, error)
            return {}

    def perform(
        self, network_id: int, action: str, actor: str, args: dict[str, Any], now: datetime
    ) -> dict[str, Any]:
        """A desk action, through the same door.

        Raises:
            DeskError: it cannot be done; the message says why and what to do.
        """
        known(action, args)
        inbound_id = self.database.run(
            lambda session: record_desk(session, network_id, action, actor, args, now)
        )
        return self.take_turn(inbound_id, now)

    def tick(self, now: datetime) -> int:
        """Hand over what is due and take up what was left behind. Returns how many turns were taken."""
        waiting = self._left_behind(now)
        taken = 0
        for _ in range(MOST_LOOKS):
            due = self.database.run(lambda session: hand_over(session, now))
            waiting = list(dict.fromkeys([*due, *waiting]))
            self._take_turns(waiting, now)
            taken += len(waiting)
            if not due:
                break
            waiting = []
        return taken

    def _take_turns(self, waiting: Sequence[int], now: datetime) -> None:
        """A few turns at a time, so that they are committed together and texts that come in get between."""
        for first in range(0, len(waiting), TOGETHER):
            turns = [
                (key, self.database.submit(partial(self._turn, inbound_id=key, now=now)))
                for key in waiting[first : first + TOGETHER]
            ]
            for key, turn in turns:
                try:
                    turn.result()
                except DeskError:
                    self.database.run(partial(_mark_handled, inbound_id=key, now=now))
                except Exception as error:
                    self._failed(key, now, error)

    def recover(self, now: datetime) -> int:
        """After a start where one process does everything: take up at once what the last one left behind."""
        self.database.run(lambda session: release_leases(session, now))
        with self.database.reading() as session:
            left = list(
                session.scalars(
                    select(InboundRow.id)
                    .where(InboundRow.state == InboundState.RECORDED)
                    .order_by(InboundRow.id)
                )
            )
        for inbound_id in left:
            self.take_turn(inbound_id, now)
        return len(left)

    def next_due(self) -> datetime | None:
        """The next moment at which something is due: a reminder, or a message waiting to leave."""
        with self.database.reading() as session:
            reminder = session.scalar(
                select(func.min(Reminder.due_at)).where(Reminder.state == ReminderState.DUE)
            )
            message = session.scalar(
                select(func.min(OutboundRow.due_at)).where(
                    or_(
                        OutboundRow.state == DeliveryState.QUEUED,
                        and_(
                            OutboundRow.state == DeliveryState.UNKNOWN,
                            OutboundRow.error_code.is_distinct_from("unknown_for_good"),
                        ),
                    )
                )
            )
        moments = [moment for moment in (reminder, message) if moment is not None]
        return min(moments) if moments else None

    def _left_behind(self, now: datetime) -> list[int]:
        with self.database.reading() as session:
            return list(
                session.scalars(
                    select(InboundRow.id)
                    .where(
                        InboundRow.state == InboundState.RECORDED,
                        or_(
                            InboundRow.received_at <= now - LEFT_BEHIND,
                            InboundRow.attempts > 0,
                            InboundRow.kind == InboundKind.TIMER,
                        ),
                    )
                    .order_by(_place_in_own_queue(), InboundRow.id)
                    .limit(AT_ONCE)
                )
            )

    def _receive(self, session: Session, inbound: Inbound) -> Received:
        """Record and turn in one transaction. If the turn fails both are undone, and it is recorded alone."""
        received = record(session, inbound)
        if received.new and received.inbound_id is not None:
            row = session.get_one(InboundRow, received.inbound_id)
            self._in_order(session, row, inbound.received_at)
        return received

    def _turn_failed(self, received: Received, inbound: Inbound, error: Exception) -> Received:
        """The message is kept and acknowledged; its turn is tried again at the next tick."""
        if received.new and received.inbound_id is not None:
            self._failed(received.inbound_id, inbound.received_at, error)
        return received

    def _turn(self, session: Session, inbound_id: int, now: datetime) -> dict[str, Any]:
        row = session.get_one(InboundRow, inbound_id)
        if row.address_id is not None:
            _LOCKED.first(session, address=row.address_id)
            session.refresh(row)  # another process may have taken its turn while we waited for the lock
        return self._in_order(session, row, now)

    def _in_order(self, session: Session, row: InboundRow, now: datetime) -> dict[str, Any]:
        """What waits from the same address first. The address is locked."""
        if row.address_id is not None and not made_now(session, AddressRow, row.address_id):
            for before in _WAITING_BEFORE.all(session, address=row.address_id, before=row.id):
                self._handle(session, before, now)
        if row.state is not InboundState.RECORDED:
            return {}
        return self._handle(session, row, now)

    def _handle(self, session: Session, row: InboundRow, now: datetime) -> dict[str, Any]:
        if row.network_id is None:
            _to_deployment_inbox(session, row, now)
            return {}
        network = _NETWORK.first(session, network=row.network_id)
        assert network is not None
        work = Work(session, now, self.deployment, network, inbound=row)
        row.state, row.handled_at = InboundState.HANDLED, now  # undone with all the rest if the turn fails
        if row.kind is InboundKind.TIMER:
            fire(work, session.get_one(Reminder, int(row.payload["reminder"])))
        elif row.kind is InboundKind.DESK:
            work.actor = str(row.payload["actor"])
            work.notes = perform(work, str(row.payload["action"]), row.payload["args"])
        else:
            address = session.get_one(AddressRow, row.address_id)
            if row.kind is InboundKind.BLOCKED:
                blocked_by_person(work, address)
            else:
                hear(work, row, address)
        session.flush()
        return work.notes

    def _failed(self, inbound_id: int, now: datetime, error: BaseException) -> None:
        log.error(
            "a turn failed and will be tried again",
            extra={"error": type(error).__name__},
            exc_info=_where(error),
        )
        self.database.run(lambda session: _count_failure(session, inbound_id, now))


def _where(error: BaseException) -> BaseException | None:
    """The trace of an error, unless it may quote what somebody wrote."""
    return None if isinstance(error, SQLAlchemyError) else error


def _place_in_own_queue() -> ColumnElement[int]:
    """First everybody's first text, then everybody's second: one phone with many holds nobody up."""
    return func.row_number().over(partition_by=InboundRow.address_id, order_by=InboundRow.id)


def _to_deployment_inbox(session: Session, row: InboundRow, now: datetime) -> None:
    """A text to a number that no network owns: a person who runs the deployment looks at it."""
    row.state = InboundState.HANDLED
    row.handled_at = now
    occurrence = f"unknown_line:{row.line}"
    if session.scalar(select(Task.id).where(Task.occurrence == occurrence)) is None:
        session.add(
            Task(
                kind="unknown_line",
                urgency=Urgency.SOON,
                occurrence=occurrence,
                summary="A text came to a number that no network owns. Give the number to a network.",
                raised_at=now,
            )
        )


def _mark_handled(session: Session, inbound_id: int, now: datetime) -> None:
    session.execute(
        update(InboundRow)
        .where(InboundRow.id == inbound_id)
        .values(state=InboundState.HANDLED, handled_at=now)
    )


def _count_failure(session: Session, inbound_id: int, now: datetime) -> None:
    row = session.get_one(InboundRow, inbound_id)
    row.attempts += 1
    if row.attempts >= MOST_ATTEMPTS and row.state is InboundState.RECORDED:
        row.state = InboundState.PARKED
        session.add(
            Task(
                network_id=row.network_id,
                kind="not_handled",
                urgency=Urgency.URGENT,
                occurrence=f"not_handled:{row.id}",
                summary="A fault of ours kept a text from being dealt with. Please read it and answer.",
                address_id=row.address_id,
                person_id=row.person_id,
                raised_at=now,
                due_at=now,
            )
        )
