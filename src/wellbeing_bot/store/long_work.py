"""Long work: an import, an export, a message to many. What is to be done, how far it is, what came of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing_bot.store.states import LongWorkState
from wellbeing_bot.store.types import Base, BigId, Json


class LongWork(Base):
    """One piece of long work. ``content`` is what it was given and ``result`` a file it made; both hold
    people's details and are emptied once they are not needed."""

    __tablename__ = "long_work"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    kind: Mapped[str] = mapped_column(String(40))  # import, export, message
    about: Mapped[str] = mapped_column(String(200), default="")  # for its title; names nobody
    by: Mapped[str] = mapped_column(String(120))
    state: Mapped[LongWorkState] = mapped_column(default=LongWorkState.WAITING)
    args: Mapped[Json] = mapped_column(default=dict)
    content: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    result_name: Mapped[str] = mapped_column(String(80), default="")
    said: Mapped[str] = mapped_column(Text, default="")  # what came of it, a line each
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_long_work_newest", "network_id", "id"),)
