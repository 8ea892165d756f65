"""``make bench``: everything in one run, kept as RESULTS.md; ``python -m benchmarks inbound``: one part."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

from benchmarks import backlog, costs, desk, inbound, planning, postgres, reading
from benchmarks.report import Row, table, write

PARTS: dict[str, Callable[[], list[Row]]] = {
    "inbound": inbound.measure,
    "postgres": postgres.measure,
    "planning": planning.measure,
    "backlog": backlog.measure,
    "desk": desk.measure,
    "costs": costs.measure,
    "reading": reading.measure,
}


def main(chosen: Sequence[str]) -> None:
    """Measure and print; the whole of it is also kept."""
    unknown = set(chosen) - PARTS.keys()
    if unknown:
        raise SystemExit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    rows: list[Row] = []
    for name in chosen or PARTS:
        began = time.perf_counter()
        rows += PARTS[name]()
        print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)
    if not chosen:
        write(rows)
    print(table(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
