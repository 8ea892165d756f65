"""Every transcript in this folder, found by its file name, run against the whole service."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.story_runner import run_transcript

TRANSCRIPTS = sorted(Path(__file__).parent.glob("**/*.chat"))

ON_BOTH = [path for path in TRANSCRIPTS if path.parent.name == "transcripts"]
"""The handover's own transcripts run on PostgreSQL as well."""


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path: Path, tmp_path: Path) -> None:
    run_transcript(path, tmp_path)


@pytest.mark.postgres
@pytest.mark.parametrize("path", ON_BOTH, ids=lambda path: path.stem)
def test_transcript_on_postgresql(path: Path, tmp_path: Path, postgres_url: str) -> None:
    run_transcript(path, tmp_path, url=postgres_url)


def test_there_are_transcripts() -> None:
    assert TRANSCRIPTS
