"""Groups, their sessions, who has a place, who meets whom and how they get there."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as condition
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing_bot.store.states import MeetingState, PlaceState, RideState, SessionState
from wellbeing_bot.store.types import Base, BigId, JsonList

if TYPE_CHECKING:
    from wellbeing_bot.store.people import Person


class Venue(Base):
    __tablename__ = "venue"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200), default="")
    postcode: Mapped[str] = mapped_column(String(10), default="")
    directions: Mapped[str] = mapped_column(String(300), default="")
    step_free: Mapped[bool | None]


class Group(Base):
    """A recurring activity. Its schedule is an iCalendar RRULE on local wall time."""

    __tablename__ = "activity_group"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    key: Mapped[str] = mapped_column(String(60))  # short name in files and the simulator: "harbour-walk"
    name: Mapped[str] = mapped_column(String(80))
    about: Mapped[str] = mapped_column(String(300), default="")
    good_to_know: Mapped[str] = mapped_column(String(300), default="", server_default="")  # what a flyer says
    kind: Mapped[str] = mapped_column(String(40), default="")  # a tag of the vocabulary: walk, lunch ...
    tags: Mapped[JsonList] = mapped_column(default=list)  # more tags: football, men, carers
    also: Mapped[JsonList] = mapped_column(default=list)  # other names people use for it
    for_whom: Mapped[JsonList] = mapped_column(
        default=list
    )  # men, women, carers, bereaved; empty is everyone
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    meeting_point: Mapped[str] = mapped_column(String(160), default="")
    rrule: Mapped[str] = mapped_column(String(200), default="")  # empty: single sessions only
    first_date: Mapped[date | None]
    start_time: Mapped[str] = mapped_column(String(5), default="10:00")  # local wall time
    minutes: Mapped[int] = mapped_column(default=60)
    capacity: Mapped[int | None]
    slot_minutes: Mapped[int | None]  # a clinic: people are seen one by one, each for so long
    sensitive: Mapped[bool] = mapped_column(default=False)  # messages do not name it
    running: Mapped[bool] = mapped_column(default=True)  # False: interest is collected until it launches
    launched_at: Mapped[datetime | None]
    nudge_days_before: Mapped[int] = mapped_column(default=1)
    nudge_time: Mapped[str] = mapped_column(String(5), default="09:00")
    asks_expect: Mapped[bool] = mapped_column(default=False)  # the nudge asks "can we expect you?"
    offers_transport: Mapped[bool] = mapped_column(default=False)
    agencies: Mapped[JsonList] = mapped_column(default=list)  # lunches: who comes
    risk_assessed_until: Mapped[date | None]
    insured_until: Mapped[date | None]
    ended_on: Mapped[date | None]

    venue: Mapped[Venue | None] = relationship(lazy="select")
    __table_args__ = (UniqueConstraint("network_id", "key"),)


class Session_(Base):
    """One dated occurrence of a group. ``occurs_on`` is the date the schedule gave it, for good."""

    __tablename__ = "activity_session"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("activity_group.id"), index=True)
    occurs_on: Mapped[date]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    state: Mapped[SessionState] = mapped_column(default=SessionState.PLANNED)
    capacity: Mapped[int | None]
    venue_id: Mapped[int | None] = mapped_column(ForeignKey("venue.id"))
    meeting_point: Mapped[str] = mapped_column(String(160), default="")
    why_off: Mapped[str] = mapped_column(String(200), default="")
    moves: Mapped[int] = mapped_column(default=0)  # how often it has moved, part of the reminders' keys
    planned_at: Mapped[datetime | None]  # reminders of its members are planned
    closed_at: Mapped[datetime | None]  # questions afterwards are planned

    group: Mapped[Group] = relationship(lazy="select")
    venue: Mapped[Venue | None] = relationship(lazy="select")
    __table_args__ = (UniqueConstraint("group_id", "occurs_on"),)


class Membership(Base):
    """A place on a Group, week after week. Each session still gets its own Place."""

    __tablename__ = "membership"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("activity_group.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    why_ended: Mapped[str] = mapped_column(String(40), default="")
    __table_args__ = (
        Index(
            "uq_membership_open",
            "group_id",
            "person_id",
            unique=True,
            sqlite_where=condition("ended_at IS NULL"),
            postgresql_where=condition("ended_at IS NULL"),
        ),
        Index(
            "ix_membership_of_group",  # members are planned in the order in which they joined
            "group_id",
            "id",
            sqlite_where=condition("ended_at IS NULL"),
            postgresql_where=condition("ended_at IS NULL"),
        ),
    )


class Place(Base):
    """A person's sign-up on a session."""

    __tablename__ = "place"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("activity_session.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[PlaceState]
    first_time: Mapped[bool] = mapped_column(default=False)
    party: Mapped[int] = mapped_column(default=1)  # people the place stands for, companion included
    queued_at: Mapped[datetime]  # waiting lists go by this
    offered_until: Mapped[datetime | None]
    wants_meeting: Mapped[bool] = mapped_column(default=False)
    meet_preference: Mapped[str] = mapped_column(String(20), default="")  # woman, man, or nothing
    meet_round: Mapped[int] = mapped_column(default=0)
    patient_said: Mapped[str | None] = mapped_column(String(10))  # came, did_not, afterwards by the patient
    champion_said: Mapped[str | None] = mapped_column(String(10))
    register_said: Mapped[str | None] = mapped_column(String(10))  # the register at the door
    home_safe: Mapped[bool | None]
    meet_again: Mapped[bool | None]
    why_off: Mapped[str] = mapped_column(String(40), default="")
    checked_in_at: Mapped[datetime | None]
    source: Mapped[str] = mapped_column(String(20), default="self")

    session: Mapped[Session_] = relationship(lazy="select")
    person: Mapped[Person] = relationship(lazy="select")
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)


class Meeting(Base):
    """One champion asked to meet one first-time attender at one session."""

    __tablename__ = "meeting"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("activity_session.id"), index=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.ASKED)
    asked_at: Mapped[datetime]
    deadline: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str] = mapped_column(String(20), default="")  # patient, champion, staff
    champion_said: Mapped[str | None] = mapped_column(String(10))
    patient_said: Mapped[str | None] = mapped_column(String(10))

    place: Mapped[Place] = relationship(lazy="select")
    champion: Mapped[Person] = relationship(lazy="select")
    __table_args__ = (UniqueConstraint("place_id", "champion_id", "round"),)


class RideProvider(Base):
    """Who drives: a council's minibus, or a volunteer with a car."""

    __tablename__ = "ride_provider"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # contact, or the volunteer driver
    volunteer: Mapped[bool] = mapped_column(default=False)
    vehicle: Mapped[str] = mapped_column(String(80), default="")
    takes_wheelchair: Mapped[bool] = mapped_column(default=False)
    carries: Mapped[JsonList] = mapped_column(default=list)  # needs it can carry: guide_dog, oxygen, scooter
    seats: Mapped[int | None]
    cutoff_working_days: Mapped[int] = mapped_column(default=2)
    cutoff_time: Mapped[str] = mapped_column(String(5), default="12:00")
    phone: Mapped[str] = mapped_column(String(20), default="")
    active: Mapped[bool] = mapped_column(default=True)

    person: Mapped[Person | None] = relationship(lazy="select")


class Ride(Base):
    """Transport to a session and home again."""

    __tablename__ = "ride"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("activity_session.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("ride_provider.id"))
    state: Mapped[RideState] = mapped_column(default=RideState.REQUESTED)
    there: Mapped[bool] = mapped_column(default=True)
    back: Mapped[bool] = mapped_column(default=True)
    pick_up: Mapped[str] = mapped_column(String(200), default="")
    needs: Mapped[JsonList] = mapped_column(default=list)
    party: Mapped[int] = mapped_column(default=1)
    phone: Mapped[str] = mapped_column(String(20), default="")
    ask_round: Mapped[int] = mapped_column(default=0)  # volunteer drivers are asked in rounds
    late: Mapped[bool] = mapped_column(default=False)  # asked after the cut-off
    window_from: Mapped[str | None] = mapped_column(String(5))  # local HH:MM
    window_until: Mapped[str | None] = mapped_column(String(5))
    why_refused: Mapped[str] = mapped_column(String(200), default="")
    requested_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]

    place: Mapped[Place] = relationship(lazy="select")
    provider: Mapped[RideProvider | None] = relationship(lazy="select")


class DriverAsk(Base):
    """One volunteer driver asked to take one person to one session."""

    __tablename__ = "driver_ask"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    ride_id: Mapped[int] = mapped_column(ForeignKey("ride.id"), index=True)
    provider_id: Mapped[int] = mapped_column(ForeignKey("ride_provider.id"), index=True)
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.ASKED)  # the words of a meeting
    asked_at: Mapped[datetime]
    deadline: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    ride: Mapped[Ride] = relationship(lazy="select")
    provider: Mapped[RideProvider] = relationship(lazy="select")
    __table_args__ = (UniqueConstraint("ride_id", "provider_id", "round"),)


class Interest(Base):
    """Somebody who would come if there were a group for it, or to one that does not run yet."""

    __tablename__ = "interest"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("activity_group.id"), index=True)
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    told_at: Mapped[datetime | None]
