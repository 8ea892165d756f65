"""``make faults``: the promises at full size, with a table of how each ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field


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
        "the same with four processes on PostgreSQL",
        "tests/faults/test_sigkill.py::test_postgresql_with_four_processes_survives_being_killed",
        {"SIGKILL_ROUNDS": "1000"},
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
        "eight processes on one PostgreSQL send 10,000 due messages, each once",
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
        "what came in while we were down is fetched, once and in order",
        "tests/faults/test_missed_texts.py",
    ),
    Promise(
        "a flood of 1,000 texts and an import of 50,000 people are contained",
        "tests/faults/test_flood.py",
        {"FLOOD_TEXTS": "1000", "FLOOD_PEOPLE": "50000"},
    ),
)


def main() -> int:
    """Run each promise, or those whose words hold an argument. Exit code 0 when all held."""
    wanted = [promise for promise in PROMISES if all(word in promise.name for word in sys.argv[1:])]
    broken = 0
    print("| promise | held | seconds |\n|---|---|---|")
    for promise in wanted:
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", promise.node],
            env={**os.environ, **promise.env},
            check=False,
            stdout=subprocess.DEVNULL,
        )
        broken += done.returncode != 0
        held = "yes" if done.returncode == 0 else "NO"
        print(f"| {promise.name} | {held} | {time.monotonic() - began:.0f} |", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
