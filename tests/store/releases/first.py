"""The database that the first release left behind, on either kind of database. See tests/fixtures."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from tests.faults.invariants import moment
from tests.story import Story
from wellbeing_bot.app import build_demo
from wellbeing_bot.config import read_settings
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.migrate import migrate

DUMP = Path(__file__).parents[2] / "fixtures" / "first_release.sql.gz"
STOPPED_AT = moment("2026-11-24T10:00")


def on_sqlite(folder: Path) -> str:
    """A file as the first release left it; returns its URL."""
    path = folder / "first.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(gzip.decompress(DUMP.read_bytes()).decode())
    return f"sqlite:///{path}"


def on_postgres(folder: Path, url: str) -> str:
    """The same rows in a PostgreSQL database that the first release's migration made."""
    source = sa.create_engine(on_sqlite(folder))
    database = Database(url)
    migrate(database.writer, "0001")
    tables = sa.MetaData()
    with database.writer.connect() as there:
        tables.reflect(bind=there)
    with source.connect() as here, database.writer.begin() as there:
        there.exec_driver_sql("SET session_replication_role = replica")  # rows come in any order
        for table in tables.sorted_tables:
            if table.name != "alembic_version":
                _copy(table, here, there)
    source.dispose()
    database.close()
    return url


def _copy(table: sa.Table, here: sa.Connection, there: sa.Connection) -> None:
    rows = [dict(row._mapping) for row in here.exec_driver_sql(f'SELECT * FROM "{table.name}"')]
    if rows:
        there.execute(table.insert(), [_typed(table, row) for row in rows])
    if "id" in table.columns:
        there.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "
            f'(SELECT COALESCE(MAX(id), 1) FROM "{table.name}"))'
        )


def _typed(table: sa.Table, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(table.columns[name].type, value) for name, value in row.items()}


def _value(kind: sa.types.TypeEngine[Any], value: Any) -> Any:
    """SQLite keeps moments, truths and JSON as text and numbers."""
    if value is None:
        return None
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return date.fromisoformat(value)
    if isinstance(kind, sa.Boolean):
        return bool(value)
    return json.loads(value) if isinstance(kind, sa.JSON) else value


def taken_over(folder: Path, url: str, at: datetime = STOPPED_AT) -> Story:
    """Migrate to today's shape and go on with it."""
    database = Database(url)
    migrate(database.writer)
    database.close()
    settings = read_settings(database_url=url, secret_key="for tests only " * 4, _env_file=None)
    story = Story(folder, app=build_demo(settings, at))
    story.begin_texts_at(1000)  # the numbers before that are on record
    story.new_messages()
    story.new_tasks()
    story.app.road.recover(at)
    return story
