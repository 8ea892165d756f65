"""The plain handler, as FastAPI's own tutorial writes one: form fields by annotation, a session by Depends.

The sender's conversation is looked up, and three rows are written: the text, the conversation, the answer.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, FastAPI, Form, Request, Response
from pydantic import BaseModel
from sqlalchemy import create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from wellbeing_bot.config import Settings


class Base(DeclarativeBase):
    """Its tables."""


class MessageIn(Base):
    __tablename__ = "message_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    sid: Mapped[str] = mapped_column(unique=True)
    sender: Mapped[str] = mapped_column(index=True)
    body: Mapped[str]
    at: Mapped[datetime]


class Conversation(Base):
    __tablename__ = "conversation"
    id: Mapped[int] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str]


class MessageOut(Base):
    __tablename__ = "message_out"
    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(index=True)
    body: Mapped[str]
    state: Mapped[str]
    at: Mapped[datetime]


class Incoming(BaseModel):
    """The fields of Twilio's webhook that the benchmark sends."""

    MessageSid: str
    AccountSid: str
    From: str
    To: str
    Body: str
    NumMedia: str


def build(url: str, settings: Settings) -> FastAPI:
    """The application on a SQLite database of its own, as durable as ours."""
    engine = create_engine(url, connect_args={"timeout": 60, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def durable(connection, _record) -> None:  # type: ignore[no-untyped-def]
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    Base.metadata.create_all(engine)
    validator = RequestValidator(settings.twilio_auth_token.get_secret_value())
    app = FastAPI()

    def get_session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    @app.post("/webhooks/twilio/message")
    def message(
        text: Annotated[Incoming, Form()],
        request: Request,
        session: Annotated[Session, Depends(get_session)],
    ) -> Response:
        url = f"{settings.public_base_url}/webhooks/twilio/message"
        if not validator.validate(url, text.model_dump(), request.headers.get("x-twilio-signature", "")):
            return Response(status_code=403)
        now = datetime.now(UTC)
        session.add(MessageIn(sid=text.MessageSid, sender=text.From, body=text.Body, at=now))
        talk = session.scalar(select(Conversation).where(Conversation.sender == text.From))
        if talk is None:
            talk = Conversation(sender=text.From, state="new")
            session.add(talk)
        talk.state = "greeted"
        reply = f"Hello, thank you for writing to us. You wrote: {text.Body}"
        session.add(MessageOut(to=text.From, body=reply, state="queued", at=now))
        session.commit()
        return Response("<Response/>", media_type="text/xml")

    return app
