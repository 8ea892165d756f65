"""Somebody is on the way and late. Whoever waits for them at the door is told, and so is the team."""

from __future__ import annotations

from datetime import timedelta

from wellbeing_bot.service.activities.sessions import meeting_point
from wellbeing_bot.service.changing.targets import Target, targets
from wellbeing_bot.service.sending.outbox import reply, tell
from wellbeing_bot.service.tasks import due_in, join, raise_task
from wellbeing_bot.service.words import list_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, InboundRow, Meeting, Person
from wellbeing_bot.store.states import Urgency

SOON = timedelta(hours=6)
"""Somebody who runs late means what begins within this."""


def hear(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> None:
    """Tell the team, and the one a late champion was to meet: to wait alone and unknowing is the worst."""
    today = [target for target in targets(work, person) if target.session.starts_at - work.now < SOON]
    _tell_team(work, inbound, address, person, today)
    told = [_tell_patient(work, person, target) for target in today if target.kind == "meeting"]
    if told:
        reply(work, address, "champion_late_told", {"patient": list_words(told)}, person=person)
    else:
        reply(work, address, "running_late_noted", person=person)


def _tell_team(
    work: Work, inbound: InboundRow, address: AddressRow, person: Person, today: list[Target]
) -> None:
    task = raise_task(
        work,
        "running_late",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        session_id=today[0].session.id if today else None,
        occurrence=f"running_late:{inbound.id}",
        due_at=due_in(work, 0.5),
        summary="Running late. Please let the group know.",
    )
    join(work, task, inbound)


def _tell_patient(work: Work, champion: Person, target: Target) -> str:
    """Tell whoever waits, once. Returns their first name."""
    meeting = work.session.get_one(Meeting, target.key)
    patient = meeting.place.person
    tell(
        work,
        patient,
        "champion_late",
        {"champion": champion.first_name, "meeting_point": meeting_point(work, target.session)},
        session=target.session,
        occurrence=f"champion_late:{meeting.id}",
        expires_at=target.session.ends_at,
    )
    return patient.first_name or "them"
