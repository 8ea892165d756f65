"""A table of what was measured, beside the raw limit, with the machine it was measured on."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """One measurement. ``ratio`` compares with the peer of the same line, in the same run."""

    work: str
    figure: str
    peer: str = ""
    ratio: float | None = None
    bar: str = ""


def milliseconds(seconds: Sequence[float], quantile: float = 0.5) -> float:
    """A quantile in milliseconds."""
    if quantile == 0.5:
        return statistics.median(seconds) * 1000
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * quantile))] * 1000


def machine() -> str:
    """What it ran on."""
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| work | figure | beside | ratio | at least |", "|---|---|---|---|---|"]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}x"
        lines.append(f"| {row.work} | {row.figure} | {row.peer} | {ratio} | {row.bar} |")
    return "\n".join(lines) + "\n"


def write(rows: Sequence[Row]) -> None:
    """Keep the table as RESULTS.md."""
    head = f"Written by `make bench` on: {machine()}. Ratios count; absolute times are this machine's."
    (HERE / "RESULTS.md").write_text(f"# Results\n\n{head}\n\n{table(rows)}", encoding="utf-8")
