"""A small world for these tests: two conversations, the actions and rules they name, and one fixed now."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from wellbeing_bot.channels import gsm7
from wellbeing_bot.conversation import ActionSpec, Fact, Problem, Rule, Scripts, load
from wellbeing_bot.conversation.checks import check

HERE = Path(__file__).parent
CONVERSATIONS = HERE.parents[2] / "conversations"
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)

ACTIONS: Mapping[str, ActionSpec] = {
    "record_agreement": ActionSpec(
        "record_agreement",
        "Keeps that the person agreed to be texted.",
        {"wording": "text", "given": "yes_no"},
        {"done": {}, "too_young": {}},
    ),
    "look_for_groups": ActionSpec(
        "look_for_groups", "Finds groups.", {"heard": "text"}, {"found": {"offered": "choices"}, "none": {}}
    ),
    "book": ActionSpec(
        "book", "Books places.", {"group": "text", "party": "number", "day": "date"}, {"done": {}}
    ),
}

RULES: Mapping[str, Rule] = {
    "was_heard": Rule(
        "was_heard",
        "Whether the first text named something.",
        takes=("heard",),
        gives=("yes", "no"),
        function=lambda facts: "yes" if facts["heard"] else "no",
        proves={"yes": ("heard",)},
    )
}

OFFERED: list[Fact] = [
    {"value": "g1", "label": "Harbour Walk, Thursday", "also": ["walk"]},
    {"value": "g2", "label": "Art Club, Friday"},
    {"value": "more", "label": "More"},
]


def folder_of(target: Path, *sources: Path) -> Path:
    """A folder of conversations with the engine's own words in it."""
    target.mkdir(exist_ok=True)
    for source in (CONVERSATIONS / "engine.yaml", *sources):
        shutil.copy(source, target / source.name)
    return target


def load_folder(folder: Path) -> Scripts:
    """What a folder holds, with the actions and rules of this world."""
    return load(folder, ACTIONS, RULES)


def problems_in(scripts: Scripts) -> list[Problem]:
    """What check says, with the real measure of SMS parts."""
    return check(scripts, parts=lambda text: gsm7.parts(text).parts, forces_ucs2=gsm7.forces_ucs2)
