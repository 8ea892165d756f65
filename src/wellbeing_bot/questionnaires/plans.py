"""A network's plans: which instrument, for whom, and at which points. Frozen values; ``due`` uses them.

Days are counted on the wall calendar: twelve weeks after a Tuesday is a Tuesday at the same hour, whether or
not the clocks changed in between.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class Begins(enum.StrEnum):
    """What the days of a plan are counted from."""

    REFERRAL = "referral"  # the referral was taken up
    GROUP = "group"  # the person joined a group
    SESSION = "session"  # one dated session (a lunch)


class Mode(enum.StrEnum):
    """How answers are given. The mode shifts scores, so follow-up keeps the mode of the entry."""

    TEXT = "text"  # by the person, by text or Telegram
    READ_OUT = "read_out"  # read out by staff, answers typed in by staff


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of local time in which nothing is sent unasked; may run over midnight."""

    begins: time = time(20)
    ends: time = time(9)

    def covers(self, at: time) -> bool:
        """Whether a time of day is quiet. The beginning is, the end is not."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends

    def after(self, local: datetime) -> datetime:
        """This moment, or the end of the quiet hours it falls in. Takes and returns local wall time."""
        if not self.covers(local.timetz().replace(tzinfo=None)):
            return local
        tomorrow = self.begins > self.ends and local.time() >= self.begins
        return datetime.combine(local.date() + timedelta(days=tomorrow), self.ends, local.tzinfo)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a plan: entry, week_12."""

    name: str
    after_days: int = 0
    at: time | None = None  # local; None: the network's hour
    good_for: timedelta = timedelta(days=28)  # later than this it is not asked any more
    follows: str | None = None  # only if this earlier point has an answer: no pair comes of it otherwise


@dataclass(frozen=True, slots=True)
class Plan:
    """One instrument, for whom and when. With neither concerns nor kinds of group it is for everyone."""

    instrument: str
    begins: Begins
    points: tuple[Point, ...]
    concerns: frozenset[str] = frozenset()  # any one of them
    group_kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plans:
    """All that a network has decided about asking."""

    plans: tuple[Plan, ...]
    zone: str = "Europe/London"
    ask_at: time = time(10, 30)
    quiet: Quiet = field(default_factory=Quiet)
    merge_days: int = 7  # plans that fall due so close together are one asking
    most_questions: int = 12  # of one asking; what does not fit waits for the next
    bereavement_rest_days: int = 31

    def local(self, day: date, at: time) -> datetime:
        """A wall time of this network; an hour that the clocks skip becomes the hour after."""
        zone = ZoneInfo(self.zone)
        return datetime.combine(day, at, zone).astimezone(UTC).astimezone(zone)


@dataclass(frozen=True, slots=True)
class Start:
    """Something days are counted from: a referral, joining a group, a session that was booked."""

    id: str  # unique: "referral:12", "session:7"
    begins: Begins
    on: date
    concerns: frozenset[str] = frozenset()
    group_kind: str | None = None


@dataclass(frozen=True, slots=True)
class PastAsking:
    """An asking that was opened, whatever became of it."""

    covers: frozenset[str]  # keys of the occurrences it stood for
    instruments: frozenset[str]
    on: date  # local
    answered: frozenset[str] = frozenset()  # instruments with at least one answer
    mode: Mode = Mode.TEXT
    open: bool = False


@dataclass(frozen=True, slots=True)
class PersonState:
    """What must be known of a person to decide whether they are asked."""

    starts: tuple[Start, ...]
    past: tuple[PastAsking, ...] = ()
    paused_until: date | None = None  # that day included
    bereaved_on: date | None = None
    no_more: bool = False  # said NO MORE to questions
    opted_out: bool = False  # said STOP
    through_carer: bool = False  # texts reach a carer: nobody answers for the person
    age: int | None = None
