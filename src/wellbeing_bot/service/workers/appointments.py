"""Appointments with a link worker: offered, chosen, moved, given up, kept or missed. Each is told once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select, update

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.people import open_referral
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.words import when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import notices, reminding
from wellbeing_bot.service.workers.saying import how, when
from wellbeing_bot.store import Appointment, ConversationRow, Person, Referral
from wellbeing_bot.store.states import AppointmentState, ConversationState, ReferralState, Urgency

SCRIPT = "appointment_offer"

NONE = "none"
"""The answer that none of the times suits."""

ORDINALS = ("first", "second", "third")


def make(
    work: Work,
    person: Person,
    worker: Person,
    times: Sequence[datetime],
    *,
    place: str = "",
    minutes: int = 30,
) -> Appointment:
    """Keep an offer of one to three times. Nothing is texted yet."""
    referral = open_referral(work, person)
    appointment = Appointment(
        network_id=work.network.id,
        person_id=person.id,
        link_worker_id=worker.id,
        referral_id=referral.id if referral else None,
        times=[moment.astimezone(UTC).isoformat() for moment in sorted(times)],
        place=place,
        minutes=minutes,
        offered_at=work.now,
    )
    work.session.add(appointment)
    work.session.flush()
    return appointment


def times_left(work: Work, appointment: Appointment) -> list[datetime]:
    """The times that stand offered and are still to come."""
    every = (datetime.fromisoformat(written) for written in appointment.times)
    return [moment for moment in every if moment > work.now]


def offer_facts(work: Work, appointment: Appointment) -> dict[str, Fact]:
    """What the conversation that offers the times is started with."""
    left = times_left(work, appointment)
    labels = [when_words(moment, work.zone, appointment.person.language) for moment in left]
    offered: list[Fact] = []
    for number, (moment, label) in enumerate(zip(left, labels, strict=True)):
        also: list[Fact] = [ORDINALS[number], f"the {ORDINALS[number]} one"]
        also += ["yes", "yes please", "ok", "that suits"] if len(left) == 1 else []
        offered.append({"value": moment.astimezone(UTC).isoformat(), "label": label, "also": also})
    offered.append({"value": NONE, "label": "None of these", "also": ["none", "neither", "no", "no thanks"]})
    return {
        "appointment": appointment.id,
        "first_name": appointment.person.first_name or "there",
        "link_worker": appointment.link_worker.first_name,
        "how": how(work, appointment),
        "offered": offered,
        "lines": "\n".join(f"{number}. {label}" for number, label in enumerate(labels, start=1)),
    }


def choose(work: Work, appointment: Appointment, chosen: datetime) -> bool:
    """They take a time. False when it has passed meanwhile; the link worker then offers others."""
    if appointment.state in {AppointmentState.CALLED_OFF, AppointmentState.WITHDRAWN} or chosen <= work.now:
        raise_for_worker(work, appointment, "appointment_other_time", "Answered after the times had passed.")
        return False
    set_time(work, appointment, chosen)
    _tell_worker(work, appointment)
    return True


def set_time(work: Work, appointment: Appointment, at: datetime) -> None:
    """The time it is at from now on, with its reminders."""
    appointment.moves += 1 if appointment.starts_at is not None else 0
    appointment.starts_at = at
    appointment.state = AppointmentState.BOOKED
    appointment.answered_at = work.now
    appointment.times = []
    referral = work.session.get(Referral, appointment.referral_id) if appointment.referral_id else None
    if referral is not None:
        referral.first_contact_at = referral.first_contact_at or work.now
        referral.booked_at = referral.booked_at or work.now
        if referral.state is ReferralState.WAITING:
            referral.state = ReferralState.BOOKED
    work.session.flush()
    reminding.plan(work, appointment)


def wants_other_time(work: Work, appointment: Appointment) -> None:
    """None of the times suits, or the one that was agreed no longer does: the link worker reads why."""
    if appointment.state is not AppointmentState.BOOKED:
        appointment.state = AppointmentState.OTHER_TIME
        appointment.answered_at = work.now
    said = "Would like another time. Please read their text, and offer some."
    raise_for_worker(work, appointment, "appointment_other_time", said)


def not_answered(work: Work, appointment: Appointment) -> None:
    """No answer to the times offered."""
    if appointment.state is AppointmentState.OFFERED:
        appointment.state = AppointmentState.UNANSWERED
        raise_for_worker(work, appointment, "appointment_unanswered", "Has not answered the times offered.")


def withdraw(work: Work, appointment: Appointment) -> None:
    """They give it up; the link worker is told."""
    _settle(work, appointment, AppointmentState.WITHDRAWN)
    said = "Can't come to their appointment, and it is taken out. Please offer another time if they wish it."
    raise_for_worker(work, appointment, "appointment_withdrawn", said)
    _tell_worker(work, appointment)


def call_off(work: Work, appointment: Appointment) -> None:
    """The link worker can't; they are told, if they knew of a time."""
    was = appointment.starts_at
    facts = {"link_worker": appointment.link_worker.first_name, "when": when(work, appointment)}
    _settle(work, appointment, AppointmentState.CALLED_OFF)
    if was is not None and was > work.now:
        tell(
            work, appointment.person, "appointment_called_off", facts, occurrence=f"appt_off:{appointment.id}"
        )


def came(work: Work, appointment: Appointment) -> None:
    """It took place: the episode is under way."""
    _settle(work, appointment, AppointmentState.KEPT)
    referral = work.session.get(Referral, appointment.referral_id) if appointment.referral_id else None
    if referral is not None and referral.state in {ReferralState.WAITING, ReferralState.BOOKED}:
        referral.state = ReferralState.ACTIVE
        referral.active_at = referral.active_at or work.now


def missed(work: Work, appointment: Appointment) -> None:
    """They did not come or did not answer the telephone. They are asked kindly, once."""
    _settle(work, appointment, AppointmentState.MISSED)
    facts = {"first_name": appointment.person.first_name, "link_worker": appointment.link_worker.first_name}
    tell(work, appointment.person, "appointment_missed", facts, occurrence=f"appt_missed:{appointment.id}")


def _tell_worker(work: Work, appointment: Appointment) -> None:
    once = f"{appointment.id}:{appointment.moves}:{appointment.state}"
    notices.tell_worker(work, appointment.link_worker, "appointment", appointment.person, occurrence=once)


def _settle(work: Work, appointment: Appointment, state: AppointmentState) -> None:
    appointment.state = state
    appointment.settled_at = work.now
    close_offer(work, appointment)
    reminding.take_back(work, appointment)


def close_offer(work: Work, appointment: Appointment) -> None:
    """The question about its times is open no more."""
    work.session.execute(
        update(ConversationRow)
        .where(
            ConversationRow.subject == subject(appointment), ConversationRow.status == ConversationState.OPEN
        )
        .values(status=ConversationState.CLOSED, outcome="settled", closed_at=work.now)
    )
    work.session.flush()


def subject(appointment: Appointment) -> str:
    """What its conversation is about."""
    return f"appointment:{appointment.id}"


def coming(work: Work, person: Person) -> list[Appointment]:
    """Somebody's booked appointments that have not begun, soonest first."""
    return list(
        work.session.scalars(
            select(Appointment)
            .where(
                Appointment.person_id == person.id,
                Appointment.state == AppointmentState.BOOKED,
                Appointment.starts_at > work.now,
            )
            .order_by(Appointment.starts_at)
        )
    )


def raise_for_worker(work: Work, appointment: Appointment, kind: str, summary: str) -> None:
    """Something about an appointment that is for its link worker, with the text that led to it."""
    raise_task(
        work,
        kind,
        urgency=Urgency.SOON,
        person=appointment.person,
        occurrence=f"{kind}:{appointment.id}:{work.inbound.id if work.inbound else work.now.isoformat()}",
        due_at=due_in(work, 24),
        summary=summary,
        assigned_to=appointment.link_worker.full_name,
        inbound=work.inbound,
    )
