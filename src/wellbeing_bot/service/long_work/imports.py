"""Importing files at the desk: looked through first, then all of it or nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from wellbeing_bot.service.importing import ImportErrors, Source, Summary, import_documents
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import LongWork, Network
from wellbeing_bot.store.database import Database

MOST_PROBLEMS = 100


class Refused(Exception):
    """The files cannot be imported. The message is what to put right, a line each."""


class _Undone(Exception):
    def __init__(self, summary: Summary) -> None:
        super().__init__()
        self.summary = summary


def pack(files: Sequence[Source]) -> str:
    """Files as text that a row can keep."""
    return json.dumps([[file.name, base64.b64encode(file.data).decode()] for file in files])


def unpack(content: str) -> list[Source]:
    """The files again."""
    return [Source(name, base64.b64decode(data)) for name, data in json.loads(content)]


def look_through(database: Database, network_id: int, files: Sequence[Source], now: datetime) -> Summary:
    """What an import would do: it is done for real and then undone.

    Raises:
        Refused: with everything that is wrong.
    """

    def job(session: Session) -> None:
        raise _Undone(_import(session, session.get_one(Network, network_id), files, now))

    try:
        database.run(job)
    except _Undone as undone:
        return undone.summary
    raise AssertionError("a look is always undone")


def step(work: Work, row: LongWork) -> bool:
    """All of it in one transaction, so that nothing is ever half imported."""
    summary = _import(work.session, work.network, unpack(row.content), work.now)
    row.said = "\n".join(summary.lines())
    row.done = row.total
    return True


def _import(session: Session, network: Network, files: Sequence[Source], now: datetime) -> Summary:
    try:
        with session.begin_nested():
            return import_documents(session, files, now, network=network.slug)
    except ImportErrors as errors:
        lines = [str(problem) for problem in errors.problems]
        more = len(lines) - MOST_PROBLEMS
        shown = [*lines[:MOST_PROBLEMS], f"And {more} more."] if more > 0 else lines
        raise Refused("\n".join(shown)) from None
