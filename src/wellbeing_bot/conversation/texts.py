"""Every text of every conversation and notice, one by one, with its key and where it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wellbeing_bot.conversation.facts import FactType
from wellbeing_bot.conversation.script import Scripts
from wellbeing_bot.conversation.words import PLACEHOLDER

NAMED_LENGTHS: Mapping[str, int] = {
    "first_name": 12,
    "champion_name": 12,
    "link_worker": 12,
    "from_whom": 18,
    "name": 16,
    "group": 24,
    "when": 34,  # "Wednesday 30 September at 10.30am"
    "options": 60,
    "postcode": 8,
    "phone": 13,
    "town": 14,
}
"""How long a fact of this name is taken to be, in characters, when a text is measured."""

TYPED_LENGTHS: Mapping[FactType, int] = {
    "text": 24,
    "number": 2,
    "yes_no": 3,
    "date": 22,  # "Wednesday 30 September"
    "time": 7,
    "list": 40,
    "choices": 110,  # three groups with their day and place
}
"""The same by type, for every other fact."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One English text. ``stem`` is the file without its ending, which names the PO files too."""

    stem: str
    key: str
    text: str
    line: int
    audience: str
    types: Mapping[str, FactType]

    @property
    def file(self) -> str:
        """The YAML file it is written in."""
        return f"{self.stem}.yaml"


def entries(scripts: Scripts) -> Iterator[Entry]:
    """All texts, conversation by conversation, then all notices."""
    for script in scripts.scripts.values():
        for step in script.steps.values():
            for part, text in step.texts():
                line = step.lines.get(part.split(".")[0], step.line)
                key = script.key(step, part)
                yield Entry(script.name, key, text, line, script.audience, script.types)
    for notice in scripts.notices.values():
        stem = notice.file.removesuffix(".yaml")
        for part, text in notice.texts():
            yield Entry(stem, notice.key(part), text, notice.line, notice.audience, notice.knows)


def sample(text: str, types: Mapping[str, FactType]) -> str:
    """The text with every placeholder as long as its fact usually is at its longest."""

    def filled(name: str) -> str:
        return "x" * NAMED_LENGTHS.get(name, TYPED_LENGTHS[types.get(name, "text")])

    return PLACEHOLDER.sub(lambda found: filled(found[1]), text)
