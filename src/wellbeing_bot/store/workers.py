"""What link workers do with the people on their caseload: appointments, and which notices they want."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing_bot.store.states import AppointmentState
from wellbeing_bot.store.types import Base, BigId, JsonList

if TYPE_CHECKING:
    from wellbeing_bot.store.people import Person


class Appointment(Base):
    """One time that a link worker and somebody talk. ``times`` stand offered: ISO moments in UTC."""

    __tablename__ = "appointment"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    link_worker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    state: Mapped[AppointmentState] = mapped_column(default=AppointmentState.OFFERED)
    times: Mapped[JsonList] = mapped_column(default=list)
    starts_at: Mapped[datetime | None]  # the time they chose
    minutes: Mapped[int] = mapped_column(default=30)
    place: Mapped[str] = mapped_column(String(120), default="")  # empty: by telephone
    moves: Mapped[int] = mapped_column(default=0)
    offered_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="select")
    link_worker: Mapped[Person] = relationship(foreign_keys=[link_worker_id], lazy="select")
    __table_args__ = (Index("ix_appointment_diary", "link_worker_id", "starts_at"),)

    @property
    def by_phone(self) -> bool:
        """Whether she rings them."""
        return not self.place


class WorkerNotices(Base):
    """Which notices a link worker wants for herself, on the channel she prefers."""

    __tablename__ = "worker_notices"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    new_referral: Mapped[bool] = mapped_column(default=True)
    urgent: Mapped[bool] = mapped_column(default=True)
    result: Mapped[bool] = mapped_column(default=True)
    appointment: Mapped[bool] = mapped_column(default=True)


class Satisfaction(Base):
    """What somebody said at the end: how happy they were with the help, in a number or in words."""

    __tablename__ = "satisfaction"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), unique=True)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    score: Mapped[int | None]  # 0 not at all .. 10 very
    words: Mapped[str] = mapped_column(Text, default="")  # instead of a number, or besides it
