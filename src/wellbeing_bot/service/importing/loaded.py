"""A file as plain values with the line of each, the same whether it was YAML, CSV or came as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wellbeing_bot.service.importing.problems import ImportProblem

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The values of one file, or the part of it under ``inside``.

    ``lines`` may leave out what stands on the line of its parent.
    """

    file: str
    data: Mapping[str, Any]
    lines: Mapping[Path, int] = field(default_factory=dict)
    inside: Path = ()

    def line(self, path: Path) -> int:
        """The line of a value, or of the nearest thing around it; 0 when there are no lines."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 0

    def problem(self, path: Path, wrong: str, write: str) -> ImportProblem:
        """Something wrong with the value at a path."""
        return ImportProblem(self.file, self.line(path), written((*self.inside, *path)), wrong, write)


def written(path: Path) -> str:
    """``people[2].places[0].state``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
