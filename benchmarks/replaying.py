"""The raw limit: the very rows that the service wrote, written again by a bare program, a commit a text."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TABLES = ("address", "inbound", "conversation", "outbound", "reminder", "task", "task_note", "misunderstood")
"""What a turn may write, parents first."""

Rows = list[list[tuple[str, tuple[Any, ...]]]]
"""For each text, its statements with their parameters."""


def rows_written(path: Path, texts: int, mark: str = "?") -> Rows:
    """Every row that a run of first texts added to a SQLite database, shared out over the texts.

    Each text also costs the bare program one UPDATE, of the message that has been dealt with.
    """
    connection = sqlite3.connect(path)
    shared: Rows = [[] for _ in range(texts)]
    for table in TABLES:
        names = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
        found = connection.execute(f"SELECT * FROM {table} ORDER BY id DESC LIMIT ?", (texts,)).fetchall()
        if len(found) < texts:
            continue  # not one a text: what was there before
        marks = ", ".join(mark for _ in names)
        quoted = ", ".join(f'"{name}"' for name in names)
        insert = f"INSERT INTO {table} ({quoted}) VALUES ({marks})"
        for number, row in enumerate(reversed(found)):
            shared[number].append((insert, row))
            if table == "inbound":
                update = f"UPDATE inbound SET state = 'handled' WHERE id = {mark}"
                shared[number].append((update, (row[names.index("id")],)))
    connection.close()
    return shared


def replay(path: Path, texts: Sequence[list[tuple[str, tuple[Any, ...]]]]) -> float:
    """Texts a second into a database that has none of these rows, durable one by one."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    began = time.perf_counter()
    for statements in texts:
        connection.execute("BEGIN IMMEDIATE")
        for statement, parameters in statements:
            connection.execute(statement, parameters)
        connection.execute("COMMIT")
    rate = len(texts) / (time.perf_counter() - began)
    connection.close()
    return rate
