"""Carers: referring somebody who has agreed to it, and being told of their plans when they wish it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from wellbeing_bot.conversation import State
from wellbeing_bot.messages import Address
from wellbeing_bot.service.linking.matching import look_for
from wellbeing_bot.service.people import (
    address_row,
    give_role,
    link_address,
    new_person,
    open_referral,
)
from wellbeing_bot.service.phones import PhoneError, read_phone
from wellbeing_bot.service.places.booking import coming_places
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, InboundRow, Person, Proxy, Referral
from wellbeing_bot.store.states import ReferralState, Role, Urgency
from wellbeing_bot.understanding.details import read_details

WORDING = "carer_1"
NOT_KEPT = "(Not kept: about somebody who has not agreed to it.)"

IN_WORDS = {
    "mother": "your mum",
    "father": "your dad",
    "husband": "your husband",
    "wife": "your wife",
    "partner": "your partner",
    "grandmother": "your gran",
    "grandfather": "your grandad",
    "son": "your son",
    "daughter": "your daughter",
    "brother": "your brother",
    "sister": "your sister",
    "aunt": "your aunt",
    "uncle": "your uncle",
    "grandchild": "your grandchild",
    "friend": "your friend",
    "neighbour": "your neighbour",
}


@dataclass(frozen=True)
class Other:
    """Somebody a carer refers, as far as was said."""

    first_name: str = ""
    relation: str = ""  # what they are to the carer: "mother", "a neighbour"
    phone: str = ""
    needs: str = ""
    concerns: Sequence[str] = ()
    wants_texts: bool = False


def note_carer(work: Work, person: Person) -> None:
    """They write for somebody else: a carer, and a patient only if they have come for themselves as well."""
    give_role(work, person, Role.CARER)
    if open_referral(work, person) is not None or coming_places(work, person):
        return
    ever = select(Referral.id).where(Referral.person_id == person.id).limit(1)
    if work.session.scalar(ever) is None:
        for role in [row for row in person.roles if row.role is Role.PATIENT]:
            person.roles.remove(role)
            work.session.delete(role)
        work.session.flush()


def refer(work: Work, carer: Person, address: AddressRow, other: Other) -> Person:
    """Make the person and their referral, with the consent that was said, and tell the link workers.

    Always a new record: whether we know somebody of that name already is for a link worker to see.
    """
    patient = new_person(work, Role.PATIENT, first_name=other.first_name[:60])
    _phone(work, patient, address, other.phone)
    referral = Referral(
        network_id=work.network.id,
        person_id=patient.id,
        state=ReferralState.WAITING,
        source="carer",
        referrer_id=carer.id,
        referrer=f"{carer.full_name or 'A carer'} ({other.relation or 'carer'})"[:120],
        consent=f"Said by their carer by text on {work.local_now.date()} ({WORDING}).",
        concerns=sorted({*other.concerns, *read_details(other.needs, work.local_now).concerns}),
        own_words=other.needs,
        opened_at=work.now,
    )
    work.session.add(referral)
    work.session.flush()
    if other.wants_texts:
        _wants_texts(work, carer, patient, other.relation)
    raise_task(
        work,
        "new_referral",
        urgency=Urgency.SOON,
        person=patient,
        address=address,
        occurrence=f"new_referral:{referral.id}",
        due_at=due_in(work, 72),
        summary="Referred by a carer, who says that they have agreed. Please talk to them before anything "
        "is texted.",
        inbound=work.inbound,
    )
    look_for(work, patient)
    return patient


def _phone(work: Work, patient: Person, carers: AddressRow, written: str) -> None:
    """A mobile is theirs once they have written from it; until then it is only to be rung."""
    try:
        phone = read_phone(written) if written else None
    except PhoneError:
        phone = None
    if phone is None or phone.value == carers.value:
        return
    if phone.mobile:
        link_address(work, patient, address_row(work, Address("sms", phone.value)), verified=False)
    else:
        patient.landline = phone.value


def _wants_texts(work: Work, carer: Person, patient: Person, relation: str) -> None:
    """The carer's word is not the person's: a link worker asks them, and then records it."""
    work.session.add(
        Proxy(
            person_id=patient.id,
            proxy_id=carer.id,
            relation=relation[:40],
            consent="Said by the carer alone; not confirmed yet.",
            gets_messages=False,
            since=work.now,
        )
    )
    raise_task(
        work,
        "proxy_wanted",
        urgency=Urgency.SOON,
        person=patient,
        occurrence=f"proxy_wanted:{patient.id}:{carer.id}",
        due_at=due_in(work, 72),
        summary=f"{carer.full_name or 'Their carer'} says that texts should come to them. Please ask the "
        "person, and record it if they wish it.",
    )


def without_consent(work: Work, address: AddressRow, carer: Person | None, own_words: str) -> None:
    """Nothing about the other person stays: not in the thread, nor in what the conversation remembers."""
    raise_task(
        work,
        "carer_without_consent",
        urgency=Urgency.ROUTINE,
        person=carer,
        address=address,
        occurrence=f"carer_without_consent:{address.id}:{work.local_now.date()}",
        due_at=due_in(work, 120),
        summary="A carer wrote about somebody who has not agreed to it. Nothing about that person was kept.",
    )
    if not own_words:
        return
    for inbound in work.session.scalars(
        select(InboundRow).where(InboundRow.address_id == address.id, InboundRow.text == own_words)
    ):
        inbound.text = NOT_KEPT
    rows = select(ConversationRow).where(ConversationRow.address_id == address.id)
    for row in work.session.scalars(rows):
        _forget(row, own_words)
    work.session.flush()


SAID_OF_THEM = (
    "own_words",
    "for_whom",
    "whom",
    "concerns",
    "access_needs",
    "group_words",
    "postcode",
    "heard",
)


def _forget(row: ConversationRow, own_words: str) -> None:
    state = State.from_json(row.state)
    if state.facts.get("own_words") == own_words:
        kept = {name: value for name, value in state.facts.items() if name not in SAID_OF_THEM}
        row.state = replace(state, facts=kept).to_json()


def record_proxy(
    work: Work, person: Person, proxy: Person, *, relation: str, consent: str, gets_messages: bool = True
) -> Proxy:
    """The person wishes somebody to get their messages. Recorded again, the newer words count."""
    row = work.session.scalar(
        select(Proxy).where(
            Proxy.person_id == person.id, Proxy.proxy_id == proxy.id, Proxy.ended_at.is_(None)
        )
    )
    if row is None:
        row = Proxy(person_id=person.id, proxy_id=proxy.id, consent=consent[:200], since=work.now)
        work.session.add(row)
    row.relation = relation[:40] or row.relation or ""
    row.consent = consent[:200]
    row.gets_messages = gets_messages
    give_role(work, proxy, Role.CARER)
    work.session.flush()
    return row
