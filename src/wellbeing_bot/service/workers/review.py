"""The weekly list for the meeting with social services: new, waiting, not reached, urgent, left."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from wellbeing_bot.service.printing import printed
from wellbeing_bot.service.words import day_words, when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Meeting, Person, Practice, Referral, Session_, Task
from wellbeing_bot.store.states import MeetingState, ReferralState, TaskState

WEEK = timedelta(days=7)
WAITING_DAYS = 14

NOT_REACHED = ("not_reached", "appointment_unanswered")

HEADINGS = {
    "urgent": "Urgent words this week",
    "new": "New this week",
    "waiting": "Waiting long",
    "not_reached": "Not reached",
    "not_met": "Not met at the door",
    "discharged": "Discharged this week",
}
"""Why somebody is on the list, the most pressing first."""

COLUMNS = ("why", "person", "name", "link_worker", "practice", "since", "days")


@dataclass(frozen=True)
class Line:
    """One person for one reason. ``days`` are the whole days since then."""

    why: str
    person: int
    name: str
    link_worker: str
    practice: str
    since: str
    days: int


@dataclass(frozen=True)
class Review:
    """The whole list. ``of`` is the link worker it is for, or empty for everybody's."""

    network: str
    of: str
    made: str
    waiting_days: int
    lines: tuple[Line, ...]

    def under(self, why: str) -> list[Line]:
        """The lines of one heading."""
        return [line for line in self.lines if line.why == why]


def review(work: Work, *, link_worker: Person | None = None, waiting_days: int = WAITING_DAYS) -> Review:
    """The list as it stands now, of one link worker or of all. Nobody's own words are on it."""
    found = [*_referrals(work, waiting_days), *_tasks(work), *_not_met(work)]
    kept = {
        (why, person.id): _line(work, why, person, referral, at)
        for why, person, referral, at in found
        if person.erased_at is None
        and person.merged_into_id is None
        and (link_worker is None or (referral is not None and referral.link_worker_id == link_worker.id))
    }
    order = list(HEADINGS)
    return Review(
        network=work.network.name,
        of=link_worker.full_name if link_worker else "",
        made=when_words(work.now, work.zone),
        waiting_days=waiting_days,
        lines=tuple(sorted(kept.values(), key=lambda line: (order.index(line.why), -line.days, line.name))),
    )


Found = tuple[str, Person, Referral | None, datetime]


def _referrals(work: Work, waiting_days: int) -> Iterator[Found]:
    query = select(Referral).where(Referral.network_id == work.network.id).order_by(Referral.id)
    for referral in work.session.scalars(query):
        person = work.session.get_one(Person, referral.person_id)
        if referral.opened_at > work.now - WEEK:
            yield "new", person, referral, referral.opened_at
        waited = work.now - referral.opened_at > timedelta(days=waiting_days)
        if referral.state is ReferralState.WAITING and waited:
            yield "waiting", person, referral, referral.opened_at
        ended = referral.closed_at if referral.state is ReferralState.DISCHARGED else None
        if ended is not None and ended > work.now - WEEK:
            yield "discharged", person, referral, ended


def _tasks(work: Work) -> Iterator[Found]:
    """Those whom nobody could reach and who still wait for it, and whoever wrote something urgent."""
    query = select(Task).where(
        Task.network_id == work.network.id,
        Task.person_id.is_not(None),
        Task.kind.in_([*NOT_REACHED, "urgent_words"]),
    )
    for task in work.session.scalars(query.order_by(Task.id)):
        person = work.session.get_one(Person, task.person_id)
        if task.kind == "urgent_words":
            if task.raised_at > work.now - WEEK:
                yield "urgent", person, _last_referral(work, person), task.raised_at
        elif task.state is not TaskState.DONE:
            yield "not_reached", person, _last_referral(work, person), task.raised_at


def _not_met(work: Work) -> Iterator[Found]:
    query = (
        select(Meeting)
        .join(Session_, Session_.id == Meeting.session_id)
        .where(
            Meeting.network_id == work.network.id,
            Meeting.state == MeetingState.NOT_MET,
            Session_.starts_at > work.now - WEEK,
        )
        .order_by(Meeting.id)
    )
    for meeting in work.session.scalars(query):
        person = meeting.place.person
        yield "not_met", person, _last_referral(work, person), meeting.place.session.starts_at


def _last_referral(work: Work, person: Person) -> Referral | None:
    query = select(Referral).where(Referral.person_id == person.id).order_by(Referral.id.desc())
    return work.session.scalar(query.limit(1))


def _line(work: Work, why: str, person: Person, referral: Referral | None, at: datetime) -> Line:
    worker_id = referral.link_worker_id if referral else None
    worker = work.session.get(Person, worker_id) if worker_id else None
    practice = work.session.get(Practice, person.practice_id) if person.practice_id else None
    return Line(
        why=why,
        person=person.id,
        name=person.full_name or "no name yet",
        link_worker=worker.full_name if worker else "",
        practice=practice.name if practice else "",
        since=day_words(at.astimezone(work.zone).date()),
        days=(work.now - at).days,
    )


def to_csv(found: Review) -> str:
    """The list as CSV. A name that a spreadsheet would take for a formula is kept a name."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in found.lines:
        cells = (HEADINGS[line.why], line.person, line.name, line.link_worker, line.practice)
        writer.writerow([*(plain(cell) for cell in cells), line.since, line.days])
    return out.getvalue()


def plain(cell: object) -> object:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t"} else cell


def to_html(found: Review) -> str:
    """The list as a page to print."""
    return printed("workers/review.html", review=found, headings=HEADINGS)
