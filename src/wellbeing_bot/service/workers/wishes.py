"""What people text about their appointment: another time, not coming, when it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import changing
from wellbeing_bot.service.changing.targets import LATELY
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import close
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import appointments, saying
from wellbeing_bot.service.workers.other_times import asks_other_time
from wellbeing_bot.store import AddressRow, Appointment, ConversationRow, OutboundRow, Person
from wellbeing_bot.understanding.meaning import Details

_NAMED = re.compile(
    r"\b(?:appointments?|appts?|(?:phone ?)?call|ring(?:ing)?|chat|seeing you)\b", re.IGNORECASE
)


def hear_offer(
    work: Work, said: str, address: AddressRow, person: Person, row: ConversationRow | None
) -> bool:
    """None of the times offered, and others named: "neither, can you do mornings"."""
    if row is None or row.script != appointments.SCRIPT or row.person_id != person.id:
        return False
    if not asks_other_time(said):
        return False
    appointment = work.session.get_one(Appointment, int(row.subject.partition(":")[2]))
    close(work, row, "other_time")
    appointments.wants_other_time(work, appointment)
    facts = {"link_worker": appointment.link_worker.first_name}
    reply(work, address, "appointment_other_time", facts, person=person)
    return True


def change(work: Work, said: str, address: AddressRow, person: Person, details: Details) -> bool:
    """A text that changes something: whether it is the appointment, and what is done then."""
    if details.scope in {"running_late", "pause", "all"}:
        return False
    found = _meant(work, said, address, person, details)
    if found is None:
        return False
    if details.scope == "move" or (details.scope is None and asks_other_time(said)):
        appointments.wants_other_time(work, found)
        reply(work, address, "appointment_stands", _facts(work, found), person=person)
    else:
        facts = _facts(work, found)
        appointments.withdraw(work, found)
        reply(work, address, "appointment_withdrawn", facts, person=person)
    return True


def tell_when(work: Work, said: str, address: AddressRow, person: Person, details: Details) -> bool:
    """ "When is my appointment?", or "when is the next one?" where nothing else is booked."""
    coming = appointments.coming(work, person)
    if not coming or details.group_words:
        return False
    if not _names(said, coming) and changing.targets(work, person):
        return False
    reply(work, address, "appointment_is", _facts(work, coming[0]), person=person)
    return True


def _facts(work: Work, appointment: Appointment) -> dict[str, Fact]:
    return {
        "link_worker": appointment.link_worker.first_name,
        "when": saying.when(work, appointment),
        "how": saying.how(work, appointment),
    }


def _names(said: str, coming: Sequence[Appointment]) -> bool:
    names = {one.link_worker.first_name.lower() for one in coming}
    return bool(_NAMED.search(said)) or bool(names & set(re.findall(r"\w+", said.lower())))


def _meant(
    work: Work, said: str, address: AddressRow, person: Person, details: Details
) -> Appointment | None:
    """The appointment that a text means: by name, by its day, or because we wrote of it last."""
    coming = appointments.coming(work, person)
    if not coming:
        return None
    others = changing.targets(work, person)
    if _names(said, coming) or not (others or details.group_words):
        return coming[0]
    if details.group_words:
        return None
    if details.when is not None or details.day is not None:
        elsewhere = any(_on(work, target.session.starts_at, details) for target in others)
        on_that_day = [one for one in coming if one.starts_at and _on(work, one.starts_at, details)]
        return on_that_day[0] if on_that_day and not elsewhere else None
    return coming[0] if _wrote_of_it_last(work, address) else None


def _on(work: Work, moment: datetime, details: Details) -> bool:
    day = moment.astimezone(work.zone).date()
    return day == details.when if details.when is not None else day.weekday() == details.day


def _wrote_of_it_last(work: Work, address: AddressRow) -> bool:
    last = work.session.execute(
        select(OutboundRow.key, OutboundRow.session_id)
        .where(OutboundRow.address_id == address.id, OutboundRow.created_at > work.now - LATELY)
        .order_by(OutboundRow.id.desc())
        .limit(1)
    ).first()
    return last is not None and last.session_id is None and "appointment" in last.key
