"""How much one phone and one network may be sent in a day, so that a flood or a mistake has a known price.

Counted in SMS parts, from midnight to midnight of the network's own clock. Urgent help, the duty rota and
the one confirmation of STOP are never held back. What a member of staff writes themselves is held only by
the network's cap: they know whom they write to.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service.sending.peace import may_begin
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, OutboundRow, Person, Spending
from wellbeing_bot.store.states import OutboundKind, Urgency

NEVER_HELD = frozenset({OutboundKind.URGENT_HELP, OutboundKind.ALERT})

FAR = 5_000
"""Parts left of a network's cap while nobody waits for anybody: more than all processes claim at once."""

CAP = "cap"
"""Why a message was not sent, where the desk says why."""


def confirms_stop(row: OutboundRow) -> bool:
    """Whether this is the one text that follows STOP."""
    return row.key.endswith(".stopped.say")


class Caps:
    """One network's caps during one look at the outbox."""

    def __init__(self, work: Work, addresses: Collection[int]) -> None:
        self._work = work
        self._today = work.local_now.date()
        self._of_address = _sent_since(work, _midnight(work, self._today), addresses)
        self._of_network = self._spent()
        self._counted = 0

    def _spent(self) -> int:
        """What the network has been charged today. Near the cap, processes look and count in turn."""
        session, network = self._work.session, self._work.network.id
        query = select(Spending.parts).where(Spending.network_id == network, Spending.day == self._today)
        spent = session.scalar(query)
        if self._work.settings.cap_per_network_a_day - (spent or 0) > FAR:
            return spent or 0
        if spent is None:
            none_yet = _insert(session)(Spending).values(network_id=network, day=self._today, parts=0)
            session.execute(none_yet.on_conflict_do_nothing())
        return session.scalars(query.with_for_update()).one()

    def allow(self, row: OutboundRow, address: AddressRow) -> bool:
        """Whether a message may leave today; then it is counted."""
        parts = row.parts if address.channel == "sms" else 0
        settings = self._work.settings
        if row.attempt == 0 and row.kind not in NEVER_HELD and not confirms_stop(row):
            by_phone = self._of_address.get(address.id, 0) + row.parts
            if by_phone > settings.cap_per_address_a_day and not row.by_user:
                self._hold(row, address, for_network=False)
                return False
            if self._of_network + self._counted + parts > settings.cap_per_network_a_day:
                self._hold(row, address, for_network=True)
                return False
        if row.attempt == 0:
            self._counted += parts
        return True

    def keep(self) -> None:
        """Put what was counted on record."""
        if not self._counted:
            return
        session = self._work.session
        made = _insert(session)(Spending).values(
            network_id=self._work.network.id, day=self._today, parts=self._counted
        )
        session.execute(
            made.on_conflict_do_update(
                index_elements=["network_id", "day"],
                set_={"parts": Spending.parts + made.excluded.parts},
            )
        )

    def _hold(self, row: OutboundRow, address: AddressRow, *, for_network: bool) -> None:
        """What the service begins waits for tomorrow, if it makes sense then; an answer is not sent late."""
        tomorrow = self._tomorrow(row)
        if row.kind is OutboundKind.BEGUN and (row.expires_at is None or tomorrow < row.expires_at):
            row.due_at = tomorrow
        else:
            row.state, row.error_code = DeliveryState.DROPPED, CAP
        if for_network:
            self._say_network()
        else:
            self._say_address(address)

    def _tomorrow(self, row: OutboundRow) -> datetime:
        work = self._work
        person = work.session.get(Person, row.person_id) if row.person_id else None
        return may_begin(_midnight(work, self._today + timedelta(days=1)), work.settings, work.zone, person)

    def _say_address(self, address: AddressRow) -> None:
        raise_task(
            self._work,
            "cap_of_phone",
            urgency=Urgency.SOON,
            address=address,
            occurrence=f"cap:{address.id}:{self._today}",
            due_at=due_in(self._work, 4),
            summary=f"This phone has had {self._work.settings.cap_per_address_a_day} text parts today, the "
            "most the settings allow. The bot says nothing more there until tomorrow, but for urgent help. "
            "Please look at the thread, and ring or write yourself.",
        )

    def _say_network(self) -> None:
        raise_task(
            self._work,
            "cap_of_network",
            urgency=Urgency.URGENT,
            occurrence=f"cap:network:{self._work.network.id}:{self._today}",
            due_at=due_in(self._work, 1),
            summary=f"Today's {self._work.settings.cap_per_network_a_day} text parts are used up, the most "
            "the settings allow. Reminders wait until tomorrow and answers are not sent, but for urgent "
            "help. If this many texts are right, raise the cap in the settings.",
        )


def _insert(session: Session) -> Any:
    """INSERT in the database's own dialect, with what is to happen where the row is there already."""
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert


def _midnight(work: Work, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=work.zone)


def _sent_since(work: Work, moment: datetime, addresses: Collection[int]) -> dict[int, int]:
    rows = work.session.execute(
        select(OutboundRow.address_id, func.sum(OutboundRow.parts))
        .where(OutboundRow.address_id.in_(addresses), OutboundRow.sent_at >= moment)
        .group_by(OutboundRow.address_id)
    )
    return {address_id: int(parts) for address_id, parts in rows}
