"""``wellbeing-bot backup`` and ``restored``: copies to go on from without texting anybody twice."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from wellbeing_bot.config import Settings
from wellbeing_bot.service import restoring
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.migrate import is_current

FOR_POSTGRESQL = (
    "this database is PostgreSQL: copy it with pg_dump, and after pg_restore run `wellbeing-bot restored` "
    "before the service starts (docs/operations.md)"
)


def backup(settings: Settings, file: Path, now: datetime) -> int:
    """Copy the database to a new file while the service runs. Exit code 0 when the copy is whole."""
    url = make_url(settings.database_url)
    if not url.drivername.startswith("sqlite"):
        return _refuse(FOR_POSTGRESQL)
    source = Path(url.database or "")
    if not source.is_file():
        return _refuse(f"there is no database at {source}")
    if file.exists():
        return _refuse(f"{file} is there already; choose a new name, so that no older backup is lost")
    file.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as running, closing(sqlite3.connect(file)) as copy:
        running.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    if not whole:
        return _refuse(f"{file} is damaged, and the database may be too: keep both and ask for help")
    marked = _mark(file, now)
    print(f"{file} holds everything up to now ({file.stat().st_size / 1e6:.1f} MB).")
    if not marked:
        print("It is of an older release: after putting it back, `wellbeing-bot migrate`, then `restored`.")
    return 0


def _mark(file: Path, now: datetime) -> bool:
    """Write into the copy that it is one. False where its tables are of another release."""
    copy = Database(f"sqlite:///{file}")
    try:
        if not is_current(copy.writer):
            return False
        copy.run(lambda session: restoring.mark_as_backup(session, now))
    finally:
        copy.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    return True


def restored(settings: Settings) -> int:
    """Say that the database was put back from a copy made in another way. Exit code 0 when it is noted."""
    database = Database(settings.database_url)
    try:
        taken_at = database.run(restoring.mark_as_restored)
    finally:
        database.close()
    print(f"Noted. The last thing on record is of {taken_at:%d %B %Y at %H:%M} UTC. Start the service now.")
    return 0


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
