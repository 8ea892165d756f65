"""What becomes of a link worker's first text: yes, no, or no answer at all."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.people import open_referral
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.tasks import due_in, finish_occurrence, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import appointments
from wellbeing_bot.store import AddressRow, Appointment, ConversationRow, InboundRow, Person, Referral
from wellbeing_bot.store.states import AppointmentState, ReferralState, Urgency
from wellbeing_bot.understanding.answers import read_answer
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Question

NOT_REACHED = "not_reached"
"""How the first conversation ends when nobody answers it."""


def worker_of(work: Work, referral: Referral) -> str:
    """The first name of the link worker who has a referral, to give a task to; or nothing."""
    worker = work.session.get(Person, referral.link_worker_id) if referral.link_worker_id else None
    return worker.full_name if worker else ""


def reached(work: Work, referral: Referral) -> None:
    """They would like to hear from us: the first contact is made."""
    referral.first_contact_at = referral.first_contact_at or work.now
    work.session.flush()


def times_offered(work: Work, referral: Referral) -> Appointment | None:
    """The appointment that was offered with the referral, if one of its times is still to come."""
    appointment = work.session.scalar(
        select(Appointment).where(
            Appointment.referral_id == referral.id, Appointment.state == AppointmentState.OFFERED
        )
    )
    if appointment is None or not appointments.times_left(work, appointment):
        return None
    return appointment


def said_what_matters(work: Work, referral: Referral, person: Person, address: AddressRow, said: str) -> None:
    """Keep what they would like, beside what the referrer wrote, and tell the link worker."""
    if said:
        referral.own_words = "\n".join(part for part in (referral.own_words, said) if part)
        concerns = read_details(said, work.local_now).concerns
        referral.concerns = sorted({*referral.concerns, *concerns})
    raise_task(
        work,
        "new_referral",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"new_referral:{referral.id}",
        due_at=due_in(work, 72),
        summary="Said yes to the first text."
        + (" Please read what they would like, and get in touch." if said else " Please get in touch."),
        assigned_to=worker_of(work, referral),
        inbound=work.inbound,
    )


def declined(work: Work, referral: Referral, person: Person, address: AddressRow) -> None:
    """They would rather not: the episode ends, and whoever referred them is to be told."""
    offered = times_offered(work, referral)
    if offered is not None:
        offered.state = AppointmentState.WITHDRAWN
    referral.state = ReferralState.DECLINED
    referral.closed_at = work.now
    referral.outcome = "Said no thank you to the first text"
    raise_task(
        work,
        "referral_declined",
        person=person,
        address=address,
        occurrence=f"referral_declined:{referral.id}",
        due_at=due_in(work, 72),
        summary=f"Said no thank you. Please tell {referral.referrer or 'whoever referred them'}.",
        assigned_to=worker_of(work, referral),
        inbound=work.inbound,
    )


def not_reached(work: Work, referral: Referral, person: Person, address: AddressRow) -> None:
    """Two texts and no answer: a person finds another way."""
    raise_task(
        work,
        "not_reached",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"not_reached:{referral.id}",
        due_at=due_in(work, 48),
        summary="Has not answered two texts. Please ring them, and text nothing more first.",
        assigned_to=worker_of(work, referral),
    )


def answered_late(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> bool:
    """Whether a text answers the first texts after we had given up on them; if so it is taken as that."""
    referral = open_referral(work, person)
    if referral is None or referral.first_contact_at is not None or not _given_up(work, referral, person):
        return False
    reading = read_answer(Question("late", AnswerKind.YES_NO, "?"), inbound.text)
    finish_occurrence(work, f"not_reached:{referral.id}", "the bot")
    if isinstance(reading, Answered) and reading.value is False:
        declined(work, referral, person, address)
        reply(work, address, "referral_declined_late", {"first_name": person.first_name}, person=person)
        return True
    reached(work, referral)
    said_what_matters(work, referral, person, address, inbound.text)
    facts = {"first_name": person.first_name, "link_worker": worker_of(work, referral) or "our team"}
    reply(work, address, "referral_answered_late", facts, person=person)
    return True


def _given_up(work: Work, referral: Referral, person: Person) -> bool:
    ended = select(ConversationRow.id).where(
        ConversationRow.person_id == person.id,
        ConversationRow.subject == f"referral:{referral.id}",
        ConversationRow.outcome == NOT_REACHED,
    )
    return work.session.scalar(ended.limit(1)) is not None
