"""A CSV file as the same values a YAML file gives.

Its name says what is in it: ``champions.csv``, ``groups-2026.csv``.
"""

from __future__ import annotations

import csv
import io
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel

from wellbeing_bot.service.importing.documents import GroupIn, PracticeIn, ServiceIn, VenueIn
from wellbeing_bot.service.importing.friendly import did_you_mean
from wellbeing_bot.service.importing.loaded import Loaded, Path
from wellbeing_bot.service.importing.people_documents import ChampionIn, PersonIn
from wellbeing_bot.service.importing.problems import ImportErrors, ImportProblem

_SECTIONS: dict[str, tuple[str, type[BaseModel]]] = {
    "champions": ("people", PersonIn),
    "groups": ("groups", GroupIn),
    "people": ("people", PersonIn),
    "practices": ("practices", PracticeIn),
    "services": ("services", ServiceIn),
    "venues": ("venues", VenueIn),
}
_NOT_IN_A_CELL = {"addresses", "champion"}
_SPREADSHEET = "Write a header row with these names"


def columns(kind: str) -> tuple[str, ...]:
    """The columns a CSV file of a kind (``champions``) may have, in the order of the documentation."""
    _, model = _SECTIONS[kind]
    names = [name for name in model.model_fields if name not in _NOT_IN_A_CELL]
    if kind == "champions":
        names += list(ChampionIn.model_fields)
    return tuple(names)


def read_csv(file: str, text: str) -> Loaded:
    """The values of a CSV file. Empty cells count as not written; several values go into a cell with ``;``.

    Raises:
        ImportErrors: its name or a column is not known, a row has cells too many.
    """
    kind = next((kind for kind in _SECTIONS if PurePath(file).stem.lower().startswith(kind)), None)
    if kind is None:
        known = ", ".join(f"{kind}.csv" for kind in _SECTIONS)
        raise ImportErrors(
            [ImportProblem(file, 1, "", "its name does not say what is in it", f"Name it one of: {known}")]
        )
    return _Table(file, kind).read(text)


class _Table:
    def __init__(self, file: str, kind: str) -> None:
        self.file = file
        self.kind = kind
        self.section = _SECTIONS[kind][0]
        self.known = columns(kind)
        self.lines: dict[Path, int] = {(): 1}
        self.problems: list[ImportProblem] = []

    def read(self, text: str) -> Loaded:
        first = text.lstrip("\n\r").split("\n", 1)[0]
        separator = max(",;\t", key=first.count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        header: list[str] | None = None
        rows: list[dict[str, Any]] = []
        try:
            begins = 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    if header is None:
                        header = self._header(cells, begins)
                    else:
                        rows.append(self._row(header, cells, begins, len(rows)))
                begins = reader.line_num + 1
        except csv.Error:
            self._wrong(begins, "a quotation mark is opened and not closed", 'Close it, or write "" for one')
        if self.problems:
            raise ImportErrors(self.problems)
        return Loaded(self.file, {self.section: rows}, self.lines)

    def _header(self, cells: list[str], line: int) -> list[str]:
        names = ["_".join(cell.strip().lower().split()) for cell in cells]
        for number, name in enumerate(names):
            if name in names[:number] and name:
                self._wrong(line, f"there are two columns {name}", "Keep one of the two")
            elif name and name not in self.known:
                self._wrong(
                    line, f"there is no column {name!r} in {self.kind}", did_you_mean(name, self.known)
                )
        if not set(names) & set(self.known):
            self._wrong(line, "this is not a header row", f"{_SPREADSHEET}: {', '.join(self.known)}")
        return names

    def _row(self, header: list[str], cells: list[str], line: int, number: int) -> dict[str, Any]:
        self.lines[(self.section, number)] = line
        if any(cell.strip() for cell in cells[len(header) :]):
            self._wrong(
                line,
                "this row has more cells than the header",
                'Put quotes round a text with a comma: "a, b"',
            )
        row: dict[str, Any] = {"champion": {}} if self.kind == "champions" else {}
        for name, cell in zip(header, cells, strict=False):
            value = cell.strip()
            if not value:
                continue
            if self.kind == "champions" and name in ChampionIn.model_fields:
                row["champion"][name] = value
            else:
                row[name] = value
        return row

    def _wrong(self, line: int, wrong: str, write: str) -> None:
        self.problems.append(ImportProblem(self.file, line, "", wrong, write))
