"""What link workers do about appointments: offering, agreeing, moving, calling off, and how it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from wellbeing_bot.service import tasks
from wellbeing_bot.service.desk.base import PERSON, Argument, DeskAction, DeskError, find, moment, optional
from wellbeing_bot.service.people import open_referral, reach
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import appointments, saying
from wellbeing_bot.service.workers.deciding import link_worker
from wellbeing_bot.store import Appointment, Person
from wellbeing_bot.store.states import AppointmentState

MOST_TIMES = 3
SETTLED = {AppointmentState.KEPT, AppointmentState.MISSED}
HERS = ("appointment_other_time", "appointment_unanswered", "appointment_withdrawn")
"""Tasks that are done once she has offered or agreed another time."""

Args = Mapping[str, Any]


def offer(work: Work, args: Args) -> dict[str, Any]:
    """Offer one to three times by text. With ``instead_of``, that appointment stands until one is chosen."""
    person = find(work, Person, args["person"], "person")
    address = reach(work, person)
    if address is None:
        raise DeskError("they can't be texted; ring them, and type in what you agree with book_appointment")
    times = offered_times(work, args["times"])
    if args.get("instead_of"):
        appointment = _of(work, args["instead_of"])
        if appointment.person_id != person.id:
            raise DeskError("that appointment is somebody else's")
        appointments.close_offer(work, appointment)
        appointment.times = [one.isoformat() for one in times]
        if appointment.state is not AppointmentState.BOOKED:
            appointment.state = AppointmentState.OFFERED
    else:
        appointment = _make(work, person, args, times)
    _done_with(work, person)
    start(
        work,
        appointments.SCRIPT,
        address,
        person,
        appointments.offer_facts(work, appointment),
        subject=appointments.subject(appointment),
    )
    return {"appointment": appointment.id, "person": person.id}


def book(work: Work, args: Args) -> dict[str, Any]:
    """Keep a time that was agreed by telephone or in the corridor, and tell them once."""
    person = find(work, Person, args["person"], "person")
    at = to_come(work, moment(work, args["at"]))
    appointment = _make(work, person, args, [at])
    appointments.set_time(work, appointment, at)
    _done_with(work, person)
    facts = {
        "link_worker": appointment.link_worker.first_name,
        "when": saying.when(work, appointment),
        "how": saying.how(work, appointment),
    }
    tell(work, person, "appointment_booked", facts, occurrence=f"appt_booked:{appointment.id}", expires_at=at)
    return {"appointment": appointment.id, "person": person.id}


def move(work: Work, args: Args) -> dict[str, Any]:
    """Move a booked appointment; they are told once."""
    appointment = _of(work, args["appointment"])
    if appointment.state is not AppointmentState.BOOKED:
        raise DeskError("only an appointment that is booked can be moved; offer times instead")
    was, at = saying.when(work, appointment), to_come(work, moment(work, args["to"]))
    appointments.close_offer(work, appointment)
    appointments.set_time(work, appointment, at)
    _done_with(work, appointment.person)
    facts = {
        "link_worker": appointment.link_worker.first_name,
        "was": was,
        "when": saying.when(work, appointment),
        "how": saying.how(work, appointment),
    }
    once = f"appt_moved:{appointment.id}:{appointment.moves}"
    tell(work, appointment.person, "appointment_moved", facts, occurrence=once, expires_at=at)
    return {"appointment": appointment.id, "person": appointment.person_id}


def call_off(work: Work, args: Args) -> dict[str, Any]:
    """She can't; they are told once."""
    appointment = _of(work, args["appointment"])
    if appointment.state in SETTLED:
        raise DeskError("it is over already")
    if appointment.state is not AppointmentState.CALLED_OFF:
        appointments.call_off(work, appointment)
    return {"appointment": appointment.id, "person": appointment.person_id}


def outcome(work: Work, args: Args) -> dict[str, Any]:
    """Whether it took place. Nobody is texted twice that they were missed."""
    appointment = _of(work, args["appointment"])
    if appointment.starts_at is None or appointment.starts_at > work.now:
        raise DeskError("it has not been yet")
    if args["came"]:
        appointments.came(work, appointment)
    else:
        appointments.missed(work, appointment)
    tasks.finish_occurrence(work, f"appointment_outcome:{appointment.id}:{appointment.moves}", work.actor)
    return {"appointment": appointment.id, "state": appointment.state.value, "person": appointment.person_id}


def offered_times(work: Work, written: Sequence[Any]) -> list[datetime]:
    """One to three times to come, soonest first.

    Raises:
        DeskError: there are none or too many, one is no time, or one has passed.
    """
    if not 1 <= len(written) <= MOST_TIMES:
        raise DeskError(f"offer one to {MOST_TIMES} times")
    try:
        times = [moment(work, str(one)) for one in written]
    except ValueError:
        raise DeskError("write each time such as 2026-11-26T10:00") from None
    return sorted({to_come(work, one) for one in times})


def to_come(work: Work, at: datetime) -> datetime:
    """The moment, if it is still to come.

    Raises:
        DeskError: it has passed.
    """
    if at <= work.now:
        raise DeskError("that time is past; choose one that is to come")
    return at


def _of(work: Work, key: int) -> Appointment:
    return find(work, Appointment, key, "appointment")


def _make(work: Work, person: Person, args: Args, times: Sequence[datetime]) -> Appointment:
    referral = open_referral(work, person)
    worker = link_worker(work, args)
    if worker is None and referral is not None and referral.link_worker_id is not None:
        worker = work.session.get(Person, referral.link_worker_id)
    if worker is None:
        raise DeskError("say which link worker they would talk with, or take them on first")
    place, minutes = (args.get("place") or "").strip()[:120], args.get("minutes") or 30
    if not 5 <= minutes <= 240:
        raise DeskError("an appointment takes 5 to 240 minutes")
    return appointments.make(work, person, worker, times, place=place, minutes=minutes)


def _done_with(work: Work, person: Person) -> None:
    """What she was asked to do about an earlier time is done by this."""
    for kind in HERS:
        task = tasks.open_task(work, kind, person=person)
        if task is not None:
            tasks.finish(work, task, work.actor)


APPOINTMENT = Argument("id", "the appointment's number")
LINK_WORKER = optional("id", "the link worker's number as a person; left out, whoever has them")
PLACE = optional("text", "where, for example the Oyster Hall; by telephone, if left out")
MINUTES = optional("id", "how long it takes; 30, if left out")

ACTIONS: Mapping[str, DeskAction] = {
    "offer_appointment": DeskAction(
        "Offer a person one to three times to talk.",
        {
            "person": PERSON,
            "times": Argument("list", "times such as 2026-11-26T10:00"),
            "place": PLACE,
            "minutes": MINUTES,
            "link_worker": LINK_WORKER,
            "instead_of": optional("id", "an appointment that stands until one of these is chosen"),
        },
        offer,
    ),
    "book_appointment": DeskAction(
        "Keep a time that was agreed with a person; they are told once.",
        {
            "person": PERSON,
            "at": Argument("moment", "when"),
            "place": PLACE,
            "minutes": MINUTES,
            "link_worker": LINK_WORKER,
        },
        book,
    ),
    "move_appointment": DeskAction(
        "Move an appointment; they are told once.",
        {"appointment": APPOINTMENT, "to": Argument("moment", "the new time")},
        move,
    ),
    "call_off_appointment": DeskAction(
        "Call an appointment off; they are told once.", {"appointment": APPOINTMENT}, call_off
    ),
    "appointment_outcome": DeskAction(
        "Whether an appointment took place.",
        {"appointment": APPOINTMENT, "came": Argument("yes_no", "whether it took place")},
        outcome,
    ),
}
