"""Bringing a database to today's shape with Alembic, from the package itself: no ini file to find."""

from __future__ import annotations

from importlib.resources import as_file, files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def migrate(engine: Engine) -> None:
    """Apply every migration that is missing. Safe to call again, and by several processes in turn."""
    with as_file(files("wellbeing_bot.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # One process migrates, the others wait for it: the number is ours alone.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7700900)")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether the database has the shape this release expects."""
    with as_file(files("wellbeing_bot.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        heads = set(ScriptDirectory.from_config(config).get_heads())
    with engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == heads
