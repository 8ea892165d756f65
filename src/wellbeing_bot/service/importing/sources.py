"""The bytes of a file as text, whatever a spreadsheet program made of them."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wellbeing_bot.service.importing.problems import ImportErrors, ImportProblem

MOST_BYTES = 20_000_000
"""A network of 170,000 people is about a tenth of this; anything larger is some other file."""

SUFFIXES = (".yaml", ".yml", ".csv")

_WIDE = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import: its name, for messages and for what kind of file it is, and what is in it."""

    name: str
    data: bytes


def read_sources(paths: Iterable[Path]) -> list[Source]:
    """The files named, and those of every folder named.

    Raises:
        ImportErrors: one is missing, cannot be read, or is of another kind.
    """
    found: list[Source] = []
    problems: list[ImportProblem] = []
    for path in paths:
        files = sorted(p for p in path.iterdir() if p.suffix in SUFFIXES) if path.is_dir() else [path]
        if not files:
            problems.append(_problem(str(path), "there is nothing to import in this folder", _KINDS))
        for file in files:
            try:
                found.append(Source(str(file), file.read_bytes()))
            except FileNotFoundError:
                problems.append(_problem(str(file), "there is no such file", "Check its name"))
            except OSError as error:
                problems.append(
                    _problem(str(file), f"it cannot be read ({error.strerror})", "Check its permissions")
                )
    if problems:
        raise ImportErrors(problems)
    return found


_KINDS = "Put YAML (.yaml) or CSV (.csv) files there"


def decode(source: Source) -> str:
    """The text of a file.

    A byte order mark says what the encoding is and is obeyed. Without one it must be UTF-8: a guess would
    put wrong letters into people's names.

    Raises:
        ImportErrors: not text, empty, too large, or in another encoding.
    """
    data = source.data
    if len(data) > MOST_BYTES:
        raise _error(source, "this file is larger than 20 MB", "Split it up")
    if data.startswith(b"PK"):
        raise _error(source, "this is a workbook, not a text file", "Save each sheet as CSV UTF-8")
    encoding = next((name for mark, name in _WIDE if data.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in data:
        raise _error(source, "this is not plain text", "Save the file as CSV UTF-8 or as UTF-8 text")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _error(
            source,
            f"this line is not UTF-8; a spreadsheet's plain CSV is often Windows-1252{_shown(data, error)}",
            "Save the file as CSV UTF-8 or as UTF-8 text",
            line,
        ) from None
    if not text.strip():
        raise _error(source, "the file is empty", "See docs/import.md for what to put into it")
    return text


def _shown(data: bytes, error: UnicodeDecodeError) -> str:
    around = data[max(0, error.start - 8) : error.start + 4].decode("cp1252", "replace").split("\n")[-1]
    return f" (near {around.strip()!r})"


def _error(source: Source, wrong: str, write: str, line: int = 1) -> ImportErrors:
    return ImportErrors([_problem(source.name, wrong, write, line)])


def _problem(file: str, wrong: str, write: str, line: int = 1) -> ImportProblem:
    return ImportProblem(file, line, "", wrong, write)
