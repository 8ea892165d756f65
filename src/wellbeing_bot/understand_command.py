"""``wellbeing-bot understand FILE``: reads lines whose meaning is known and says how well they were read.

Each line is written out with what it ``got``; the scores go to standard error. Nothing is stored or sent.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from time import thread_time
from typing import Any

from wellbeing_bot.understanding.answers import prepare
from wellbeing_bot.understanding.evaluate import Scored, score_answers, score_crisis, score_first
from wellbeing_bot.understanding.phrases import compile_all
from wellbeing_bot.understanding.samples import LOCAL, Row, Shape, left_out, read_row, shape_of
from wellbeing_bot.understanding.score_table import answer_table, crisis_table, first_table
from wellbeing_bot.understanding.understand import understand


class SampleError(ValueError):
    """A line of the file cannot be read. The message names file and line and says what is wrong."""


def load(file: Path) -> list[Row]:
    """The lines of a file, checked.

    Raises:
        SampleError: a line is not JSON or has none of the three shapes.
    """
    rows: list[Row] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            shape_of(row)
        except ValueError as error:
            raise SampleError(f"{file}:{number}: {error}") from error
        rows.append(row)
    return rows


def read_all(rows: Iterable[Row], now: datetime) -> tuple[list[Scored], list[float]]:
    """Every line with what it got, and how long each took, in milliseconds.

    A line that asks what the product never asks gets nothing; ``tables`` leaves it out.
    """
    prepare()  # or the first lines are charged with reading the vocabulary
    understand("hello, can I join the walk on Thursday?", (), now=now)
    compile_all()
    scored: list[Scored] = []
    took: list[float] = []
    for row in rows:
        if left_out(row):
            scored.append((row, None))
            continue
        begun = thread_time()
        got = read_row(row, now)
        took.append((thread_time() - begun) * 1000)
        scored.append((row, got))
    return scored, took


def _one_of_each(rows: Iterable[Row]) -> list[Row]:
    """A line of each shape and kind of question."""
    first: dict[tuple[Shape, str], Row] = {}
    for row in rows:
        shape = shape_of(row)
        first.setdefault((shape, row["question"]["kind"] if shape is Shape.ANSWER else ""), row)
    return list(first.values())


def tables(scored: Sequence[Scored]) -> str:
    """The tables of every shape that is there."""
    counted = [line for line in scored if not left_out(line[0])]
    by_shape = {shape: [line for line in counted if shape_of(line[0]) is shape] for shape in Shape}
    shown = []
    if lines := by_shape[Shape.FIRST]:
        shown.append(first_table(score_first(lines)))
    if lines := by_shape[Shape.ANSWER]:
        shown.append(answer_table(score_answers(lines)))
    if lines := by_shape[Shape.CRISIS]:
        shown.append(crisis_table(score_crisis(lines)))
    return "\n\n".join(shown)


def _timing(took: Sequence[float]) -> str:
    ordered = sorted(took)
    if not ordered:
        return "no lines"
    median, late = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"{len(ordered)} texts; a text takes {median:.3f} ms (median), {late:.3f} ms (99th percentile)"


def _as_json(scored: Iterable[Scored]) -> str:
    return "".join(json.dumps({**row, "got": got}, ensure_ascii=False) + "\n" for row, got in scored)


def run(file: Path, out: Path | None = None) -> int:
    """Reads ``file``, writes its lines with ``got`` to ``out`` or standard output, scores to standard error.

    Returns the exit code: 0, or 2 when the file cannot be read.
    """
    try:
        rows = load(file)
    except (OSError, SampleError) as error:
        print(error, file=sys.stderr)
        return 2
    now = datetime.now(LOCAL)
    read_all(_one_of_each(rows), now)  # what is read once is read before anything is timed
    scored, took = read_all(rows, now)
    if out is None:
        sys.stdout.write(_as_json(scored))
    else:
        out.write_text(_as_json(scored), encoding="utf-8")
    sys.stderr.write(f"{tables(scored)}\n\n{_timing(took)}\n")
    return 0


def main(arguments: Sequence[str]) -> int:
    """``python -m wellbeing_bot.understand_command FILE [--out FILE]``."""
    import argparse

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path)
    given: Any = parser.parse_args(arguments)
    return run(given.file, given.out)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
