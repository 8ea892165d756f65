"""Questionnaires asked and answered, measures typed in, accounts of the desk, and who looked at whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing_bot.store.states import AskingState
from wellbeing_bot.store.types import Base, BigId, Json, JsonList


class Asking(Base):
    """One time an instrument is put to one person.

    ``covers`` names the points of the network's plans that it stands for ("ons4/referral:12/entry").
    """

    __tablename__ = "asking"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    instrument: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20), default="1")
    point: Mapped[str] = mapped_column(String(20))  # entry, week_12, before, after, extra
    covers: Mapped[JsonList] = mapped_column(default=list)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("activity_group.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("activity_session.id"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    mode: Mapped[str] = mapped_column(String(20), default="self_by_text")  # or read_out_by_staff
    state: Mapped[AskingState] = mapped_column(default=AskingState.PLANNED)
    due_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    begun_at: Mapped[datetime | None]
    last_prompt_at: Mapped[datetime | None]
    unanswered_prompts: Mapped[int] = mapped_column(default=0)
    nudged: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None]
    how_closed: Mapped[str] = mapped_column(String(20), default="")  # complete, incomplete, no_more ...
    quotation: Mapped[str] = mapped_column(Text, default="")
    quotation_consent: Mapped[bool] = mapped_column(default=False)


class Answer(Base):
    """One answer. A skipped question has a row with no value."""

    __tablename__ = "answer"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asking_id: Mapped[int] = mapped_column(ForeignKey("asking.id"), index=True)
    item: Mapped[str] = mapped_column(String(40))
    value: Mapped[str | None] = mapped_column(String(200))
    number: Mapped[int | None]
    skipped: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("asking_id", "item"),)


class BalancingMeasure(Base):
    """What staff type in by month, to see whether gains are paid for elsewhere: GP appointments, hours."""

    __tablename__ = "balancing_measure"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    month: Mapped[date]  # its first day
    name: Mapped[str] = mapped_column(String(80))
    value: Mapped[float]
    by: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("network_id", "name", "month"),)


class WordingChange(Base):
    """A text that a network put into its own words, or back into ours: ``now`` is empty then."""

    __tablename__ = "wording_change"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    key: Mapped[str] = mapped_column(String(120), index=True)
    was: Mapped[str] = mapped_column(Text)
    now: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]


class Account(Base):
    """Somebody who signs in to the desk."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    email: Mapped[str] = mapped_column(String(160), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(20))  # link_worker, coordinator, administrator, commissioner
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    password: Mapped[str | None] = mapped_column(String(200))  # argon2id
    totp_secret: Mapped[str | None] = mapped_column(String(200))
    failed: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class SignIn(Base):
    """A signed-in browser. Only a hash of its cookie is kept; it can be revoked."""

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    label: Mapped[str] = mapped_column(String(120), default="")


class ApiToken(Base):
    """A token for a case-management system. Only its hash is kept."""

    __tablename__ = "api_token"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    label: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Audit(Base):
    """Who did or looked at what, when."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"))
    by: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    details: Mapped[Json] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(index=True)
