"""YAML as plain values with line numbers.

Every scalar stays as it was written, so that 10:30, 07700900123, yes and no are not turned into numbers and
truth values behind the author's back; the models decide what a value is. A name with nothing after it counts
as not written; null or ~ empties what is on record.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml.events import AliasEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from wellbeing_bot.service.importing.loaded import Loaded, Path
from wellbeing_bot.service.importing.problems import ImportErrors, ImportProblem

_NULL = {"~", "null"}
_SHAPE = "Write sections such as groups: and people:, as in docs/import.md"


class _NoAliases(yaml.BaseLoader):
    """A reader without anchors: one line could otherwise stand for a million."""

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        if self.check_event(AliasEvent):
            event = self.get_event()  # type: ignore[no-untyped-call]  # the stubs leave it out
            raise yaml.composer.ComposerError(None, None, "a *reference is not read here", event.start_mark)
        return super().compose_node(parent, index)


def read_yaml(file: str, text: str) -> Loaded:
    """The values of a YAML document.

    Raises:
        ImportErrors: not YAML, not a mapping, a key written twice.
    """
    try:
        node = yaml.compose(text, Loader=_NoAliases)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        wrong = f"this is not YAML: {error.problem}"
        raise ImportErrors(
            [ImportProblem(file, line, "", wrong, 'Indent with spaces and put quotes round a text with ": "')]
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise ImportErrors(
            [ImportProblem(file, 1, "", "this cannot be read as YAML", "Save it as plain UTF-8 text")]
        ) from None
    if not isinstance(node, MappingNode):
        raise ImportErrors([ImportProblem(file, 1, "", "this is no document of sections", _SHAPE)])
    reading = _Reading(file)
    data = reading.mapping(node, ())
    if reading.problems:
        raise ImportErrors(reading.problems)
    return Loaded(file, data, reading.lines)


class _Reading:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {(): 1}
        self.problems: list[ImportProblem] = []

    def mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        seen: set[str] = set()
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                wrong, write = "a name is wanted before the colon", "Write name: value"
                self.problems.append(ImportProblem(self.file, line, "", wrong, write))
                continue
            key = str(key_node.value)
            if key in seen:
                wrong = f"{key} is written twice"
                self.problems.append(ImportProblem(self.file, line, "", wrong, "Keep one of the two"))
            seen.add(key)
            self.lines[(*path, key)] = line
            if not _blank(value_node):
                found[key] = self.value(value_node, (*path, key))
        return found

    def value(self, node: Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(part, (*path, number)) for number, part in enumerate(node.value)]
        return None if _is_plain(node) and node.value in _NULL else node.value


def _blank(node: Node) -> bool:
    return _is_plain(node) and node.value == ""


def _is_plain(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style is None
