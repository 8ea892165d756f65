"""``wellbeing-bot review`` and ``summary``: lists for the weekly meeting and for the practices' records."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wellbeing_bot.app import build_deployment
from wellbeing_bot.config import Settings
from wellbeing_bot.service.accounts.managing import AccountError, network_called
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import review as reviews
from wellbeing_bot.service.workers import summary as summaries
from wellbeing_bot.store import Person, Practice
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.states import Role


def review(
    settings: Settings, now: datetime, *, network: str, link_worker: str, waiting_days: int, kind: str
) -> int:
    """Write the weekly list to standard output, as ``csv`` or as a page (``html``). Gives the exit status."""
    database = Database(settings.database_url)
    try:
        with database.reading() as session:
            work = Work(
                session, now, build_deployment(settings, demo=False), network_called(session, network)
            )
            worker = _worker(work, link_worker) if link_worker else None
            found = reviews.review(work, link_worker=worker, waiting_days=waiting_days)
            print(reviews.to_html(found) if kind == "html" else reviews.to_csv(found), end="")
    except (AccountError, LookupError) as error:
        print(error.args[0], file=sys.stderr)
        return 1
    finally:
        database.close()
    return 0


def summary(
    settings: Settings, folder: Path, now: datetime, *, network: str, since: datetime, kind: str
) -> int:
    """Write a file for each practice, as ``csv`` or ``txt``. Gives the exit status."""
    database = Database(settings.database_url)
    try:
        with database.reading() as session:
            work = Work(
                session, now, build_deployment(settings, demo=False), network_called(session, network)
            )
            folder.mkdir(parents=True, exist_ok=True)
            query = select(Practice).where(Practice.network_id == work.network.id).order_by(Practice.id)
            for practice in session.scalars(query):
                entries = summaries.summaries(work, since, practice)
                written = summaries.to_csv(entries) if kind == "csv" else summaries.to_text(entries)
                file = folder / f"{_file_name(practice)}.{kind}"
                file.write_text(written, encoding="utf-8")
                print(f"{file}: {len(entries)} people")
    except AccountError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        database.close()
    return 0


def _work(settings: Settings, session: Session, now: datetime, network: str) -> Work:
    deployment = build_deployment(settings, demo=False)
    return Work(session, now, deployment, network_called(session, network))


def _worker(work: Work, name: str) -> Person:
    query = select(Person).where(
        Person.network_id == work.network.id, func.lower(Person.first_name) == name.split()[0].lower()
    )
    found = [
        person
        for person in work.session.scalars(query.order_by(Person.id))
        if person.has(Role.LINK_WORKER)
        and name.lower() in {person.first_name.lower(), person.full_name.lower()}
    ]
    if len(found) != 1:
        raise LookupError(f"there are {len(found)} link workers of that name; write the first and last name")
    return found[0]


def _file_name(practice: Practice) -> str:
    words = "".join(sign if sign.isalnum() else " " for sign in practice.name.lower()).split()
    return f"{'-'.join(words) or 'practice'}-{practice.id}"
