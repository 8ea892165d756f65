"""Scripts as somebody may have changed them over lunch, while people were in the middle of them."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Any

import yaml

from tests.unit.conversation.world import HERE, folder_of, load_folder
from wellbeing_bot.conversation import Scripts
from wellbeing_bot.conversation.facts import SAVED_AS
from wellbeing_bot.conversation.reading import OFFERED
from wellbeing_bot.understanding.meaning import AnswerKind


class Edit(enum.StrEnum):
    """What can be done to a step."""

    REWORDED = "reworded"  # it asks something else in the same way
    OTHER_KIND = "asks for another kind of answer"
    SAYS_ONLY = "asks nothing any more"
    GONE = "is gone"


def edited(folder: Path, conversation: str, step: str, edit: Edit) -> Scripts:
    """The small world with one step changed."""
    sources = sorted((HERE / "scripts").glob("*.yaml"))
    file = folder_of(folder, *sources) / f"{conversation}.yaml"
    script = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    _EDITS[edit](script, step)
    file.write_text(yaml.safe_dump(script, sort_keys=False), encoding="utf-8")
    return load_folder(folder)


def without_conversation(folder: Path, conversation: str) -> Scripts:
    """The small world without one of its conversations; steps that led there end instead."""
    sources = [file for file in (HERE / "scripts").glob("*.yaml") if file.stem != conversation]
    folder_of(folder, *sources)
    for file in folder.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"continue_with: {conversation}", "ends: elsewhere"), encoding="utf-8")
    return load_folder(folder)


def _reword(script: dict[str, Any], step: str) -> None:
    script["steps"][step]["say"] = "Would you rather not?"


def _other_kind(script: dict[str, Any], step: str) -> None:
    old = script["steps"][step]
    _may_know(script, old)
    kind = "free_text" if old["expects"] != "free_text" else "scale_0_10"
    new = {"say": old["say"], "expects": kind, "saves": f"{old['saves']}_now", "then": _first_road(old)}
    script["steps"][step] = new


def _say_only(script: dict[str, Any], step: str) -> None:
    old = script["steps"][step]
    _may_know(script, old)
    script["steps"][step] = {"say": "No need to ask.", "then": _first_road(old)}


def _take_out(script: dict[str, Any], step: str) -> None:
    """Whatever led to the step leads to where its first answer led."""
    old = script["steps"].pop(step)
    _may_know(script, old)
    kept = {"conversation": script["conversation"], "knows": script["knows"]}
    script.update({**_redirected(script, step, _first_road(old)), **kept})


def _may_know(script: dict[str, Any], old: dict[str, Any]) -> None:
    """Other steps still speak of what this one asked for."""
    kind = AnswerKind(old["expects"])
    script["knows"][old["saves"]] = f"maybe {SAVED_AS[kind]}"
    if kind in OFFERED:
        script["knows"][f"{old['saves']}_words"] = "maybe text"


def _first_road(step: dict[str, Any]) -> str:
    then = step["then"]
    roads = then if isinstance(then, dict) else {"any": then}
    return next(str(road) for answer, road in roads.items() if answer != "cancel")


def _redirected(part: Any, step: str, onward: str) -> Any:
    if not isinstance(part, dict):
        return onward if part == step else part
    kept = {"saves", "say", "names", "with"}
    return {key: value if key in kept else _redirected(value, step, onward) for key, value in part.items()}


_EDITS = {
    Edit.REWORDED: _reword,
    Edit.OTHER_KIND: _other_kind,
    Edit.SAYS_ONLY: _say_only,
    Edit.GONE: _take_out,
}
