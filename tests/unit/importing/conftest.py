"""Reading a file that stands in a test."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from wellbeing_bot.service.importing import ImportErrors, Source
from wellbeing_bot.service.importing.parsed import read

Problems = Callable[..., list[str]]


@pytest.fixture
def problems() -> Problems:
    """Every error of the files given as name=text, as a terminal shows them; none when they are right."""

    def find(**files: str) -> list[str]:
        sources = [
            Source(name.replace("_", "."), dedent(text).lstrip("\n").encode()) for name, text in files.items()
        ]
        try:
            read(sources)
        except ImportErrors as errors:
            return [str(problem) for problem in errors.problems]
        return []

    return find
