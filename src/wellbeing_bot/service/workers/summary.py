"""A short summary for each practice, to be put on the GP record: what was done, in two or three plain lines.

Nobody's own words are in it, but for a sentence about what helped that they agreed others may see. A group
marked sensitive is not named. SNOMED CT codes stand only where the network has set them.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.words import day_words, list_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers.review import plain
from wellbeing_bot.store import (
    Appointment,
    Asking,
    Meeting,
    Person,
    Place,
    Practice,
    Referral,
    Session_,
    Signposted,
)
from wellbeing_bot.store.states import AppointmentState, MeetingState, PlaceState, ReferralState

CODE_OF_REFERRAL = "referral"
CODE_OF_DECLINED = "declined"
"""The names under which a network sets its codes: ``snomed: {referral: ..., declined: ...}``."""

COLUMNS = ("practice", "person", "name", "codes", "summary")


@dataclass(frozen=True)
class Entry:
    """One person's summary. ``codes`` are SNOMED CT, as the network set them."""

    practice: str
    person: int
    name: str
    codes: tuple[str, ...]
    lines: tuple[str, ...]


def summaries(work: Work, since: datetime, practice: Practice | None = None) -> list[Entry]:
    """Everybody whose referral was open, or ended, since then; by practice and name."""
    query = (
        select(Referral)
        .join(Person, Person.id == Referral.person_id)
        .where(
            Referral.network_id == work.network.id,
            or_(Referral.closed_at.is_(None), Referral.closed_at >= since),
            Person.erased_at.is_(None),
            Person.merged_into_id.is_(None),
        )
        .order_by(Referral.id)
    )
    if practice is not None:
        query = query.where(Person.practice_id == practice.id)
    newest = {referral.person_id: referral for referral in work.session.scalars(query)}
    entries = [_entry(work, referral) for referral in newest.values()]
    return sorted(entries, key=lambda entry: (entry.practice, entry.name, entry.person))


def _entry(work: Work, referral: Referral) -> Entry:
    person = work.session.get_one(Person, referral.person_id)
    practice = work.session.get(Practice, person.practice_id) if person.practice_id else None
    lines = (
        _referred(work, referral),
        _contacts(work, referral),
        _joined(work, referral),
        _given(work, referral),
        _ended(work, referral),
        _what_helped(work, referral),
    )
    return Entry(
        practice=practice.name if practice else "No surgery known",
        person=person.id,
        name=person.full_name or "no name yet",
        codes=_codes(work, referral),
        lines=tuple(line for line in lines if line),
    )


def _codes(work: Work, referral: Referral) -> tuple[str, ...]:
    names = [CODE_OF_REFERRAL]
    if referral.state is ReferralState.DECLINED:
        names.append(CODE_OF_DECLINED)
    return tuple(work.settings.snomed[name] for name in names if name in work.settings.snomed)


def _day(work: Work, at: datetime) -> str:
    local = at.astimezone(work.zone).date()
    return f"{day_words(local)} {local.year}"


def _referred(work: Work, referral: Referral) -> str:
    by = {"self": "Referred themselves", "carer": "Referred by a carer"}.get(referral.source, "Referred")
    who = f" by {referral.referrer}" if referral.source not in {"self", "carer"} and referral.referrer else ""
    return f"{by}{who} on {_day(work, referral.opened_at)}."


def _contacts(work: Work, referral: Referral) -> str:
    rows = work.session.scalars(select(Appointment.state).where(Appointment.referral_id == referral.id))
    states = Counter(rows)
    kept, missed = states[AppointmentState.KEPT], states[AppointmentState.MISSED]
    first = f"First contact {_day(work, referral.first_contact_at)}. " if referral.first_contact_at else ""
    talks = f"Talked with a link worker {_times(kept)}." if kept else ""
    return f"{first}{talks}{f' Missed {_times(missed)}.' if missed else ''}".strip()


def _joined(work: Work, referral: Referral) -> str:
    rows = work.session.scalars(
        select(Place)
        .join(Session_, Session_.id == Place.session_id)
        .where(Place.person_id == referral.person_id, Session_.starts_at >= referral.opened_at)
        .order_by(Session_.starts_at)
    ).all()
    came = Counter(
        "a group" if place.session.group.sensitive else neutral_name(place.session.group)
        for place in rows
        if place.state is PlaceState.ATTENDED
    )
    if not came:
        return "Has a place at a group to come." if any(place.state.coming for place in rows) else ""
    met = work.session.scalar(
        select(Meeting.id)
        .join(Place, Place.id == Meeting.place_id)
        .where(Place.person_id == referral.person_id, Meeting.state == MeetingState.MET)
        .limit(1)
    )
    groups = list_words([f"{name} {_times(number)}" for name, number in came.items()])
    return f"Came to {groups}{', met by a volunteer the first time' if met else ''}."


def _given(work: Work, referral: Referral) -> str:
    rows = work.session.scalars(
        select(Signposted).where(
            Signposted.person_id == referral.person_id, Signposted.at >= referral.opened_at
        )
    )
    names = list(dict.fromkeys(row.service.name for row in rows))
    return f"Told about {list_words(names)}." if names else ""


def _ended(work: Work, referral: Referral) -> str:
    if referral.closed_at is None:
        return ""
    if referral.state is ReferralState.DECLINED:
        return f"Declined on {_day(work, referral.closed_at)}."
    outcome = f": {referral.outcome.rstrip('.')}" if referral.outcome else ""
    return f"Discharged on {_day(work, referral.closed_at)}{outcome}."


def _what_helped(work: Work, referral: Referral) -> str:
    said = work.session.scalar(
        select(Asking.quotation)
        .where(Asking.referral_id == referral.id, Asking.quotation_consent, Asking.quotation != "")
        .order_by(Asking.id.desc())
        .limit(1)
    )
    return f'What helped, in their words: "{said}"' if said else ""


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def to_csv(entries: Sequence[Entry]) -> str:
    """One row a person."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for entry in entries:
        cells = (entry.practice, entry.person, entry.name, " ".join(entry.codes), " ".join(entry.lines))
        writer.writerow([plain(cell) for cell in cells])
    return out.getvalue()


def to_text(entries: Sequence[Entry]) -> str:
    """Lines to copy into a record, one person after the other."""
    written = []
    for entry in entries:
        codes = f" [SNOMED CT {', '.join(entry.codes)}]" if entry.codes else ""
        written.append("\n".join([f"{entry.name} (person {entry.person}){codes}", *entry.lines]))
    return "\n\n".join(written) + ("\n" if written else "")
