"""The small world, loaded once."""

from __future__ import annotations

import pytest

from tests.unit.conversation.world import HERE, folder_of, load_folder
from wellbeing_bot.conversation import Scripts


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Scripts:
    folder = folder_of(tmp_path_factory.mktemp("small_world"), *(HERE / "scripts").glob("*.yaml"))
    return load_folder(folder)
