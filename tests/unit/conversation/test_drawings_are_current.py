"""The pages in docs/conversations are what ``wellbeing-bot draw`` would write today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.conversation.world import CONVERSATIONS
from wellbeing_bot.conversation import Scripts, load
from wellbeing_bot.conversation.draw import page
from wellbeing_bot.service.actions import SPECS
from wellbeing_bot.service.rules import RULES

DRAWN = CONVERSATIONS.parent / "docs" / "conversations"


@pytest.fixture(scope="module")
def real() -> Scripts:
    return load(CONVERSATIONS, SPECS, RULES)


def test_every_page_is_current(real: Scripts) -> None:
    stale = [name for name, script in real.scripts.items() if _drawn(DRAWN / f"{name}.md") != page(script)]
    assert stale == [], "run: wellbeing-bot draw"


def test_no_page_is_left_of_a_conversation_that_is_gone(real: Scripts) -> None:
    assert {file.stem for file in DRAWN.glob("*.md")} - {"README"} <= set(real.scripts)


def _drawn(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""
