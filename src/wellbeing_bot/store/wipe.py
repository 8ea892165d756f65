"""Emptying a database, for a demo that starts again."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from wellbeing_bot.store.types import Base


def wipe(session: Session) -> None:
    """Delete every row of every table of ours, in the caller's transaction. Numbers begin at 1 again."""
    tables = Base.metadata.sorted_tables
    if session.get_bind().dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in tables)
        session.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        return
    # Some tables point at each other or at themselves: keys are checked once all is gone.
    session.execute(text("PRAGMA defer_foreign_keys = ON"))
    for table in reversed(tables):
        session.execute(table.delete())
