"""``make bench``: measure everything in one run and write RESULTS.md."""

from __future__ import annotations

from benchmarks import backlog, inbound, reading
from benchmarks.report import write


def main() -> None:
    """Measure and print."""
    rows = [*reading.measure(), *inbound.measure(), *backlog.measure()]
    print(write(rows))


if __name__ == "__main__":
    main()
