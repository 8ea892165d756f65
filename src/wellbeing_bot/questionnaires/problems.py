"""What is wrong with an author's file: file, line, what is wrong and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one place. Every ``code`` is explained, with its cure, in docs/questionnaires.md."""

    file: str
    line: int  # from 1
    code: str
    wrong: str
    write: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.wrong} Write {self.write} [{self.code}]"


class FileErrors(ValueError):
    """An instrument or plan file cannot be used. ``problems`` holds all of them, in order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
