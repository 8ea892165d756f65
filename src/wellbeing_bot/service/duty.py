"""The duty rota: who is told of something urgent, and who is told next when nobody says they have it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from sqlalchemy import select

from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.tasks import raise_task, schedule
from wellbeing_bot.service.words import minutes_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Duty, Person, Task
from wellbeing_bot.store.states import OutboundKind, TaskState, Urgency

FRESH = timedelta(hours=4)
"""For so long everybody on the rota is told in turn at the pace the network allows; after that hourly."""

LATER = timedelta(hours=1)


def rota(work: Work) -> list[Person]:
    """Who is on duty at this moment, in order."""
    local = work.local_now
    people: list[Person] = []
    for duty in work.session.scalars(
        select(Duty).where(Duty.network_id == work.network.id).order_by(Duty.position, Duty.id)
    ):
        if duty.weekdays and local.weekday() not in duty.weekdays:
            continue
        if not _within(local.time().replace(tzinfo=None), duty.start, duty.until):
            continue
        person = work.session.get_one(Person, duty.person_id)
        if person not in people:
            people.append(person)
    return people


def _within(wall: time, start: str | None, until: str | None) -> bool:
    if start is None or until is None:
        return True
    begin, end = time.fromisoformat(start), time.fromisoformat(until)
    return begin <= wall < end if begin <= end else wall >= begin or wall < end


def raise_urgent(work: Work, kind: str, *, summary: str, **about: Any) -> Task:
    """Raise an urgent task and tell the first person on duty. ``about`` is as for ``raise_task``."""
    task = raise_task(work, kind, urgency=Urgency.URGENT, summary=summary, **about)
    if task.escalation == 0:
        alert_next(work, task)
    return task


def alert_next(work: Work, task: Task) -> None:
    """Tell the next person of the rota, and look again after the time a network allows to acknowledge.

    After four hours without an answer the next is told each hour.

    Past the end of the rota everybody has been told; the desk shows it, and telling starts again from the
    first, because an urgent task that nobody has must not fall silent.
    """
    if task.state is not TaskState.RAISED:
        return
    people = rota(work)
    if not people:
        raise_task(
            work,
            "no_duty_rota",
            urgency=Urgency.SOON,
            occurrence=f"no_duty_rota:{work.network.id}:{work.local_now.date()}",
            summary="Something urgent came in and nobody is on the duty rota.",
        )
        return
    person = people[task.escalation % len(people)]
    task.escalation += 1
    tell(
        work,
        person,
        "duty_alert",
        {
            "task_number": task.id,
            "within": minutes_words(work.settings.urgent_acknowledge_minutes, work.language_of(person)),
        },
        kind=OutboundKind.ALERT,
        occurrence=f"duty:{task.id}:{task.escalation}",
    )
    schedule(
        work,
        "escalate",
        f"escalate:{task.id}:{task.escalation}",
        work.now + _pace(work, task),
        task_id=task.id,
    )


def _pace(work: Work, task: Task) -> timedelta:
    """How long until the next is told: a phone that buzzes all night for one thing is switched off."""
    allowed = timedelta(minutes=work.settings.urgent_acknowledge_minutes)
    return allowed if work.now - task.raised_at < FRESH else max(allowed, LATER)
