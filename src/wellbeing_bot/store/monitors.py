"""Blood pressure monitors that are lent: who has one or waits for one, and who is asked to take it there."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing_bot.store.states import LoanState, MeetingState
from wellbeing_bot.store.types import Base, BigId

if TYPE_CHECKING:
    from wellbeing_bot.store.people import Person


class Loan(Base):
    """One monitor lent to one person. No reading is ever kept."""

    __tablename__ = "monitor_loan"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    champion_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[LoanState] = mapped_column(default=LoanState.WAITING)
    bring_to: Mapped[str] = mapped_column(String(200), default="")  # told only to the champion who said yes
    round: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    bring_on: Mapped[date | None]
    lent_at: Mapped[datetime | None]
    due_back: Mapped[date | None]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="select")
    champion: Mapped[Person | None] = relationship(foreign_keys=[champion_id], lazy="select")


class LoanAsk(Base):
    """One champion asked to take a monitor to one person."""

    __tablename__ = "monitor_loan_ask"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    loan_id: Mapped[int] = mapped_column(ForeignKey("monitor_loan.id"), index=True)
    champion_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.ASKED)  # the words of a meeting
    asked_at: Mapped[datetime]
    deadline: Mapped[datetime]

    loan: Mapped[Loan] = relationship(lazy="select")
    champion: Mapped[Person] = relationship(lazy="select")
    __table_args__ = (UniqueConstraint("loan_id", "champion_id", "round"),)
