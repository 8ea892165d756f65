"""Importing files at the desk: looked through first, then a portion of people at a time."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.service.erasing.suppressing import recall
from wellbeing_bot.service.importing import (
    Counts,
    Everything,
    ImportErrors,
    ImportProblem,
    Source,
    Summary,
    import_portion,
    problems_of,
    read,
)
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, LongWork, Network
from wellbeing_bot.store.database import Database

AT_ONCE = 100
"""People a portion: short enough that texts coming in meanwhile do not wait."""

MOST_PROBLEMS = 100


class Refused(Exception):
    """The files cannot be imported. The message is what to put right, a line each."""

    def __init__(self, problems: Sequence[ImportProblem]) -> None:
        more = len(problems) - MOST_PROBLEMS
        lines = [str(problem) for problem in problems[:MOST_PROBLEMS]]
        super().__init__("\n".join([*lines, f"And {more} more."] if more > 0 else lines))
        self.problems = list(problems)


class _Undone(Exception):
    def __init__(self, summary: Summary) -> None:
        super().__init__()
        self.summary = summary


def pack(files: Sequence[Source]) -> str:
    """Files as text that a row can keep."""
    return json.dumps([[file.name, base64.b64encode(file.data).decode()] for file in files])


@lru_cache(maxsize=1)
def unpack(content: str) -> Everything:
    """The files again, read. The last ones are kept while their portions follow each other."""
    return read([Source(name, base64.b64decode(data)) for name, data in json.loads(content)])


def look_through(database: Database, network_id: int, files: Sequence[Source], now: datetime) -> Summary:
    """What an import would do: each portion is done for real and then undone, so that nobody waits long.

    Raises:
        Refused: with everything that is wrong.
    """
    try:
        everything = read(files)
        with database.reading() as session:
            problems = problems_of(session, everything, session.get_one(Network, network_id).slug)
    except ImportErrors as errors:
        raise Refused(errors.problems) from None
    if problems:
        raise Refused(problems)
    found: Summary | None = None
    for portion in everything.portions(AT_ONCE):
        seen = _look(database, network_id, everything, portion, now)
        found = seen if found is None else found.plus(seen)
    assert found is not None  # there is always a portion, if an empty one
    return found


def _look(
    database: Database, network_id: int, everything: Everything, portion: range, now: datetime
) -> Summary:
    def job(session: Session) -> None:
        network = session.get_one(Network, network_id)
        if portion.start > 0:
            _import(session, network, everything, range(0), now)  # the places that its people name
        raise _Undone(_import(session, network, everything, portion, now))

    try:
        database.run(job)
    except _Undone as undone:
        return undone.summary
    raise AssertionError("a look is always undone")


def step(work: Work, row: LongWork) -> bool:
    """The next portion. What is on record is not made twice, whatever happens in between."""
    everything = unpack(row.content)
    portions = everything.portions(AT_ONCE)
    number: int = row.args.get("portions", 0)
    summary = _import(work.session, work.network, everything, portions[number], work.now)
    _stay_silent(work, everything, portions[number])
    if number > 0:
        summary = _before(row, work.network.name).plus(summary)
    row.args = {
        **row.args,
        "portions": number + 1,
        "counts": {kind: asdict(counts) for kind, counts in summary.counts.items()},
        "notes": list(summary.notes),
    }
    row.said = "\n".join(summary.lines())
    row.done = min(summary.all, row.total)
    if number + 1 < len(portions):
        return False
    row.done = row.total
    unpack.cache_clear()
    return True


def _before(row: LongWork, network: str) -> Summary:
    """What the portions before this one did."""
    counts = {kind: Counts(**numbers) for kind, numbers in row.args["counts"].items()}
    return Summary(network, counts, (), tuple(row.args["notes"]))


def _stay_silent(work: Work, everything: Everything, portion: range) -> None:
    """A phone that was forgotten and comes back in a list is as silent as after STOP."""
    named = everything.named(portion).addresses
    for address in work.session.scalars(
        select(AddressRow).where(
            AddressRow.network_id == work.network.id,
            AddressRow.value.in_({value for _, value in named}),
            AddressRow.last_inbound_at.is_(None),
        )
    ):
        recall(work, address)


def _import(
    session: Session, network: Network, everything: Everything, portion: range, now: datetime
) -> Summary:
    try:
        with session.begin_nested():
            return import_portion(session, everything, portion, now, network=network.slug)
    except ImportErrors as errors:
        raise Refused(errors.problems) from None
