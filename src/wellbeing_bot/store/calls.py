"""Calls that staff make to people who cannot be texted: the same reminders and questions, said aloud."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy import text as condition
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing_bot.store.states import CallState
from wellbeing_bot.store.types import Base, BigId

if TYPE_CHECKING:
    from wellbeing_bot.store.people import Person


class CallToMake(Base):
    """One thing to say or ask by telephone. ``occurrence`` is unique: one thing is told once."""

    __tablename__ = "call_to_make"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("activity_session.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    occurrence: Mapped[str] = mapped_column(String(160), unique=True)
    key: Mapped[str] = mapped_column(String(80))  # which words: "notices.day_before.say"
    say: Mapped[str] = mapped_column(Text)  # what to tell them, in words to be read out
    asks: Mapped[str] = mapped_column(String(20), default="")  # coming, got_there, wants_place, or nothing
    state: Mapped[CallState] = mapped_column(default=CallState.TO_MAKE)
    outcome: Mapped[str] = mapped_column(String(20), default="")
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    made_at: Mapped[datetime | None]
    made_by: Mapped[str] = mapped_column(String(120), default="")

    person: Mapped[Person] = relationship(lazy="select")
    __table_args__ = (
        Index(
            "ix_call_to_make_open",
            "network_id",
            "due_at",
            sqlite_where=condition("state = 'to_make'"),
            postgresql_where=condition("state = 'to_make'"),
        ),
    )
