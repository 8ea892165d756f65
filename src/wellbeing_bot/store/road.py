"""Messages in and out, what is due, the questions that are open, and what a human must do."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy import text as condition
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing_bot.messages import DeliveryState, InboundKind
from wellbeing_bot.store.states import (
    ConversationState,
    InboundState,
    OutboundKind,
    ReminderState,
    TaskState,
    Urgency,
)
from wellbeing_bot.store.types import Base, BigId, Json, JsonList


class InboundRow(Base):
    """A message in, recorded before anything is made of it. ``provider_id`` makes a repeat harmless."""

    __tablename__ = "inbound"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    provider_id: Mapped[str] = mapped_column(String(120), unique=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"))  # none: the deployment's inbox
    address_id: Mapped[int | None] = mapped_column(ForeignKey("address.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[InboundKind]
    sender: Mapped[str] = mapped_column(String(100), default="")
    line: Mapped[str] = mapped_column(String(80), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    media: Mapped[JsonList] = mapped_column(default=list)
    carrier_opt_out: Mapped[str | None] = mapped_column(String(10))
    payload: Mapped[Json] = mapped_column(default=dict)
    received_at: Mapped[datetime]
    state: Mapped[InboundState] = mapped_column(default=InboundState.RECORDED)
    attempts: Mapped[int] = mapped_column(default=0)
    handled_at: Mapped[datetime | None]
    understood: Mapped[bool | None]
    __table_args__ = (
        Index("ix_inbound_thread", "address_id", "id"),
        Index(
            "ix_inbound_unhandled",
            "id",
            sqlite_where=condition("state = 'recorded'"),
            postgresql_where=condition("state = 'recorded'"),
        ),
    )


class OutboundRow(Base):
    """A message out. ``occurrence``, where set, is unique: one thing is told once."""

    __tablename__ = "outbound"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("activity_session.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))
    channel: Mapped[str] = mapped_column(String(12), default="", server_default="")  # its address's
    inbound_id: Mapped[int | None]  # what it came of: the text it answers, a time-out, a desk action
    kind: Mapped[OutboundKind]
    key: Mapped[str] = mapped_column(String(80))  # which words: "hello.welcome.say"
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[JsonList] = mapped_column(default=list)
    line: Mapped[str] = mapped_column(String(80), default="")
    occurrence: Mapped[str | None] = mapped_column(String(160), unique=True)
    by_user: Mapped[str] = mapped_column(String(80), default="")  # set when a human wrote it
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.QUEUED)
    attempt: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    provider_id: Mapped[str | None] = mapped_column(String(120), index=True)
    error_code: Mapped[str | None] = mapped_column(String(40))
    parts: Mapped[int] = mapped_column(default=1)
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    report_asked_at: Mapped[datetime | None]  # when the provider was last asked what became of it
    __table_args__ = (
        Index("ix_outbound_thread", "address_id", "id"),
        Index(
            "ix_outbound_due",
            "due_at",
            "id",
            sqlite_where=condition("state IN ('queued', 'sending', 'unknown')"),
            postgresql_where=condition("state IN ('queued', 'sending', 'unknown')"),
        ),
        Index(
            "ix_outbound_waiting",
            "address_id",
            "id",
            sqlite_where=condition("state IN ('queued', 'sending', 'unknown')"),
            postgresql_where=condition("state IN ('queued', 'sending', 'unknown')"),
        ),
        Index(
            "ix_outbound_channel_due",
            "channel",
            "kind",
            "due_at",
            "id",
            sqlite_where=condition("state IN ('queued', 'sending', 'unknown')"),
            postgresql_where=condition("state IN ('queued', 'sending', 'unknown')"),
        ),
        Index("ix_outbound_sent", "address_id", "sent_at"),
        Index(
            "ix_outbound_unreported",
            "sent_at",
            sqlite_where=condition("state = 'sent' AND channel = 'sms'"),
            postgresql_where=condition("state = 'sent' AND channel = 'sms'"),
        ),
    )


class Spending(Base):
    """SMS parts a network was charged on one local day; what the daily cap is held against."""

    __tablename__ = "spending"
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    parts: Mapped[int] = mapped_column(default=0)


class Reconciled(Base):
    """Until when a channel's provider was asked for texts that never reached us."""

    __tablename__ = "reconciled"
    channel: Mapped[str] = mapped_column(String(12), primary_key=True)
    until: Mapped[datetime]


class Pace(Base):
    """How fast one channel sends, over all processes together: when its bucket would be full again."""

    __tablename__ = "pace"
    channel: Mapped[str] = mapped_column(String(12), primary_key=True)
    full_again_at: Mapped[datetime | None]


class StatusRow(Base):
    """A provider's report that came before the send's own commit; applied when that commits."""

    __tablename__ = "early_status"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    provider_id: Mapped[str] = mapped_column(String(120), index=True)
    state: Mapped[DeliveryState]
    error_code: Mapped[str | None] = mapped_column(String(40))
    at: Mapped[datetime]


class Restoration(Base):
    """The database was put back from a backup: others may have happened after it was taken."""

    __tablename__ = "restoration"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    taken_at: Mapped[datetime]  # nothing later is on record
    restored_at: Mapped[datetime | None]  # none: this is a backup that nobody has started yet


class ConversationRow(Base):
    """One conversation under way with one person at one address: the engine's state."""

    __tablename__ = "conversation"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    script: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(Text)  # the engine's State as JSON
    status: Mapped[ConversationState] = mapped_column(default=ConversationState.OPEN)
    outcome: Mapped[str] = mapped_column(String(40), default="")
    session_id: Mapped[int | None] = mapped_column(ForeignKey("activity_session.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    subject: Mapped[str] = mapped_column(String(60), default="")  # "ride:12", "asking:7"
    asked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    interrupted_at: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "ix_conversation_open",
            "address_id",
            sqlite_where=condition("status = 'open'"),
            postgresql_where=condition("status = 'open'"),
        ),
    )


class Reminder(Base):
    """Something that is due: what, to whom, when, and until when it still makes sense."""

    __tablename__ = "reminder"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    kind: Mapped[str] = mapped_column(String(40))
    occurrence: Mapped[str] = mapped_column(String(160), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    address_id: Mapped[int | None] = mapped_column(ForeignKey("address.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("activity_session.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    ride_id: Mapped[int | None] = mapped_column(ForeignKey("ride.id"), index=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    payload: Mapped[Json] = mapped_column(default=dict)
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    state: Mapped[ReminderState] = mapped_column(default=ReminderState.DUE)
    __table_args__ = (
        Index(
            "ix_reminder_due",
            "due_at",
            "id",
            sqlite_where=condition("state = 'due'"),
            postgresql_where=condition("state = 'due'"),
        ),
        Index(
            "ix_reminder_escalate",
            "due_at",
            "id",
            sqlite_where=condition("state = 'due' AND kind = 'escalate'"),
            postgresql_where=condition("state = 'due' AND kind = 'escalate'"),
        ),
    )


class Task(Base):
    """Something a human must do."""

    __tablename__ = "task"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id"))  # none: the deployment's own
    kind: Mapped[str] = mapped_column(String(40))
    urgency: Mapped[Urgency] = mapped_column(default=Urgency.ROUTINE)
    state: Mapped[TaskState] = mapped_column(default=TaskState.RAISED)
    occurrence: Mapped[str | None] = mapped_column(String(160), unique=True)
    summary: Mapped[str] = mapped_column(Text, default="")  # seen on the desk only
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    address_id: Mapped[int | None] = mapped_column(ForeignKey("address.id"))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("activity_session.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    ride_id: Mapped[int | None] = mapped_column(ForeignKey("ride.id"))
    asking_id: Mapped[int | None]
    assigned_to: Mapped[str] = mapped_column(String(120), default="")
    raised_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[str] = mapped_column(String(120), default="")
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(String(120), default="")
    escalation: Mapped[int] = mapped_column(default=0)  # how many of the rota have been told
    __table_args__ = (
        Index(
            "ix_task_open",
            "network_id",
            "urgency",
            "due_at",
            sqlite_where=condition("state != 'done'"),
            postgresql_where=condition("state != 'done'"),
        ),
    )


class TaskNote(Base):
    """What was added to a task: a text that came in while it was open, or a colleague's note."""

    __tablename__ = "task_note"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    inbound_id: Mapped[int | None] = mapped_column(ForeignKey("inbound.id"))
    by: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]


class Hold(Base):
    """A human has the conversation. While it is open the bot asks and nudges nothing."""

    __tablename__ = "hold"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    address_id: Mapped[int] = mapped_column(ForeignKey("address.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    why: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(120), default="")
    since: Mapped[datetime]
    until: Mapped[datetime | None]  # the bot takes back by itself then, having said so
    ended_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]  # when the person waiting was last told so


class Misunderstood(Base):
    """A text nothing was made of, kept for the coordinator to learn from."""

    __tablename__ = "misunderstood"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"), index=True)
    inbound_id: Mapped[int] = mapped_column(ForeignKey("inbound.id"))
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id"))
    step: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str] = mapped_column(String(120), default="")
    meant: Mapped[str] = mapped_column(String(60), default="", server_default="")  # what it should have meant
    example: Mapped[str] = mapped_column(Text, default="", server_default="")  # retyped by staff
