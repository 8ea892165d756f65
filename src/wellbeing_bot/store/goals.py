"""Goals: one small thing for the week, and how it went."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing_bot.store.states import GoalState
from wellbeing_bot.store.types import Base, BigId

if TYPE_CHECKING:
    from wellbeing_bot.store.people import Person


class Goal(Base):
    """One small thing somebody would like to do, agreed with a link worker, and what they say of it."""

    __tablename__ = "goal"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str] = mapped_column(String(160))  # walk to the corner and back
    by: Mapped[str] = mapped_column(String(120), default="")  # the link worker
    by_text: Mapped[bool] = mapped_column(default=False)  # they chose the words themselves, by text
    set_at: Mapped[datetime]
    review_at: Mapped[datetime]
    state: Mapped[GoalState] = mapped_column(default=GoalState.SET)
    score: Mapped[int | None]  # 0 to 10, where they gave a number
    said: Mapped[str] = mapped_column(Text, default="")  # how it went, in their words
    reviewed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="select")
