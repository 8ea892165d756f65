"""One question at the end: how happy were you with our help? Stored, counted, and a low answer is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from wellbeing_bot.service.people import WHILE_HELD_AGAIN, person_is_held, reach
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.tasks import due_in, raise_task, schedule
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Person, Place, Referral, Reminder, Satisfaction
from wellbeing_bot.store.states import PlaceState, ReferralState, Urgency
from wellbeing_bot.understanding.answers import read_answer
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Question

SCRIPT = "satisfied"
NOT_AT_ONCE = timedelta(minutes=30)
"""A discharge can be taken back at the desk before anybody is asked."""

NOT_AFTER = timedelta(days=7)
LOW = 4
"""0 to 4 is read by a link worker; the same bands as the ONS uses for low."""

LONGEST = 2000


def plan(work: Work, referral: Referral) -> None:
    """Ask soon, if they ever had anything of us."""
    if not _had_something(work, referral):
        return
    reminder = schedule(
        work,
        "ask_satisfied",
        f"ask_satisfied:{referral.id}:{work.now.isoformat()}",
        work.allowed(work.now + NOT_AT_ONCE),
        expires_at=work.now + NOT_AFTER,
        person_id=referral.person_id,
    )
    reminder.payload = {"referral": referral.id}


def _had_something(work: Work, referral: Referral) -> bool:
    if referral.first_contact_at or referral.booked_at or referral.active_at:
        return True
    been = select(Place.id).where(Place.person_id == referral.person_id, Place.state == PlaceState.ATTENDED)
    return work.session.scalar(been.limit(1)) is not None


def ask(work: Work, reminder: Reminder) -> datetime | None:
    """The question, unless the discharge was taken back or somebody is talking with them just now."""
    referral = work.session.get_one(Referral, int(reminder.payload["referral"]))
    asked = select(Satisfaction.id).where(Satisfaction.referral_id == referral.id)
    if referral.state is not ReferralState.DISCHARGED or work.session.scalar(asked) is not None:
        return None
    person = work.session.get_one(Person, referral.person_id)
    address = reach(work, person)
    if address is None or person.under_16 or person.erased_at is not None:
        return None
    if person_is_held(work, person):
        return work.now + WHILE_HELD_AGAIN
    worker = work.session.get(Person, referral.link_worker_id) if referral.link_worker_id else None
    row = Satisfaction(
        network_id=work.network.id, person_id=person.id, referral_id=referral.id, asked_at=work.now
    )
    work.session.add(row)
    work.session.flush()
    start(
        work,
        SCRIPT,
        address,
        person,
        {
            "satisfaction": row.id,
            "first_name": person.first_name or "there",
            "who": worker.first_name if worker else work.settings.service_name,
        },
        subject=f"satisfaction:{row.id}",
    )
    return None


def keep(work: Work, row: Satisfaction, said: str) -> str:
    """Keep what they answered: ``number`` or ``words``. A low number is put on the worklist."""
    row.answered_at = row.answered_at or work.now
    reading = read_answer(Question("satisfied", AnswerKind.SCALE_0_10, "?"), said)
    if not isinstance(reading, Answered) or not isinstance(reading.value, int):
        add_words(work, row, said)
        return "words"
    row.score = reading.value
    if reading.value <= LOW:
        _worklist(work, row, f"Was {reading.value} out of 10 happy with our help. Please get in touch.")
    work.session.flush()
    return "number"


def add_words(work: Work, row: Satisfaction, said: str) -> None:
    """Keep what they wished to say besides; a link worker reads it."""
    row.words = "\n".join(part for part in (row.words, said.strip()) if part)[:LONGEST]
    work.session.flush()
    _worklist(work, row, "Said in words how they found our help. Please read it.")


def _worklist(work: Work, row: Satisfaction, summary: str) -> None:
    referral = work.session.get_one(Referral, row.referral_id)
    worker = work.session.get(Person, referral.link_worker_id) if referral.link_worker_id else None
    raise_task(
        work,
        "satisfaction",
        urgency=Urgency.ROUTINE,
        person=work.session.get_one(Person, row.person_id),
        occurrence=f"satisfaction:{row.id}",
        due_at=due_in(work, 120),
        summary=summary,
        assigned_to=worker.full_name if worker else "",
    )


@dataclass(frozen=True)
class Counted:
    """Answers of a stretch of time. ``mean`` is of those who gave a number; none when nobody did."""

    asked: int
    answered: int
    numbers: Mapping[int, int]

    @property
    def mean(self) -> float | None:
        given = sum(self.numbers.values())
        return sum(score * n for score, n in self.numbers.items()) / given if given else None


def counted(work: Work, since: datetime, until: datetime) -> Counted:
    """How many were asked in that time, how many answered, and each number with how often it was given."""
    rows = work.session.scalars(
        select(Satisfaction).where(
            Satisfaction.network_id == work.network.id,
            Satisfaction.asked_at >= since,
            Satisfaction.asked_at < until,
        )
    ).all()
    scores = [row.score for row in rows if row.score is not None]
    return Counted(
        asked=len(rows),
        answered=sum(1 for row in rows if row.answered_at is not None),
        numbers={score: scores.count(score) for score in sorted(set(scores))},
    )


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {"ask_satisfied": ask}
