"""Bringing a database to today's shape with Alembic, from the package itself: no ini file to find."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


def migrate(engine: Engine, revision: str = "head") -> None:
    """Apply every migration that is missing, all of them or none.

    Safe to call again, and by several processes in turn.

    Raises:
        RuntimeError: a row would point at one that is not there; nothing was changed.
    """
    with as_file(files("wellbeing_bot.store") / "migrations") as folder, engine.connect() as connection:
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        with _keys_checked_at_the_end(connection), connection.begin():
            if connection.dialect.name == "postgresql":
                # One process migrates, the others wait for it: the number is ours alone.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7700900)")
            command.upgrade(config, revision)
            if connection.dialect.name == "sqlite" and connection.exec_driver_sql(CHECK).first():
                raise RuntimeError("the migration would leave rows that point at nothing")


CHECK = "PRAGMA foreign_key_check"


@contextmanager
def _keys_checked_at_the_end(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, and would take the rows that point at the old one along.

    Its own advice is to switch keys off, which works outside a transaction only, and to check at the end.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def is_current(engine: Engine) -> bool:
    """Whether the database has the shape this release expects."""
    with as_file(files("wellbeing_bot.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        heads = set(ScriptDirectory.from_config(config).get_heads())
    with engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == heads
