"""Texts about somebody else: a recorded proxy is answered, anybody else is refused and learns nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from wellbeing_bot.service import changing, meetings
from wellbeing_bot.service.activities.finding import is_named
from wellbeing_bot.service.people import open_hold
from wellbeing_bot.service.places import booking
from wellbeing_bot.service.rides.rows import coming_rides
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.wishes import on_record
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ConversationRow, Group, InboundRow, Meeting, Person, Proxy
from wellbeing_bot.store.states import ConversationState, MeetingState, Urgency
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Details, Intent, InterruptKind, Meaning
from wellbeing_bot.understanding.people_words import (
    asks_about_somebody_else,
    name_asked_about,
    names_said,
    speaks_of_somebody_else,
)

ABOUT_THEM = frozenset({Intent.CHANGE_OR_CANCEL, Intent.ATTENDANCE_NEXT})
"""What a proxy may do for somebody by text: hear of what is booked, and say that they are not coming."""


def take_up(
    work: Work, inbound: InboundRow, address: AddressRow, people: Sequence[Person], meaning: Meaning
) -> bool:
    """True when a text is about somebody else, and has been dealt with."""
    if open_hold(work, address) is not None:
        return False
    theirs = meant(work, inbound.text, people, meaning)
    if theirs is not None:
        _for_proxy(work, inbound, address, theirs, meaning)
        return True
    if not asks_about_somebody_else(inbound.text) or _may_know(work, inbound.text, people):
        return False
    reply(work, address, "cannot_tell_of_others")
    return True


def patients_of(work: Work, people: Sequence[Person]) -> list[Person]:
    """Whose messages these people get, with consent on record."""
    if not people:
        return []
    return list(
        work.session.scalars(
            select(Person)
            .join(Proxy, Proxy.person_id == Person.id)
            .where(
                Proxy.proxy_id.in_([person.id for person in people]),
                Proxy.ended_at.is_(None),
                Proxy.gets_messages,
                Person.erased_at.is_(None),
                Person.merged_into_id.is_(None),
            )
            .order_by(Proxy.id)
        )
    )


def meant(work: Work, text: str, people: Sequence[Person], meaning: Meaning) -> Person | None:
    """Whom of those they speak for a text is about: by name, as "she", or as the only one booked."""
    patients = [one for one in patients_of(work, people) if one not in people]
    if not patients:
        return None
    named = names_said(text, [patient.first_name for patient in patients])
    if len(named) == 1:
        return next(patient for patient in patients if patient.first_name == named[0])
    if len(patients) != 1 or name_asked_about(text):
        return None
    if speaks_of_somebody_else(text):
        return patients[0]
    own = any(changing.targets(work, person) for person in people)
    calls_off = meaning.command is InterruptKind.CANCEL or bool(_intents(meaning) & ABOUT_THEM)
    return patients[0] if calls_off and not own and changing.targets(work, patients[0]) else None


def _intents(meaning: Meaning) -> set[Intent]:
    return set(meaning.about.intents) if meaning.about else set()


def _for_proxy(
    work: Work, inbound: InboundRow, address: AddressRow, patient: Person, meaning: Meaning
) -> None:
    details = meaning.about.details if meaning.about else Details()
    intents = _intents(meaning)
    if meaning.command is InterruptKind.CANCEL or Intent.CHANGE_OR_CANCEL in intents:
        changing.change(work, inbound, address, patient, details)
    elif Intent.ATTENDANCE_NEXT in intents or asks_about_somebody_else(inbound.text):
        read = read_details(inbound.text, work.local_now)
        on_record.answer(work, address, patient, replace(read, about=details.about or read.about))
    else:
        raise_task(
            work,
            "reply_to_read",
            urgency=Urgency.SOON,
            person=patient,
            address=address,
            occurrence=f"proxy_writes:{inbound.id}",
            due_at=due_in(work, 48),
            summary="Their recorded proxy writes about them. Please read the text.",
            inbound=inbound,
        )
        reply(work, address, "passed_on", person=patient)


def _may_know(work: Work, text: str, people: Sequence[Person]) -> bool:
    """Whether it is nobody else at all: a group's name, somebody on this phone, or whom they meet."""
    name = name_asked_about(text)
    groups = work.session.scalars(select(Group).where(Group.network_id == work.network.id))
    if name and any(is_named(group, name) for group in groups):
        return True
    if not name and not _kin(text) and any(_has_a_lift(work, person) for person in people):
        return True  # "what time will they come": it is the driver they mean
    known = [person.first_name for person in people] + _meeting_names(work, people)
    if name:
        return bool(names_said(name, known))
    return bool(names_said(text, known)) or (_meeting_names(work, people) != [] and not _kin(text))


def _has_a_lift(work: Work, person: Person) -> bool:
    """Whether they have a lift to come, or are being asked about one."""
    if coming_rides(work, person):
        return True
    asked = select(ConversationRow.id).where(
        ConversationRow.person_id == person.id,
        ConversationRow.script == "ride_request",
        ConversationRow.status == ConversationState.OPEN,
    )
    return work.session.scalar(asked.limit(1)) is not None


def _kin(text: str) -> bool:
    words = text.lower().split()
    return "my" in words or "our" in words


def _meeting_names(work: Work, people: Sequence[Person]) -> list[str]:
    """First names they were given: the champion who meets them, the patients they meet."""
    names = []
    for person in people:
        for place in booking.coming_places(work, person):
            met = meetings.accepted_meeting(work, place)
            names += [met.champion.first_name] if met else []
        names += [one.place.person.first_name for one in changing.promised(work, person)]
        names += [one.place.person.first_name for one in _asked(work, person)]
    return [name for name in names if name]


def _asked(work: Work, champion: Person) -> Sequence[Meeting]:
    return work.session.scalars(
        select(Meeting).where(Meeting.champion_id == champion.id, Meeting.state == MeetingState.ASKED)
    ).all()
