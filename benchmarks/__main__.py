"""``make bench`` measures everything and writes RESULTS.md; ``python -m benchmarks desk`` one part."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence

from benchmarks import backlog, desk, inbound, reading
from benchmarks.report import Row, write

PARTS: Mapping[str, Callable[[], list[Row]]] = {
    "reading": reading.measure,
    "inbound": inbound.measure,
    "backlog": backlog.measure,
    "desk": desk.measure,
}


def main(names: Sequence[str]) -> None:
    """Measure and print. Parts that are named are printed alone, and not kept."""
    if unknown := [name for name in names if name not in PARTS]:
        sys.exit(f"there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    rows = [row for name in names or PARTS for row in PARTS[name]()]
    if not names:
        print(write(rows))
        return
    for row in rows:
        print(f"{row.work}: {row.figure}{f' ({row.peer})' if row.peer else ''}")


if __name__ == "__main__":
    main(sys.argv[1:])
