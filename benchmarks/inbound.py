"""Texts in: over real HTTP, signature checked, whole turn durable; beside bare SQLite and a bare route."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from shutil import copyfile

from benchmarks import peers
from benchmarks.load import Load, post_all
from benchmarks.replaying import replay, rows_written
from benchmarks.report import Row, milliseconds
from benchmarks.serving import running, serve_ours
from benchmarks.texts import first_texts
from tests.channels.stubs import TelegramStub, TwilioStub
from tests.live import prepare

ROUNDS = 3
TEXTS = 1_000
WARM = 200
ALONE = 300
AT_ONCE = 32


def measure() -> list[Row]:
    """The rows of this part."""
    bare, ours, plain = [], [], []
    with tempfile.TemporaryDirectory() as name, TwilioStub() as twilio, TelegramStub() as telegram:
        folder = Path(name)
        settings = prepare(folder, twilio, telegram)
        town = folder / "town.db"
        with running(serve_ours, settings) as ports:
            post_all(ports, first_texts(settings, twilio, WARM, 1), AT_ONCE)
            for number in range(ROUNDS):
                before = _copy(town, folder / f"bare{number}.db")
                texts = first_texts(settings, twilio, TEXTS, 2 + number)
                ours.append(post_all(ports, texts, AT_ONCE).rate)
                bare.append(replay(before, rows_written(town, TEXTS)))
                plain.append(peers.fastapi_and_orm(folder / f"plain{number}.db", settings, texts, AT_ONCE))
            alone = post_all(ports, first_texts(settings, twilio, ALONE, 9), 1)
        with running(peers.serve_bare_route) as ports:
            route = post_all(ports, first_texts(settings, twilio, ALONE, 9), 1)
    rate = statistics.median(ours)
    work = f"inbound text over HTTP, signature checked, whole turn durable (SQLite), {AT_ONCE} at once"
    return [
        _row(work, rate, "bare sqlite3, the same rows, a commit each", statistics.median(bare), "0.5x"),
        _row(work, rate, "plain FastAPI + SQLAlchemy ORM, three writes", statistics.median(plain), "5x"),
        _row(
            work,
            rate,
            f"python-telegram-bot ConversationHandler, saved each update, {peers.KNOWN:,} people known",
            peers.conversation_handler(),
            "5x",
        ),
        _alone(alone, route),
    ]


def _copy(path: Path, to: Path) -> Path:
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return Path(copyfile(path, to))


def _row(work: str, rate: float, peer: str, peers_rate: float, bar: str) -> Row:
    return Row(work, f"{rate:,.0f} a second", f"{peer}: {peers_rate:,.0f} a second", rate / peers_rate, bar)


def _alone(alone: Load, route: Load) -> Row:
    median = milliseconds(alone.each) - milliseconds(route.each)
    last = milliseconds(alone.each, 0.99) - milliseconds(route.each, 0.99)
    return Row(
        "one text alone, webhook to committed reply, above a bare Starlette route",
        f"median {median:.1f} ms, p99 {last:.1f} ms",
        f"the route: median {milliseconds(route.each):.1f} ms",
        None,
        "5 ms, 25 ms",
    )
