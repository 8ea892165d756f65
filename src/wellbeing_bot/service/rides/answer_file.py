"""A provider's answer as a file: the list back with pick-up times or refusals filled in. Pure.

Nothing of a file with an error in it is taken, so that a corrected one can simply be sent again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time

NEEDED = ("ride", "pick_up_from", "pick_up_until", "refused")

_TIME = re.compile(r"^(\d{1,2})(?:[.:h ](\d{2}))?(?::00)? ?(am|pm)?$")
_NO = frozenset({"", "no", "n", "false", "0"})


@dataclass(frozen=True)
class Asked:
    """A ride that waits for an answer. Times are local, HH:MM."""

    ride: int
    there: bool
    starts: str


@dataclass(frozen=True)
class Answer:
    """What a line says: a window, or why not."""

    ride: int
    window_from: str = ""
    window_until: str = ""
    refused: str = ""


@dataclass(frozen=True)
class LineError:
    """What is wrong in one line of the file, and what to write."""

    line: int
    wrong: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.wrong}"


class AnswerFileError(Exception):
    """The file cannot be taken. ``errors`` holds everything that is wrong, line by line."""

    def __init__(self, errors: list[LineError]) -> None:
        super().__init__("; ".join(map(str, errors)))
        self.errors = errors


def read_answers(text: str, asked: Mapping[int, Asked]) -> list[Answer]:
    """The answers in a file. A line with nothing filled in has no answer yet and is left out.

    Args:
        text: CSV with a header; other columns than the needed ones may be there and are ignored.
        asked: the rides of this list, by number.

    Raises:
        AnswerFileError: something is wrong; nothing of the file is to be taken.
    """
    rows = list(_rows(text))
    answers: list[Answer] = []
    errors: list[LineError] = []
    seen: dict[int, int] = {}
    for number, row in rows:
        try:
            answer = _answer(row, asked)
        except ValueError as error:
            errors.append(LineError(number, str(error)))
            continue
        if answer is None:
            continue
        if answer.ride in seen:
            errors.append(LineError(number, f"ride {answer.ride} is on line {seen[answer.ride]} already"))
        seen.setdefault(answer.ride, number)
        answers.append(answer)
    if errors:
        raise AnswerFileError(errors)
    return answers


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with its number in the file, its cells by column."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        header = [cell.strip().lower().replace(" ", "_") for cell in next(reader, [])]
        missing = [column for column in NEEDED if column not in header]
        if missing:
            wrong = f"there is no column {', '.join(missing)}; keep the first line of the list as it was sent"
            raise AnswerFileError([LineError(1, wrong)])
        for cells in reader:
            row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            if any(row.values()):
                yield reader.line_num, {name: row.get(name, "") for name in NEEDED}
    except csv.Error:
        wrong = "a quotation mark is not closed; save the file as CSV again"
        raise AnswerFileError([LineError(reader.line_num, wrong)]) from None


def _answer(row: Mapping[str, str], asked: Mapping[int, Asked]) -> Answer | None:
    written = row["ride"].lstrip("'#")
    ride = asked.get(int(written)) if written.isascii() and written.isdigit() else None
    if ride is None:
        raise ValueError("there is no such ride on this list; copy its number from the list")
    refused = row["refused"].lstrip("'")
    start, until = (_time(row, column) for column in ("pick_up_from", "pick_up_until"))
    if refused.lower() not in _NO:
        if start or until:
            raise ValueError("it is refused and has a time as well; leave one of them empty")
        return Answer(ride.ride, refused=refused)
    if not start and not until:
        return None
    if not start:
        raise ValueError("pick_up_from is empty; write from when, for example 11:15")
    if until and until < start:
        raise ValueError(f"the pick-up ends at {until}, before it begins at {start}")
    if ride.there and (until or start) >= ride.starts:
        raise ValueError(f"the pick-up at {until or start} is too late: it starts at {ride.starts}")
    return Answer(ride.ride, start, until or start)


def _time(row: Mapping[str, str], column: str) -> str:
    try:
        return read_time(row[column])
    except ValueError as error:
        raise ValueError(f"{column} {error}") from None


def read_time(written: str) -> str:
    """A time of day in the ways people write it, as HH:MM; empty for nothing.

    >>> read_time("11.15"), read_time("1pm"), read_time("9:05 AM")
    ('11:15', '13:00', '09:05')

    Raises:
        ValueError: not a time; the message says what to write and does not repeat the cell.
    """
    plain = written.strip().lower().lstrip("'")
    if not plain:
        return ""
    found = _TIME.match(plain)
    hour = int(found[1]) if found else 99
    if found and found[3] and hour <= 12:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    minute = int(found[2] or 0) if found else 99
    if hour > 23 or minute > 59:
        raise ValueError("is not a time; write for example 11:15")
    return time(hour, minute).isoformat("minutes")
