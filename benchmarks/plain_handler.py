"""The plain handler: FastAPI form fields, Twilio's own validator, SQLAlchemy's ORM, three writes a text."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import FastAPI, Form, Request, Response
from sqlalchemy import create_engine, event
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
    state: Mapped[str]
    at: Mapped[datetime]


class MessageOut(Base):
    __tablename__ = "message_out"
    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(index=True)
    body: Mapped[str]
    state: Mapped[str]
    at: Mapped[datetime]


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

    @app.post("/webhooks/twilio/message")
    async def message(
        request: Request,
        MessageSid: Annotated[str, Form()],
        From: Annotated[str, Form()],
        Body: Annotated[str, Form()],
    ) -> Response:
        url = f"{settings.public_base_url}/webhooks/twilio/message"
        form = dict(await request.form())
        if not validator.validate(url, form, request.headers.get("x-twilio-signature", "")):
            return Response(status_code=403)
        with Session(engine) as session:
            row = MessageIn(sid=MessageSid, sender=From, body=Body, state="new", at=datetime.now(UTC))
            session.add(row)
            session.flush()
            reply = f"Hello, thank you for writing to us. You wrote: {Body}"
            session.add(MessageOut(to=From, body=reply, state="queued", at=datetime.now(UTC)))
            row.state = "handled"
            session.commit()
        return Response("<Response/>", media_type="text/xml")

    return app
