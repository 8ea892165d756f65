"""``wellbeing-bot import``: a network from files, with a bar, and all of it or nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.orm import Session

from wellbeing_bot.config import Settings
from wellbeing_bot.service.erasing.suppressing import recall_new
from wellbeing_bot.service.importing import (
    ImportErrors,
    Source,
    Summary,
    import_documents,
    read_sources,
)
from wellbeing_bot.store.database import Database, DatabaseGone
from wellbeing_bot.store.migrate import is_current


def run(settings: Settings, files: Sequence[Path], now: datetime, network: str | None = None) -> int:
    """Import the files and print what was done, or every error. Exit code 0 when all of it is on record."""
    try:
        sources = read_sources(files)
    except ImportErrors as errors:
        return _refuse(errors)
    database = Database(settings.database_url)
    try:
        if not is_current(database.writer):
            print(
                "the database has not the shape this release expects: run `wellbeing-bot migrate` first",
                file=sys.stderr,
            )
            return 1
        secret_key = settings.secret_key.get_secret_value()
        summary = _import(database, sources, now, network, secret_key)
    except ImportErrors as errors:
        return _refuse(errors)
    except DatabaseGone:
        print("the database did not take it, so nothing was imported; try again", file=sys.stderr)
        return 1
    finally:
        database.close()
    print("\n".join(summary.lines()))
    return 0


def _import(
    database: Database, sources: Sequence[Source], now: datetime, network: str | None, secret_key: str
) -> Summary:
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("importing", total=None)

        def move(done: int, total: int, kind: str) -> None:
            bar.update(task, completed=done, total=total, description=kind)

        def job(session: Session) -> Summary:
            summary = import_documents(session, sources, now, move, network=network)
            recall_new(session, secret_key)
            return summary

        return database.run(job)


def _refuse(errors: ImportErrors) -> int:
    for problem in errors.problems:
        print(problem, file=sys.stderr)
    count = len(errors.problems)
    print(f"nothing was imported: {count} thing{'s' if count > 1 else ''} to put right", file=sys.stderr)
    return 1
