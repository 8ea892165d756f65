"""What outcomes and exports are worked out from: plain rows, filled by whoever keeps the records.

``person`` and ``episode`` are opaque ids. No row holds a name, a number or anybody's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.questionnaires.instrument import Number
from wellbeing_bot.questionnaires.plans import Mode


@dataclass(frozen=True, slots=True)
class PersonTime:
    """One instrument put to one person at one point, whatever became of it."""

    network: str
    person: str
    episode: str  # the referral it belongs to: entry and follow-up share it
    instrument: str
    version: str
    point: str  # "entry", "week_12"
    asked_on: date  # local
    closed_on: date | None
    how: Closed | None  # None: still open
    mode: Mode
    answers: Mapping[str, Number | None] = field(hash=False)  # None: skipped or never reached
    groups: frozenset[str] = frozenset()  # that the person belonged to at the time
    concerns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """One referral and how long things took. Dates are local; None: not yet, or never."""

    network: str
    person: str
    referral: str
    made_on: date
    first_contact_on: date | None = None
    first_visit_on: date | None = None  # first time the person was at a session
    groups: frozenset[str] = frozenset()
    concerns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One contact between staff and a person: a call, a text answered, a meeting."""

    referral: str
    on: date


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """A connection made: the person joined something beyond the link worker."""

    referral: str
    on: date
    group: str


@dataclass(frozen=True, slots=True)
class FirstVisitRow:
    """A first visit that was booked. ``attended`` None: nobody has said yet. ``met``: by a champion."""

    referral: str
    on: date
    group: str
    attended: bool | None = None
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class RideRow:
    """A ride that was asked for."""

    referral: str
    on: date
    taken: bool


@dataclass(frozen=True, slots=True)
class BalancingRow:
    """A balancing measure that staff typed in: GP appointments, champion hours, costs."""

    network: str
    month: date  # its first day
    name: str
    value: Number
