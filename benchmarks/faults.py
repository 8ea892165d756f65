"""``make faults``: the promises at full size, with a table of how each ended, kept in FAULTS.md.

With words after ``python -m benchmarks.faults`` only the promises that hold them are run, and the other rows
of the table stay as their own last run left them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.report import machine

KEPT = Path(__file__).parent / "FAULTS.md"
COLUMNS = "| promise | held | seconds | measured |\n|---|---|---|---|\n"


@dataclass(frozen=True)
class Promise:
    """One promise: its words, the test that shows it, and what makes that test run at full size."""

    name: str
    node: str
    env: Mapping[str, str] = field(default_factory=dict)


PROMISES = (
    Promise(
        "an acknowledged message is never lost, nobody is texted twice (SQLite, killed 200 times)",
        "tests/faults/test_sigkill.py::test_sqlite_survives_being_killed",
        {"SIGKILL_ROUNDS": "200"},
    ),
    Promise(
        "the same with four processes on PostgreSQL, all of them killed 200 times",
        "tests/faults/test_sigkill.py::test_postgresql_with_four_processes_survives_being_killed",
        {"SIGKILL_POSTGRES_ROUNDS": "200"},
    ),
    Promise(
        "STOP and erasure are final (10,000 steps of anything that may happen)",
        "tests/faults/test_anything_may_happen.py",
        {"ANYTHING_STEPS": "10000"},
    ),
    Promise(
        "time cannot fool it (both changes of the clocks, leap day, year's end, a wrong clock)",
        "tests/faults/test_time_cannot_fool_it.py",
        {"TIME_DAYS": "the clocks go back,the year ends,the clocks go forward,a leap day"},
    ),
    Promise(
        "both databases are the same product (a journal of 300 events)",
        "tests/faults/test_both_databases_are_one_product.py",
        {"JOURNAL_EVENTS": "300"},
    ),
    Promise(
        "eight processes on one PostgreSQL send 10,000 due messages, each once; one pace, one cap",
        "tests/faults/test_many_processes.py",
        {"MANY_PROCESSES": "8", "MANY_ROWS": "10000"},
    ),
    Promise(
        "a town of 200, four months, thrice: nobody texted at night, after STOP, twice, or for what is off",
        "tests/store/whole_town/test_a_whole_town.py",
        {"WHOLE_TOWN": "200,14,121", "WHOLE_TOWN_SEEDS": "1,2,3"},
    ),
    Promise("an upgrade is safe", "tests/store/releases/test_an_upgrade_is_safe.py"),
    Promise("a backup put back resends nothing", "tests/faults/test_a_backup_resends_nothing.py"),
    Promise(
        "nobody is texted twice for one thing, however a send ends",
        "tests/faults/test_sent_once.py",
    ),
    Promise(
        "provider noise changes nothing (100 stories, 300 races, on both databases)",
        "tests/faults/test_provider_noise.py",
        {"NOISE_EXAMPLES": "100", "NOISE_RACES": "300"},
    ),
    Promise(
        "an outage of six hours is survived: in order, at most 1.2 calls a message",
        "tests/faults/test_outage.py",
        {"OUTAGE_HOURS": "6"},
    ),
    Promise(
        "in an outage 95 of 100 webhooks are answered within 500 ms, and the backlog leaves in order",
        "tests/faults/test_webhooks_in_an_outage.py",
        {"WEBHOOK_OUTAGE_SECONDS": "60"},
    ),
    Promise(
        "what came in while we were down is fetched, once and in order",
        "tests/faults/test_missed_texts.py",
    ),
    Promise(
        "what became of a text whose delivery report never came is asked for",
        "tests/faults/test_missed_reports.py",
    ),
    Promise(
        "however much waits, an alert and the other channel's messages are found at once",
        "tests/faults/test_long_queues.py",
    ),
    Promise(
        "a flood of 1,000 texts and an import of 50,000 people are contained",
        "tests/faults/test_flood.py",
        {"FLOOD_TEXTS": "1000", "FLOOD_PEOPLE": "50000"},
    ),
)


@dataclass(frozen=True)
class Ended:
    """How a promise's run ended. ``figures`` is what its tests noted."""

    held: bool
    seconds: float
    figures: str

    def line(self, promise: Promise) -> str:
        """Its row of the table."""
        held = "yes" if self.held else "NO"
        return f"| {promise.name} | {held} | {self.seconds:.0f} | {self.figures} |"


def run(promise: Promise) -> Ended:
    """Run one promise's tests at full size."""
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", promise.node],
            env={**os.environ, **promise.env, "FAULTS_FIGURES": str(figures)},
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        took = time.monotonic() - began
        noted = figures.read_text("utf-8").splitlines() if figures.exists() else []
    return Ended(done.returncode == 0, took, "; ".join(noted))


def kept_lines() -> dict[str, str]:
    """The rows that are kept, by promise."""
    if not KEPT.exists():
        return {}
    lines = [line for line in KEPT.read_text("utf-8").splitlines() if line.startswith("| ")]
    return {line.split(" | ")[0].removeprefix("| "): line for line in lines[1:]}


def keep(promise: Promise, ended: Ended) -> None:
    """Put one row into FAULTS.md, at once: a run that is broken off keeps what had ended."""
    lines = {**kept_lines(), promise.name: ended.line(promise)}
    head = (
        f"# The promises at full size\n\nWritten by `make faults` on: {machine()}. Each row is the last full "
        "run of its promise; the seconds are this machine's, with whatever else it was doing. A "
        "promise without a row has not been run in full since this table was begun. What each promise means "
        "and how it is kept: [docs/promises.md](../docs/promises.md).\n\n"
    )
    rows = "\n".join(lines[promise.name] for promise in PROMISES if promise.name in lines)
    KEPT.write_text(f"{head}{COLUMNS}{rows}\n", encoding="utf-8")


def main() -> int:
    """Run each promise, or those whose words hold every argument. Exit code 0 when all held."""
    wanted = [promise for promise in PROMISES if all(word in promise.name for word in sys.argv[1:])]
    broken = 0
    print(COLUMNS, end="")
    for promise in wanted:
        ended = run(promise)
        broken += not ended.held
        keep(promise, ended)
        print(ended.line(promise), flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
