"""Understanding: milliseconds a text, on one core."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.report import Row, milliseconds
from wellbeing_bot.understanding.answers import prepare
from wellbeing_bot.understanding.phrases import compile_all
from wellbeing_bot.understanding.understand import understand

SETS = Path(__file__).parents[1] / "tests" / "understanding" / "build"


def measure() -> list[Row]:
    """The rows of this part."""
    texts = [
        str(json.loads(line)["text"])
        for name in ("first_messages", "crisis")
        for line in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    now = datetime(2026, 11, 24, 10, tzinfo=UTC)
    prepare()
    understand("warm up, please", (), now=now)
    compile_all()
    taken = []
    for text in texts:
        began = time.perf_counter()
        understand(text, (), now=now)
        taken.append(time.perf_counter() - began)
    return [
        Row(
            f"understanding a first text ({len(texts)} texts)",
            f"median {milliseconds(taken):.2f} ms, p99 {milliseconds(taken, 0.99):.2f} ms",
        )
    ]
