"""Telling the link worker that a result is in: a task, and initials with a link. Never a score in a text."""

from __future__ import annotations

from collections.abc import Sequence

from wellbeing_bot.conversation import say_notice
from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.service.people import reach
from wellbeing_bot.service.questionnaires import answers
from wellbeing_bot.service.questionnaires.network import library
from wellbeing_bot.service.sending.outbox import put
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers.notices import wants
from wellbeing_bot.store import Asking, Person, Referral
from wellbeing_bot.store.states import OutboundKind

RESULT_DUE_HOURS = 120


def report(work: Work, person: Person, rows: Sequence[Asking], how: Closed) -> None:
    """A round is over: put it on the worklist and tell whoever reads it, in the channel they chose."""
    if how is Closed.CALLED_OFF or _half_of_a_session(work, rows):
        return
    worker = link_worker_of(work, rows)
    given = any(value is not None for row in rows for value in answers.of_asking(work.session, row).values())
    raise_task(
        work,
        "result_in" if given else "questions_unanswered",
        person=person,
        asking_id=rows[0].id,
        occurrence=f"result_in:{rows[0].id}",
        due_at=due_in(work, RESULT_DUE_HOURS),
        assigned_to=worker.full_name if worker else "",
        summary="; ".join(_in_short(work, row) for row in rows) + ".",
    )
    address = reach(work, worker) if worker and given and wants(work, worker, "result") else None
    if worker is None or address is None:
        return
    said = say_notice(
        work.scripts_for(worker),
        "result_in",
        {"initials": person.initials or "one person", "link": desk_link(work, person)},
        work.local_now.date(),
    )
    put(work, address, said, kind=OutboundKind.BEGUN, person=worker, occurrence=f"result_in:{rows[0].id}")


def _half_of_a_session(work: Work, rows: Sequence[Asking]) -> bool:
    """What is asked before a lunch is reported with what is asked after it, not twice a lunch."""
    if rows[0].session_id is None:
        return False
    return answers.earlier(work.session, rows[0]) is None


def _in_short(work: Work, row: Asking) -> str:
    instrument = library(work).instrument(row.instrument)
    given = sum(1 for value in answers.of_asking(work.session, row).values() if value is not None)
    title = instrument.title if instrument else row.instrument
    of = f" of {len(instrument.items)}" if instrument else ""
    return f"{title}, {row.point.replace('_', ' ')}: {given}{of} answered"


def link_worker_of(work: Work, rows: Sequence[Asking]) -> Person | None:
    """Who reads it: the link worker of the referral, or nobody by name."""
    for row in rows:
        referral = work.session.get(Referral, row.referral_id) if row.referral_id else None
        if referral is not None and referral.link_worker_id is not None:
            return work.session.get(Person, referral.link_worker_id)
    return None


def desk_link(work: Work, person: Person) -> str:
    """Where the desk shows a person. It asks whoever opens it to sign in."""
    base = work.deployment.public_base_url
    return f"{base}/desk/people/{person.id}" if base else f"the desk, person {person.id}"
