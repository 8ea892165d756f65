"""``make faults``: the promises at full size, with a table of how each ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time

PROMISES = (
    (
        "an acknowledged message is never lost, nobody is texted twice (SQLite, killed 200 times)",
        "tests/faults/test_sigkill.py::test_sqlite_survives_being_killed",
        {"SIGKILL_ROUNDS": "200"},
    ),
    (
        "the same with four processes on PostgreSQL",
        "tests/faults/test_sigkill.py::test_postgresql_with_four_processes_survives_being_killed",
        {"SIGKILL_ROUNDS": "1000"},
    ),
    (
        "a town of 200, four months, thrice: nobody texted at night, after STOP, twice, or for what is off",
        "tests/store/whole_town/test_a_whole_town.py",
        {"WHOLE_TOWN": "200,14,121", "WHOLE_TOWN_SEEDS": "1,2,3"},
    ),
)


def main() -> int:
    """Run each promise and print whether it held. Exit code 0 when all did."""
    broken = 0
    print("| promise | held | seconds |\n|---|---|---|")
    for words, test, settings in PROMISES:
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", test],
            env={**os.environ, **settings},
            check=False,
            stdout=subprocess.DEVNULL,
        )
        broken += done.returncode != 0
        held = "yes" if done.returncode == 0 else "NO"
        print(f"| {words} | {held} | {time.monotonic() - began:.0f} |", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
