"""What the API answers with."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel


class Person(BaseModel):
    """Somebody of the network, shortly."""

    id: int
    first_name: str
    last_name: str
    roles: list[str]
    postcode: str | None
    practice_id: int | None
    language: str
    paused_until: date | None


class Referral(BaseModel):
    """An episode."""

    id: int
    state: str
    source: str
    referrer: str
    concerns: list[str]
    link_worker_id: int | None
    opened_at: datetime
    first_contact_at: datetime | None
    booked_at: datetime | None
    active_at: datetime | None
    closed_at: datetime | None
    outcome: str


class Booking(BaseModel):
    """A place on a session."""

    id: int
    session_id: int
    group_id: int
    group: str
    starts_at: datetime
    state: str
    first_time: bool


class WholePerson(Person):
    """Somebody with referrals and bookings."""

    referrals: list[Referral]
    bookings: list[Booking]


class People(BaseModel):
    """A page of people."""

    rows: list[Person]
    next: int | None


class Task(BaseModel):
    """Something a human must do. Its texts are on the desk alone."""

    id: int
    kind: str
    urgency: str
    state: str
    person_id: int | None
    session_id: int | None
    assigned_to: str
    raised_at: datetime
    due_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    done_at: datetime | None
    done_by: str


class Tasks(BaseModel):
    """A page of tasks."""

    rows: list[Task]
    next: int | None


class Group(BaseModel):
    """A recurring activity."""

    id: int
    key: str
    name: str
    about: str
    kind: str
    schedule: str
    rrule: str
    start_time: str
    minutes: int
    venue: str
    meeting_point: str
    capacity: int | None
    running: bool
    ended_on: date | None


class Groups(BaseModel):
    """A page of groups."""

    rows: list[Group]
    next: int | None


class Session(BaseModel):
    """One dated occurrence, with counts and no names."""

    id: int
    group_id: int
    starts_at: datetime
    ends_at: datetime
    state: str
    capacity: int | None
    coming: int
    waiting: int


class Sessions(BaseModel):
    """A page of sessions."""

    rows: list[Session]
    next: int | None


class Counts(BaseModel):
    """The caseload's counts."""

    awaiting: int
    booked_in: int
    active: int
    discharged: int
    declined: int


class Change(BaseModel):
    """Paired change of one measure for one slice; figures are null where they are hidden."""

    instrument: str
    before: str
    after: str
    family: str
    slice: str
    measure: str
    suppressed: bool
    asked: int | None
    pairs: int | None
    missing: int | None
    mean_before: float | None
    mean_after: float | None
    mean_change: float | None


class Results(BaseModel):
    """Change, small numbers hidden, and the caseload's counts."""

    counts: Counts
    change: list[Change]
