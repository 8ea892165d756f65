"""Texts in: over real HTTP, signature checked, recorded and answered durably; beside bare SQLite."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks.report import Row, milliseconds
from tests.channels.stubs import TwilioStub
from tests.live import prepare, served
from wellbeing_bot.app import App, build_live

TEXTS = 1_500
AT_ONCE = 32
ALONE = 200


def _signed(
    app: App, twilio: TwilioStub, number: str, body: str, index: int
) -> tuple[dict[str, str], dict[str, str]]:
    fields = {
        "MessageSid": f"SM{index:032d}",
        "AccountSid": app.settings.twilio_account_sid,
        "From": number,
        "To": app.settings.twilio_from_number,
        "Body": body,
        "NumMedia": "0",
    }
    url = f"{app.settings.public_base_url}/webhooks/twilio/message"
    signature = twilio.sign(url, fields)
    return fields, {"X-Twilio-Signature": signature}


async def _post_all(
    url: str, posts: list[tuple[dict[str, str], dict[str, str]]], at_once: int
) -> list[float]:
    taken: list[float] = []
    waiting = list(reversed(posts))

    async def worker(client: httpx.AsyncClient) -> None:
        while waiting:
            fields, headers = waiting.pop()
            began = time.perf_counter()
            answer = await client.post(f"{url}/webhooks/twilio/message", data=fields, headers=headers)
            taken.append(time.perf_counter() - began)
            assert answer.status_code == 200

    limits = httpx.Limits(max_connections=at_once)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        await asyncio.gather(*(worker(client) for _ in range(at_once)))
    return taken


def bare_sqlite(path: Path, rows: int) -> float:
    """Messages a second of a bare sqlite3 program that commits the same writes one message at a time."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, sid TEXT UNIQUE, body TEXT, state TEXT)")
    connection.execute("CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER, body TEXT, state TEXT)")
    began = time.perf_counter()
    for index in range(rows):
        connection.execute("BEGIN IMMEDIATE")
        key = connection.execute(
            "INSERT INTO a (sid, body, state) VALUES (?, ?, 'recorded')", (f"SM{index}", "hello there")
        ).lastrowid
        connection.execute("INSERT INTO b (a, body, state) VALUES (?, ?, 'queued')", (key, "hello " * 40))
        connection.execute("UPDATE a SET state = 'handled' WHERE id = ?", (key,))
        connection.execute("COMMIT")
    rate = rows / (time.perf_counter() - began)
    connection.close()
    return rate


def measure() -> list[Row]:
    """The rows of this part."""
    with tempfile.TemporaryDirectory() as folder, TwilioStub() as twilio:
        from tests.channels.stubs import TelegramStub

        path = Path(folder)
        bare = bare_sqlite(path / "bare.db", TEXTS)
        with TelegramStub() as telegram:
            app = build_live(prepare(path, twilio, telegram))
            with served(app) as url:
                posts = [
                    _signed(
                        app, twilio, f"+4477009{index:05d}", "hello there I would like some company", index
                    )
                    for index in range(TEXTS + ALONE)
                ]
                began = time.perf_counter()
                asyncio.run(_post_all(url, posts[:TEXTS], AT_ONCE))
                rate = TEXTS / (time.perf_counter() - began)
                alone = asyncio.run(_post_all(url, posts[TEXTS:], 1))
    return [
        Row(
            f"inbound text over HTTP, signature, whole turn durable, {AT_ONCE} at once",
            f"{rate:,.0f} a second",
            f"bare sqlite3, the same writes one by one: {bare:,.0f} a second",
            rate / bare,
        ),
        Row(
            "one text alone, webhook to committed reply",
            f"median {milliseconds(alone):.1f} ms, p99 {milliseconds(alone, 0.99):.1f} ms",
        ),
    ]
