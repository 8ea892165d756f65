"""A real database for every test, and the words the service needs to speak."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from wellbeing_bot.conversation import Scripts
from wellbeing_bot.service.work import Deployment
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.migrate import migrate

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, made once: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("store") / "empty.db"
    database = Database(f"sqlite:///{path}")
    migrate(database.writer)
    database.close()
    return path


@pytest.fixture
def database(empty_file: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "test.db"
    path.write_bytes(empty_file.read_bytes())
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session to import in and look at, rolled back at the end."""
    with Session(database.writer) as open_session, open_session.begin() as transaction:
        yield open_session
        transaction.rollback()


@pytest.fixture
def deployment() -> Deployment:
    """A service that has nothing to say."""
    return Deployment(scripts=Scripts({}, {}), parts=lambda _: 1, simplify=lambda text: text)
