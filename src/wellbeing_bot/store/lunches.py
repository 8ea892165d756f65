"""What a lunch has besides its places: invitations, agencies' slots, and who would like to meet again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as condition
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing_bot.store.states import InvitationState, MeetAgainState, SlotState
from wellbeing_bot.store.types import Base, BigId

if TYPE_CHECKING:
    from wellbeing_bot.store.activities import Place, Session_
    from wellbeing_bot.store.people import Person


class Invitation(Base):
    """Somebody asked to come to a session, once."""

    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("activity_session.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.PLANNED)
    planned_at: Mapped[datetime]
    invited_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]

    session: Mapped[Session_] = relationship(lazy="select")
    person: Mapped[Person] = relationship(lazy="select")
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)


class Slot(Base):
    """A time an agency gives to people one by one: a blood pressure check at 12.40."""

    __tablename__ = "slot"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("activity_session.id"), index=True)
    agency: Mapped[str] = mapped_column(String(80), default="")  # Age UK
    what: Mapped[str] = mapped_column(String(60))  # blood pressure check
    starts_at: Mapped[datetime]
    capacity: Mapped[int] = mapped_column(default=1)

    session: Mapped[Session_] = relationship(lazy="select")
    __table_args__ = (UniqueConstraint("session_id", "what", "starts_at"),)


class SlotBooking(Base):
    """Somebody's slot. It hangs on their place at the session."""

    __tablename__ = "slot_booking"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    slot_id: Mapped[int] = mapped_column(ForeignKey("slot.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    state: Mapped[SlotState] = mapped_column(default=SlotState.BOOKED)
    booked_at: Mapped[datetime]

    slot: Mapped[Slot] = relationship(lazy="select")
    place: Mapped[Place] = relationship(lazy="select")
    __table_args__ = (
        Index(
            "uq_slot_booking_open",
            "slot_id",
            "place_id",
            unique=True,
            sqlite_where=condition("state = 'booked'"),
            postgresql_where=condition("state = 'booked'"),
        ),
    )


class ClinicWait(Base):
    """Somebody waits for any time of a clinic that was full. They are offered one when it comes free."""

    __tablename__ = "clinic_wait"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("activity_group.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(20), default="")  # booked, no_answer, left

    person: Mapped[Person] = relationship(lazy="select")


class MeetAgain(Base):
    """Somebody would like to meet up again with a person of that day. Names are shared when both said yes."""

    __tablename__ = "meet_again"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("activity_session.id"), index=True)
    wisher_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str] = mapped_column(String(200), default="")  # "the lady with the red scarf"
    other_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[MeetAgainState] = mapped_column(default=MeetAgainState.WISHED)
    at: Mapped[datetime]

    session: Mapped[Session_] = relationship(lazy="select")
    wisher: Mapped[Person] = relationship(foreign_keys=[wisher_id], lazy="select")
    other: Mapped[Person | None] = relationship(foreign_keys=[other_id], lazy="select")
    __table_args__ = (UniqueConstraint("session_id", "wisher_id"),)
