"""What is wrong with a file that is to be imported: where, what, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class ImportProblem:
    """One thing to put right. ``path`` names the value inside the document: ``people[2].places[0].state``."""

    file: str  # empty for a document that came as values, not as text
    line: int  # from 1; 0 when there are no lines
    path: str
    wrong: str
    write: str

    @property
    def where(self) -> str:
        """``people.csv:3``, or the path in a document without lines."""
        if self.file and self.line:
            return f"{self.file}:{self.line}"
        return self.file or self.path or "the document"

    def __str__(self) -> str:
        return f"{self.where}: {self.wrong}. {self.write}."


class ImportErrors(ValueError):
    """The files cannot be imported, and nothing of them was. ``problems`` holds all of it, in order."""

    def __init__(self, problems: Iterable[ImportProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
