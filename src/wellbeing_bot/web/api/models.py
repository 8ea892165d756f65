"""What the API answers with."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field


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


class NewReferral(BaseModel):
    """Somebody who agreed to be texted. The link worker writes to them first."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=140, description="As they like to be called.")
    mobile: str = Field(max_length=30, description="Their own mobile, for example 07700 900123.")
    why: str = Field(max_length=2000, description="Shown to staff alone.")
    source: str = Field(max_length=20, description="gp, nurse, practice, hospital, social_services or staff.")
    referrer: str = Field(max_length=120, description="Who refers them, for example Dr Mensah.")
    agreed: bool = Field(description="Whether they agreed to be texted.")
    over_16: bool = Field(description="Whether they are 16 or over.")
    consent: str = Field(default="", max_length=200, description="How they agreed.")
    practice_id: int | None = Field(default=None, ge=1, lt=2**62)
    link_worker_id: int | None = Field(default=None, ge=1, lt=2**62)


class Referred(BaseModel):
    """A referral that was taken."""

    person_id: int
    referral_id: int
