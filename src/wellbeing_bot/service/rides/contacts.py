"""What the contact of a provider writes is for the coordinator to read."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, InboundRow, Person, RideProvider
from wellbeing_bot.store.states import Role, Urgency

OWN_BUSINESS = (Role.PATIENT, Role.CHAMPION, Role.CARER)
"""Somebody with one of these roles may well write about something else."""


def hear_contact(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> bool:
    """Pass on what somebody writes who is with us only as a provider's contact. False for everybody else."""
    if any(person.has(role) for role in OWN_BUSINESS):
        return False
    provider = work.session.scalar(
        select(RideProvider).where(
            RideProvider.person_id == person.id, RideProvider.active, ~RideProvider.volunteer
        )
    )
    if provider is None:
        return False
    raise_task(
        work,
        "provider_wrote",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"provider_wrote:{provider.id}:{work.local_now.date()}",
        due_at=due_in(work, 2),
        summary=f"{provider.name} has written. Please read it, and enter any pick-up times.",
        inbound=inbound,
    )
    reply(work, address, "provider_heard", person=person)
    return True
