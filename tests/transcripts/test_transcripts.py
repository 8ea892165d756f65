"""Every transcript in this folder, found by its file name, run against the whole service."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story import run_transcript

TRANSCRIPTS = sorted(Path(__file__).parent.glob("**/*.chat"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path: Path, tmp_path: Path) -> None:
    run_transcript(path, tmp_path)


def test_there_are_transcripts() -> None:
    assert TRANSCRIPTS
