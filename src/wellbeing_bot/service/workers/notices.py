"""Notices to a link worker herself, on the channel she prefers: initials and a link, never more."""

from __future__ import annotations

from typing import Literal

from wellbeing_bot.service.people import open_referral
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Person, WorkerNotices

What = Literal["new_referral", "urgent", "result", "appointment"]

NO_NAME = "one person"
"""Said for a person whose name is not known yet."""

UNLESS_CHANGED: frozenset[What] = frozenset({"result"})
"""What a link worker is told of who has set nothing."""


def wants(work: Work, worker: Person, what: What) -> bool:
    """Whether she wishes to be told of this herself."""
    row = work.session.get(WorkerNotices, worker.id)
    return what in UNLESS_CHANGED if row is None else bool(getattr(row, what))


def tell_worker(work: Work, worker: Person, what: What, about: Person, *, occurrence: str) -> None:
    """Tell her, if she wishes it; the same ``occurrence`` is told once."""
    if not wants(work, worker, what):
        return
    base = work.deployment.public_base_url
    tell(
        work,
        worker,
        f"worker_{what}",
        {
            "initials": about.initials or NO_NAME,
            "link": f"{base}/desk/people/{about.id}" if base else f"the desk, person {about.id}",
        },
        occurrence=f"worker_{what}:{occurrence}",
    )


def tell_worker_of(work: Work, person: Person, what: What, *, occurrence: str) -> None:
    """Tell whoever has this person on her caseload."""
    referral = open_referral(work, person)
    if referral is not None and referral.link_worker_id is not None:
        worker = work.session.get_one(Person, referral.link_worker_id)
        tell_worker(work, worker, what, person, occurrence=occurrence)
