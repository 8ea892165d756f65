"""The desk, ready to be opened."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A desk of one's own."""
    made = open_office(tmp_path)
    yield made
    asyncio.run(made.app.close())


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One desk for many questions that do not depend on each other."""
    made = open_office(tmp_path_factory.mktemp("office"))
    yield made
    asyncio.run(made.app.close())
