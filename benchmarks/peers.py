"""What others would write for the same work, in the same durability."""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.load import post_all
from benchmarks.serving import listen, running
from wellbeing_bot.config import Settings

KNOWN = 20_000
UPDATES = 20
ME = b'{"ok": true, "result": {"id": 1, "is_bot": true, "first_name": "b", "username": "b"}}'


def serve_bare_route(port: int) -> None:
    """A Starlette route that reads the body and answers."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    async def route(request: Request) -> Response:
        await request.body()
        return Response("<Response/>", media_type="text/xml")

    listen(port, Starlette(routes=[Route("/webhooks/twilio/message", route, methods=["POST"])]))


def fastapi_and_orm(path: Path, settings: Settings, texts: list[bytes], at_once: int) -> float:
    """Texts a second through the handler that a tutorial would give."""
    with running(_serve_plain, f"sqlite:///{path}", settings) as ports:
        return post_all(ports, texts[: len(texts) // 2], at_once).rate


def _serve_plain(port: int, url: str, settings: Settings) -> None:
    from benchmarks.plain_handler import build

    listen(port, build(url, settings))


def conversation_handler() -> float:
    """Updates a second of python-telegram-bot's ConversationHandler, its state saved after each."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_converse(Path(folder) / "state.pickle"))


async def _converse(path: Path) -> float:
    from telegram import Update
    from telegram.ext import (
        ApplicationBuilder,
        ConversationHandler,
        MessageHandler,
        PicklePersistence,
        filters,
    )
    from telegram.request import BaseRequest

    class Nowhere(BaseRequest):
        """Telegram, as far as starting needs it."""

        read_timeout = 1.0

        async def initialize(self) -> None: ...

        async def shutdown(self) -> None: ...

        async def do_request(self, *_args: Any, **_named: Any) -> tuple[int, bytes]:
            return (
                200,
                ME,
            )

    async def hear(update: Update, context: Any) -> int:
        context.user_data["said"] = update.message.text if update.message else ""
        return 1

    handler = ConversationHandler(
        entry_points=[MessageHandler(filters.TEXT, hear)],
        states={1: [MessageHandler(filters.TEXT, hear)]},
        fallbacks=[],
        persistent=True,
        name="talk",
    )
    kept: Any = PicklePersistence(path, update_interval=3600)
    app = (
        ApplicationBuilder()
        .token("1:a")
        .request(Nowhere())
        .get_updates_request(Nowhere())
        .updater(None)
        .persistence(kept)
        .build()
    )
    app.add_handler(handler)
    await app.initialize()
    now = int(datetime.now(UTC).timestamp())

    def text(key: int) -> Update:
        who = {"id": key, "is_bot": False, "first_name": "May"}
        message = {
            "message_id": key,
            "date": now,
            "chat": {"id": key, "type": "private"},
            "from": who,
            "text": "hello there I would like some company",
        }
        return Update.de_json({"update_id": key, "message": message}, app.bot)

    # Everybody who ever texted is in the file, and the file is written anew for each update.
    kept.user_data = {key: {"said": "hello there I would like some company"} for key in range(1, KNOWN + 1)}
    await kept.flush()
    began = time.perf_counter()
    for key in range(KNOWN + 1, KNOWN + 1 + UPDATES):
        await app.process_update(text(key))
        await app.update_persistence()
    rate = UPDATES / (time.perf_counter() - began)
    await app.shutdown()
    return rate
