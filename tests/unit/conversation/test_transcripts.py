"""Every golden transcript, found by its file name, with the state written and read back between turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.conversation.chat import play
from tests.unit.conversation.world import HERE
from wellbeing_bot.conversation import Scripts

TRANSCRIPTS = sorted((HERE / "transcripts").glob("*.yaml"))


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
def test_the_engine_does_what_the_transcript_says(scripts: Scripts, file: Path) -> None:
    for turn in play(scripts, file):
        assert turn.did == turn.written, turn.where
        assert turn.knew == turn.to_know, turn.where
