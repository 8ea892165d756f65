"""When a message cannot be delivered: another channel, or a person. Never silence."""

from __future__ import annotations

from wellbeing_bot.channels.base import Blocked, SendError
from wellbeing_bot.conversation import Say
from wellbeing_bot.messages import Button
from wellbeing_bot.service.outbox import put
from wellbeing_bot.service.people import people_at, reach
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, OutboundRow, Person
from wellbeing_bot.store.states import Urgency

GONE_CODES = frozenset({"21211", "21614", "30005", "30006"})
"""Twilio: not a number, not a mobile, unknown handset, landline. Nothing will ever arrive there."""


def could_not_deliver(work: Work, row: OutboundRow, error: SendError) -> None:
    """Try the person's other channel; a person is told in any case."""
    address = work.session.get_one(AddressRow, row.address_id)
    if isinstance(error, Blocked) or (error.code or "") in GONE_CODES:
        address.unreachable_at = work.now
        address.unreachable_why = "blocked" if isinstance(error, Blocked) else f"code {error.code}"
        work.session.flush()
    person = work.session.get(Person, row.person_id) if row.person_id else None
    resent = person is not None and _by_other_channel(work, row, person, address)
    raise_task(
        work,
        "message_failed",
        urgency=Urgency.SOON,
        person=person or _only_person(work, address),
        address=address,
        session_id=row.session_id,
        occurrence=f"message_failed:{row.id}",
        due_at=due_in(work, 24),
        summary="A message could not be delivered."
        + (" It was sent another way." if resent else " Please reach them another way."),
    )


def _by_other_channel(work: Work, row: OutboundRow, person: Person, failed: AddressRow) -> bool:
    if failed.opted_out_at is not None or failed.carrier_blocked_at is not None:
        return False
    other = reach(work, person)
    if other is None or other.id == failed.id:
        return False
    buttons = tuple(Button(button["label"], button["value"]) for button in row.buttons)
    put(
        work,
        other,
        Say(row.key, row.text, buttons),
        kind=row.kind,
        person=person,
        session_id=row.session_id,
        conversation_id=row.conversation_id,
        occurrence=f"other_channel:{row.id}",
        expires_at=row.expires_at,
    )
    return True


def _only_person(work: Work, address: AddressRow) -> Person | None:
    people = people_at(work, address)
    return people[0] if len(people) == 1 else None


def opted_out_at_carrier(work: Work, row: OutboundRow) -> None:
    """The carrier says they opted out: we believe it, and nothing falls back to another channel."""
    address = work.session.get_one(AddressRow, row.address_id)
    if address.opted_out_at is None:
        address.opted_out_at = work.now
    address.carrier_blocked_at = address.carrier_blocked_at or work.now
    raise_task(
        work,
        "carrier_blocked",
        urgency=Urgency.SOON,
        person=_only_person(work, address),
        address=address,
        occurrence=f"carrier_blocked:{address.id}",
        due_at=due_in(work, 24),
        summary="The phone company says they asked for no more texts. "
        "Nothing reaches this phone until they text START.",
    )


def outcome_not_known(work: Work, row: OutboundRow) -> None:
    """It may have arrived or not; it is shown, not sent again."""
    raise_task(
        work,
        "message_unknown",
        urgency=Urgency.SOON,
        person=work.session.get(Person, row.person_id) if row.person_id else None,
        session_id=row.session_id,
        occurrence=f"message_unknown:{row.id}",
        due_at=due_in(work, 24),
        summary="Nobody can tell whether a message arrived. Please look at the thread.",
    )


def channel_needs_attention(work: Work) -> None:
    """The provider refuses our account or credentials: messages wait, and a person must put it right."""
    raise_task(
        work,
        "channel_misconfigured",
        urgency=Urgency.SOON,
        occurrence=f"channel_misconfigured:{work.network.id}:{work.local_now.date()}",
        due_at=due_in(work, 1),
        summary="The provider refuses our account. Messages wait until its settings are put right.",
    )
