"""What is wrong with an author's file: file, line, what is wrong and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Code = Literal[
    "bad_answer",
    "bad_bands",
    "bad_better",
    "bad_follows",
    "bad_name",
    "bad_placeholder",
    "bad_scale",
    "bad_span",
    "bad_start",
    "bad_table",
    "bad_time",
    "bad_version",
    "bad_watch",
    "bad_zone",
    "missing",
    "never_add",
    "no_statement",
    "not_a_list",
    "not_a_mapping",
    "not_a_number",
    "not_text",
    "not_yaml",
    "not_yes_no",
    "too_long",
    "twice",
    "unknown_instrument",
    "unknown_item",
    "unknown_key",
    "wrong_instrument",
    "wrong_number",
]
"""Every author error. Each has an example and its cure in docs/questionnaires.md."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in one place, and what to write instead."""

    file: str
    line: int  # from 1
    code: Code
    wrong: str
    write: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.wrong} Write {self.write} [{self.code}]"


class FileErrors(ValueError):
    """An instrument or plan file cannot be used. ``problems`` holds all of them, in order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
