"""Planning the week's nudges of a hundred and seventy thousand members, while texts come in."""

from __future__ import annotations

import resource
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from benchmarks.report import Row, milliseconds
from tests.channels.stubs import TelegramStub, TwilioStub
from tests.live import prepare
from tests.town import START
from wellbeing_bot.app import App, build_live
from wellbeing_bot.messages import Address, Inbound, InboundKind
from wellbeing_bot.service.activities.planning import plan_network
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Group, Membership, Network, Person, Place, Reminder, Session_
from wellbeing_bot.store.states import SessionState

MEMBERS = 170_000
JOBS = 400
EVERY = 0.02
"""Seconds between two texts that come in while it plans."""


def measure() -> list[Row]:
    """The rows of this part."""
    with tempfile.TemporaryDirectory() as name, TwilioStub() as twilio, TelegramStub() as telegram:
        folder = Path(name)
        app = build_live(prepare(folder, twilio, telegram))
        app.warm()
        _join(app)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        idle, _ = _texts_while(app, lambda: time.sleep(3), 1)
        busy, seconds = _texts_while(app, lambda: _plan(app), 2)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        rows, due = _count(app)
        app.database.close()
        raw = _insert_select(folder / "town.db")
        one_by_one = _apscheduler(folder / "jobs.db")
    waits = milliseconds(busy, 0.99) / milliseconds(idle, 0.99)
    return [
        Row(
            f"planning the week's nudges for {MEMBERS:,} members: {rows:,} rows, texts coming in meanwhile",
            f"{seconds:.1f} s",
            f"INSERT ... SELECT of the same rows: {raw:.1f} s",
            seconds / raw,
            "5x slower",
        ),
        Row(
            "the same, in things that are due",
            f"{due / seconds:,.0f} a second",
            f"APScheduler's SQLAlchemy job store, one by one ({JOBS} jobs): {one_by_one:,.0f} a second",
            due / seconds / one_by_one,
            "50x",
        ),
        Row(
            f"99th percentile of an inbound text while the {MEMBERS:,} are being planned",
            f"{milliseconds(busy, 0.99):.1f} ms ({len(busy)} texts)",
            f"idle: {milliseconds(idle, 0.99):.1f} ms",
            waits,
            "5x",
        ),
        Row(
            f"memory while planning for {MEMBERS:,}, the whole process",
            f"{after / 1024:.0f} MB at most",
            f"before: {before / 1024:.0f} MB",
            None,
            "250 MB",
        ),
    ]


def _join(app: App) -> None:
    """Members of one group, in steps of 10,000."""
    with app.database.reading() as session:
        group = session.scalars(select(Group).where(Group.key == "harbour-walk")).one()
        network, key = group.network_id, group.id
        first = (session.scalar(select(func.max(Person.id))) or 0) + 1
    for start in range(first, first + MEMBERS, 10_000):
        ids = range(start, min(start + 10_000, first + MEMBERS))

        def add(session: Session, ids: range = ids) -> None:
            people = [{"id": i, "network_id": network, "first_name": "May", "created_at": START} for i in ids]
            session.execute(insert(Person), people)
            member = {"network_id": network, "group_id": key, "since": START}
            session.execute(insert(Membership), [{**member, "person_id": i} for i in ids])

        app.database.run(add)

    def one_session_to_plan(session: Session) -> None:
        coming = session.scalars(
            select(Session_)
            .where(Session_.group_id == key, Session_.state == SessionState.PLANNED)
            .where(Session_.starts_at > START + timedelta(days=1))
            .order_by(Session_.starts_at)
        ).first()
        assert coming is not None
        for other in session.scalars(select(Session_).where(Session_.planned_at.is_(None))):
            other.planned_at = START
        coming.planned_at = None

    app.database.run(one_session_to_plan)


def _plan(app: App) -> None:
    def begin(session: Session) -> None:
        plan_network(Work(session, START, app.deployment, session.scalars(select(Network)).one()))

    app.database.run(begin)
    while app.road.tick(START):
        pass


def _texts_while(app: App, work: Callable[[], None], batch: int) -> tuple[list[float], float]:
    """How long texts take that come in every 20 ms while ``work`` goes on; and how long that takes."""
    over = threading.Event()
    taken: list[float] = []

    def text() -> None:
        number = 0
        while not over.is_set():
            number += 1
            inbound = Inbound(
                provider_id=f"SM{batch:02d}{number:030d}",
                kind=InboundKind.TEXT,
                sender=Address("sms", f"+4470{batch}{number:07d}"),
                line=app.settings.twilio_from_number,
                text="hello there I would like some company",
                received_at=datetime.now(UTC),
            )
            began = time.perf_counter()
            app.road.receive(inbound)
            taken.append(time.perf_counter() - began)
            time.sleep(EVERY)

    thread = threading.Thread(target=text)
    thread.start()
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    over.set()
    thread.join()
    return taken, seconds


def _count(app: App) -> tuple[int, int]:
    """Rows that planning made, and how many of them say that something is due."""
    with app.database.reading() as session:
        places = session.scalar(select(func.count()).select_from(Place)) or 0
        due = session.scalar(select(func.count()).select_from(Reminder)) or 0
        return places + due, due


def _insert_select(path: Path) -> float:
    """The same rows into the same tables with the same indexes, one statement a table, one commit."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA temp_store=FILE")
    for table in ("place", "reminder"):
        connection.execute(f"CREATE TEMP TABLE kept_{table} AS SELECT * FROM {table}")
    connection.execute("PRAGMA foreign_keys=OFF")
    for table in ("reminder", "place"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("PRAGMA foreign_keys=ON")
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for table in ("place", "reminder"):
        connection.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")
    connection.execute("COMMIT")
    seconds = time.perf_counter() - began
    connection.close()
    return seconds


def _nothing() -> None:
    """What a job would do."""


def _apscheduler(path: Path) -> float:
    """Jobs a second added to APScheduler's own SQLAlchemy job store."""
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler

    store = SQLAlchemyJobStore(url=f"sqlite:///{path}")
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone=UTC)
    scheduler.start(paused=True)
    rates = []
    for part in range(2):
        began = time.perf_counter()
        for number in range(JOBS // 2):
            scheduler.add_job(_nothing, "date", run_date=START + timedelta(days=3650), id=f"{part}:{number}")
        rates.append(JOBS / 2 / (time.perf_counter() - began))
    scheduler.shutdown(wait=False)
    return statistics.median(rates)
