"""STOP and START: obeyed at once, for the whole phone, for everybody who shares it and for every role."""

from __future__ import annotations

from sqlalchemy import update

from wellbeing_bot.conversation import Resumed
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.service import late
from wellbeing_bot.service.erasing.suppressing import welcome_back
from wellbeing_bot.service.people import addresses_of, may_text, people_at
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import carry_on, open_conversations
from wellbeing_bot.service.tasks import raise_task
from wellbeing_bot.service.words import list_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Agreement, InboundRow, OutboundRow, Person
from wellbeing_bot.store.states import Urgency


def stop(work: Work, address: AddressRow, *, carrier_told_them: bool = False) -> None:
    """Text this address no more.

    One confirmation names START, unless the carrier has already sent its own. A task tells the team who
    else shares the phone and which other channels stay open.
    """
    if address.opted_out_at is not None or late.started_since(work, address):
        return
    address.opted_out_at = work.now
    if carrier_told_them:
        address.carrier_blocked_at = work.now
    drop_waiting(work, address)
    people = people_at(work, address)
    ids: list[int | None] = [person.id for person in people]
    for person_id in ids or [None]:
        work.session.add(
            Agreement(
                person_id=person_id,
                address_id=address.id,
                wording="stop",
                given=False,
                at=work.now,
            )
        )
    raise_task(
        work,
        "opted_out",
        urgency=Urgency.SOON,
        person=people[0] if people else None,
        address=address,
        occurrence=f"opted_out:{address.id}:{work.now.isoformat()}",
        summary=_stop_summary(work, address),
    )
    if not carrier_told_them:
        reply(work, address, "stopped", even_opted_out=True)


def _stop_summary(work: Work, address: AddressRow) -> str:
    people = people_at(work, address)
    names = [person.full_name or "somebody without a name yet" for person in people]
    lines = [f"{list_words(names) or 'Somebody new'} asked for no more texts on this {_channel(address)}."]
    if len(people) > 1:
        lines.append("They share it, so none of them is texted there.")
    for person in people:
        others = [row for row in addresses_of(work, person) if row.id != address.id and may_text(row)]
        if others:
            ways = list_words([_channel(row) for row in others])
            lines.append(
                f"{person.first_name or 'They'} can still be reached by {ways} if they wish it; "
                "nothing is sent there because of this."
            )
        if person.landline:
            lines.append(f"{person.first_name or 'They'} can be rung.")
    return " ".join(lines)


def _channel(address: AddressRow) -> str:
    return "phone number" if address.channel == "sms" else "Telegram"


def drop_waiting(work: Work, address: AddressRow, why: str = "opted_out") -> None:
    """Nothing that is still in the outbox leaves for this address."""
    work.session.execute(
        update(OutboundRow)
        .where(OutboundRow.address_id == address.id, OutboundRow.state == DeliveryState.QUEUED)
        .values(state=DeliveryState.DROPPED, error_code=why)
    )


def start_again(work: Work, address: AddressRow, *, carrier_told_them: bool = False) -> None:
    """They texted START: texts are welcome again, and an open conversation goes on where it was."""
    if late.stopped_since(work, address):
        return
    was_silent = not may_text(address)
    address.opted_out_at = None
    address.carrier_blocked_at = None
    if not was_silent:
        return
    welcome_back(work, address)
    ids: list[int | None] = [person.id for person in people_at(work, address)]
    for person_id in ids or [None]:
        work.session.add(
            Agreement(person_id=person_id, address_id=address.id, wording="start", given=True, at=work.now)
        )
    if not carrier_told_them:
        reply(work, address, "started_again")
    conversations = open_conversations(work, address)
    if conversations:
        carry_on(work, conversations[0], Resumed())


def carrier_block(work: Work, address: AddressRow, word: str) -> None:
    """They texted CANCEL or END, which the carrier takes as opt-out: nothing reaches them until START."""
    address.carrier_blocked_at = work.now
    drop_waiting(work, address)
    people = people_at(work, address)
    raise_task(
        work,
        "carrier_blocked",
        urgency=Urgency.SOON,
        person=people[0] if people else None,
        address=address,
        occurrence=f"carrier_blocked:{address.id}:{work.now.isoformat()}",
        summary=(
            f"They texted {word.upper()}. We took it as calling something off, but the phone company "
            "takes it as no more texts. Please ring them: nothing reaches this phone until they text START."
        ),
    )


def texts_again(work: Work, inbound: InboundRow, address: AddressRow, person: Person | None) -> None:
    """They asked for silence and write again: nothing is sent, a person reads it."""
    raise_task(
        work,
        "texted_after_stop",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"texted_after_stop:{address.id}:{work.local_now.date()}",
        summary="They had asked for no more texts and have written again. Only START lets us answer by text.",
        inbound=inbound,
    )
