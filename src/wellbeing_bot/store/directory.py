"""The directory: services of others, by need, and which of them were given to whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing_bot.store.types import Base, BigId, JsonList

if TYPE_CHECKING:
    from wellbeing_bot.store.people import Person


class DirectoryService(Base):
    """A service that somebody else gives: what it is for, where, and how to reach it."""

    __tablename__ = "directory_service"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    name: Mapped[str] = mapped_column(String(60))
    needs: Mapped[JsonList] = mapped_column(default=list)  # keys of understanding/vocabulary/en/needs.yaml
    line: Mapped[str] = mapped_column(String(100), default="")  # what it is, in plain words
    phone: Mapped[str] = mapped_column(String(20), default="")  # E.164
    opens: Mapped[str] = mapped_column(String(60), default="")  # when, in words: Monday to Friday, 12 to 2
    postcode: Mapped[str] = mapped_column(String(10), default="")  # where it is; empty: by phone, or it comes
    area: Mapped[JsonList] = mapped_column(default=list)  # outward codes it is for; empty: everybody
    for_whom: Mapped[str] = mapped_column(
        String(60), default=""
    )  # who may use it, in words; empty: everybody
    checked_on: Mapped[date | None]
    sensitive: Mapped[bool] = mapped_column(default=False)  # not named on a phone that others read
    ended_on: Mapped[date | None]
    __table_args__ = (UniqueConstraint("network_id", "name"),)


class Signposted(Base):
    """One service given to one person, by text or by a colleague at the desk."""

    __tablename__ = "signposted"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("directory_service.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)  # none: a shared phone
    need: Mapped[str] = mapped_column(String(40), default="")
    by: Mapped[str] = mapped_column(String(120), default="")  # a colleague; empty: they asked by text
    at: Mapped[datetime]

    service: Mapped[DirectoryService] = relationship(lazy="select")
    person: Mapped[Person | None] = relationship(lazy="select")
    __table_args__ = (Index("ix_signposted_when", "network_id", "at"),)
