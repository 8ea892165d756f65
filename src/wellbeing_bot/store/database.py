"""Opening a database and running units of work in it.

SQLite gets one writer thread: it takes jobs from a queue, runs each in a savepoint, commits whatever is
queued together and only then answers each. One bad job does not sink its neighbours, and durability
(``synchronous=FULL``) is paid for once a group. PostgreSQL gets a small pool of threads, a transaction a
job; order for one person comes from locking that person's address.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from wellbeing_bot.store.quick import QuickSession

T = TypeVar("T")

GROUP_CAP = 64
"""Most jobs committed together. More only lengthens the wait of the first."""

_RETRYABLE = {"40001", "40P01"}  # serialization failure, deadlock: the same work may simply run again
_THERE_ALREADY = "23505"  # unique violation


class DatabaseGone(RuntimeError):
    """The database is locked or cannot be reached. Nothing was stored; the caller may try again."""


class Database:
    """One database and the threads that write to it."""

    def __init__(self, url: str, *, workers: int = 4) -> None:
        self.url = _with_driver(url)
        self.is_sqlite = self.url.startswith("sqlite")
        self.reader = self._engine(writer=False)
        self.writer = self._engine(writer=True) if self.is_sqlite else self.reader
        self._jobs: _GroupWriter | ThreadPoolExecutor
        if self.is_sqlite:
            self._jobs = _GroupWriter(self.writer)
        else:
            self._jobs = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="turns")

    def _engine(self, *, writer: bool) -> Engine:
        if not self.is_sqlite:
            return create_engine(self.url, pool_size=10, max_overflow=10, pool_pre_ping=True)
        engine = create_engine(self.url, connect_args={"timeout": 10, "check_same_thread": False})
        _tune_sqlite(engine, begin="BEGIN IMMEDIATE" if writer else "BEGIN")
        return engine

    def submit(self, job: Callable[[Session], T]) -> Future[T]:
        """Run ``job`` in a transaction; the future is done once that is durable.

        The future raises ``DatabaseGone`` when the database cannot be used, and whatever the job raised
        when the job failed; in both cases nothing of it was stored.
        """
        if isinstance(self._jobs, _GroupWriter):
            return self._jobs.submit(job)
        return self._jobs.submit(self._transaction, job)

    def run(self, job: Callable[[Session], T]) -> T:
        """``submit`` and wait."""
        return self.submit(job).result()

    async def arun(self, job: Callable[[Session], T]) -> T:
        """``submit`` and await, for callers on the event loop."""
        return await asyncio.wrap_future(self.submit(job))

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for looking only; it is rolled back at the end."""
        with Session(self.reader, autoflush=False) as session:
            try:
                yield session
            except OperationalError as error:
                raise DatabaseGone("the database cannot be read") from error

    def close(self) -> None:
        """Finish what is queued and let go of every connection."""
        if isinstance(self._jobs, _GroupWriter):
            self._jobs.close()
        else:
            self._jobs.shutdown(wait=True)
        self.writer.dispose()
        self.reader.dispose()

    def _transaction(self, job: Callable[[Session], T]) -> T:
        for attempt in range(5):
            try:
                with QuickSession(self.writer) as session, session.begin():
                    return job(session)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) in _RETRYABLE and attempt < 4:
                    continue
                raise DatabaseGone("the database did not take the change") from error
            except IntegrityError as error:
                # Another process has just written the row that was looked for in vain: now it is found.
                if getattr(error.orig, "sqlstate", None) == _THERE_ALREADY and attempt == 0:
                    continue
                raise
        raise DatabaseGone(
            "the database did not take the change"
        )  # pragma: no cover - loop returns or raises


class _GroupWriter:
    """The one writer of a SQLite file."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[tuple[Callable[[Session], Any], Future[Any]] | None] = (
            queue.SimpleQueue()
        )
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[Session], T]) -> Future[T]:
        future: Future[T] = Future()
        self._queue.put((job, future))
        return future

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        closing = False
        while not closing:
            group = [self._queue.get()]
            while len(group) < GROUP_CAP:
                try:
                    group.append(self._queue.get_nowait())
                except queue.Empty:
                    break
            closing = None in group
            # A caller that went away before its job began is passed over; from here on none can be cancelled.
            jobs = [entry for entry in group if entry is not None and entry[1].set_running_or_notify_cancel()]
            if jobs:
                self._commit_together(jobs)

    def _commit_together(self, jobs: list[_Entry]) -> None:
        try:
            answers = self._together(jobs) or self._one_by_one(jobs)
        except Exception as error:
            gone = DatabaseGone("the database did not take the change")
            gone.__cause__ = error
            for _, future in jobs:
                future.set_exception(gone)
            return
        for (_, future), (result, failure) in zip(jobs, answers, strict=True):
            if failure is not None:
                future.set_exception(failure)
            else:
                future.set_result(result)

    def _together(self, jobs: list[_Entry]) -> list[_Answer] | None:
        """One session, a savepoint a job. None: a job took the transaction with it, and nothing is stored."""
        answers: list[_Answer] = []
        with self._engine.connect() as connection, connection.begin() as transaction:
            session = QuickSession(connection, join_transaction_mode="rollback_only")
            driver: Any = connection.connection.dbapi_connection
            for job, _ in jobs:
                driver.execute("SAVEPOINT job")
                try:
                    result, failure = job(session), None
                    session.flush()
                except OperationalError:
                    raise  # the file itself is in trouble: nobody in this group is safe
                except Exception as error:
                    result, failure = None, error
                    if not transaction.is_active:
                        return None
                    driver.execute("ROLLBACK TO job")
                session.expunge_all()
                driver.execute("RELEASE job")
                answers.append((result, failure))
            session.close()
        return answers

    def _one_by_one(self, jobs: list[_Entry]) -> list[_Answer]:
        """The careful way, for a group in which a job broke more than its own savepoint."""
        with self._engine.connect() as connection, connection.begin():
            return [_in_savepoint(connection, job) for job, _ in jobs]


_Entry = tuple[Callable[[Session], Any], Future[Any]]
_Answer = tuple[Any, BaseException | None]


def _in_savepoint(connection: Connection, job: Callable[[Session], Any]) -> _Answer:
    try:
        with QuickSession(connection, join_transaction_mode="create_savepoint") as session, session.begin():
            return job(session), None
    except OperationalError:
        raise
    except Exception as error:
        return None, error


def _tune_sqlite(engine: Engine, *, begin: str) -> None:
    """WAL, full durability, foreign keys; and transactions that begin when we say so."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin or commit by itself
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _with_driver(url: str) -> str:
    """``postgresql://`` as people write it, with the driver we use."""
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)
