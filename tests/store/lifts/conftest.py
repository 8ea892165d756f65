"""One service with a council, two drivers and three people who come to the lunch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.story import Story
from tests.story_lifts import ACTS


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """Monday morning, before the council's cut-off for Wednesday's lunch."""
    story = Story(tmp_path)
    for act in ("known Jean Tom Mary", "council Kath"):
        verb, *args = act.split()
        ACTS[verb](story, *args)
    yield story
    story.close()
