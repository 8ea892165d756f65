"""What became of a send, on record: each change fenced by the attempt that it is about."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.channels.backoff import LONGEST, Retry, next_attempt
from wellbeing_bot.channels.base import (
    Blocked,
    Final,
    Found,
    Misconfigured,
    OptedOut,
    OutcomeUnknown,
    RetrySoon,
    SendError,
    Sent,
)
from wellbeing_bot.messages import ChannelName, DeliveryState
from wellbeing_bot.service.sending.claiming import UNKNOWN_FOR_GOOD, Claimed
from wellbeing_bot.service.sending.failures import (
    channel_is_back,
    channel_needs_attention,
    channel_out_of_reach,
    could_not_deliver,
    opted_out_at_carrier,
    outcome_not_known,
)
from wellbeing_bot.service.sending.reports import apply_early
from wellbeing_bot.service.work import Deployment, Work
from wellbeing_bot.store import Network, OutboundRow
from wellbeing_bot.store.quick import Query, given
from wellbeing_bot.store.states import OutboundKind

LOOK_UP_AGAIN = timedelta(minutes=1)
LONGEST_LOOK_UP = timedelta(minutes=10)
URGENT_AGAIN = timedelta(seconds=60)
"""Urgent help is tried again after at most this long, also where the provider cannot tell whether it came."""

URGENT_TRIES = 5
"""So often is urgent help of unknown outcome sent at most. By then a person has been told long ago."""

OUT_OF_REACH_AFTER = timedelta(minutes=10)
"""A provider that fails for so long is told to a person: messages wait, and somebody may ring instead."""


_ROW = Query(OutboundRow, lambda query: query.where(OutboundRow.id == given("message")).with_for_update())


@dataclass(frozen=True)
class Outcomes:
    """Records outcomes. ``dice`` spreads what is tried again."""

    deployment: Deployment
    dice: random.Random

    def sent(self, session: Session, claimed: Claimed, sent: Sent, now: datetime) -> None:
        """The provider has it. Reports that came before this are applied now."""
        row = _locked(session, claimed)
        if row.attempt != claimed.outbound.attempt:
            return
        if row.state in {DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.QUEUED}:
            row.state = sent.state if sent.state.rank >= DeliveryState.SENT.rank else DeliveryState.SENT
        row.provider_id = sent.provider_id
        row.sent_at = now
        row.leased_until = None
        row.error_code = None
        session.flush()
        apply_early(session, row, now, self.deployment)

    def found(self, session: Session, claimed: Claimed, found: Found, now: datetime) -> bool:
        """The provider did have it: the first match that is no other message's. False if all are others'."""
        for sent in found.matches:
            other = session.scalar(
                select(OutboundRow.id).where(
                    OutboundRow.provider_id == sent.provider_id, OutboundRow.id != claimed.outbound.id
                )
            )
            if other is None:
                self.sent(session, claimed, sent, now)
                return True
        return False

    def not_tried(self, session: Session, claimed: Claimed, now: datetime) -> None:
        """It waited here until its lease had nearly run out: back it goes, as it was."""
        row = _fenced(session, claimed)
        if row is not None:
            row.state = DeliveryState.UNKNOWN if claimed.look_up_first else DeliveryState.QUEUED
            row.leased_until, row.due_at = None, now
            row.attempt -= 1

    def look_up_later(
        self,
        session: Session,
        claimed: Claimed,
        now: datetime,
        resting_until: datetime | None,
        failing_since: datetime | None = None,
    ) -> None:
        """The provider could not be asked: the outcome stays unknown, and is asked for again for a day."""
        row = _fenced(session, claimed)
        if row is None:
            return
        again = resting_until or now + min(LOOK_UP_AGAIN * row.attempt, LONGEST_LOOK_UP)
        if again >= row.created_at + LONGEST:
            self.give_up_unknown(session, claimed, now)
            return
        row.state, row.leased_until, row.due_at = DeliveryState.UNKNOWN, None, again
        _tell(self._work(session, row, now), claimed.outbound.to.channel, failing_since)

    def give_up_unknown(self, session: Session, claimed: Claimed, now: datetime) -> None:
        """Nobody can tell whether it arrived. It is marked and shown, and not sent again."""
        row = _fenced(session, claimed)
        if row is None:
            return
        row.state, row.leased_until = DeliveryState.UNKNOWN, None
        row.error_code = UNKNOWN_FOR_GOOD
        outcome_not_known(self._work(session, row, now), row)

    def failed(
        self,
        session: Session,
        claimed: Claimed,
        error: SendError,
        now: datetime,
        resting_until: datetime | None = None,
        failing_since: datetime | None = None,
    ) -> None:
        """It did not go, or may not have gone.

        Args:
            resting_until: when the provider is next asked, where it is left to recover.
            failing_since: since when the provider has been failing.
        """
        row = _fenced(session, claimed)
        if row is None:
            return
        row.leased_until = None
        row.error_code = error.code or type(error).__name__
        work = self._work(session, row, now)
        if isinstance(error, OutcomeUnknown):
            self._unknown(session, claimed, row, now, resting_until)
        elif isinstance(error, OptedOut):
            row.state = DeliveryState.FAILED
            opted_out_at_carrier(work, row)
        else:
            again = self._again(row, error, now, resting_until)
            if again is None:
                row.state = DeliveryState.FAILED
                could_not_deliver(work, row, error)
            else:
                row.state, row.due_at = DeliveryState.QUEUED, again
        if isinstance(error, Misconfigured):
            channel_needs_attention(work)
        _tell(work, claimed.outbound.to.channel, failing_since)

    def _unknown(
        self,
        session: Session,
        claimed: Claimed,
        row: OutboundRow,
        now: datetime,
        resting_until: datetime | None,
    ) -> None:
        urgent = row.kind is OutboundKind.URGENT_HELP
        if urgent and row.attempt >= URGENT_TRIES:
            self.give_up_unknown(session, claimed, now)
            return
        row.state = DeliveryState.UNKNOWN
        row.due_at = now + URGENT_AGAIN if urgent else max(resting_until or now, now + LOOK_UP_AGAIN)

    def _again(
        self, row: OutboundRow, error: SendError, now: datetime, resting_until: datetime | None
    ) -> datetime | None:
        """When it is tried again, or None: never."""
        if isinstance(error, Final | Blocked):
            return None
        until = min(row.created_at + LONGEST, row.expires_at or row.created_at + LONGEST)
        if resting_until is not None:  # not this message's fault: its tries do not count, only its time
            again = resting_until
        else:
            decision = next_attempt(error, row.attempt, now, self.dice.random(), started_at=row.created_at)
            if not isinstance(decision, Retry):
                return None
            again = decision.at
        if row.kind is OutboundKind.URGENT_HELP and isinstance(error, RetrySoon | Misconfigured):
            again = min(again, now + URGENT_AGAIN)
        return again if again < until else None

    def provider_is_back(self, session: Session, channel: ChannelName, now: datetime) -> None:
        """Finish the tasks that said it was out of reach."""
        for network in session.scalars(select(Network)):
            channel_is_back(Work(session, now, self.deployment, network), channel)

    def _work(self, session: Session, row: OutboundRow, now: datetime) -> Work:
        return Work(session, now, self.deployment, session.get_one(Network, row.network_id))


def _locked(session: Session, claimed: Claimed) -> OutboundRow:
    row = _ROW.first(session, message=claimed.outbound.id)
    assert row is not None, "messages are not deleted while they are under way"
    return row


def _tell(work: Work, channel: ChannelName, failing_since: datetime | None) -> None:
    """Tell a person of a provider that has been failing for a while."""
    if failing_since is not None and work.now - failing_since >= OUT_OF_REACH_AFTER:
        channel_out_of_reach(work, channel)


def _fenced(session: Session, claimed: Claimed) -> OutboundRow | None:
    """The row, if this attempt is still the one that counts."""
    row = _locked(session, claimed)
    still = row.attempt == claimed.outbound.attempt and row.state is DeliveryState.SENDING
    return row if still else None
