"""Reads a YAML file key by key and remembers the line of every word, so that an error can name it.

Values are read from their written form, so ``yes``, ``1.0`` and ``09:00`` mean what the author wrote and
not what YAML makes of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn, TypeVar

import yaml

from wellbeing_bot.questionnaires.problems import Code, FileErrors, Problem

T = TypeVar("T")


class Notes:
    """The problems found in one file so far."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def add(self, node: yaml.Node, code: Code, wrong: str, write: str) -> None:
        """Note a problem at the line of this node."""
        self.problems.append(Problem(self.file, node.start_mark.line + 1, code, wrong, write))

    def finish(self, result: T) -> T:
        """The result, when nothing was wrong. Raises FileErrors otherwise."""
        if self.problems:
            raise FileErrors(self.problems)
        return result


class Section:
    """One mapping of the file. Keys are asked for one by one; ``done`` finds those nobody asked for."""

    def __init__(self, node: yaml.MappingNode, notes: Notes, name: str, place: yaml.Node) -> None:
        self.notes, self.name, self.place = notes, name, place
        self._keys: dict[str, yaml.Node] = {}
        self._values: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            if key.value in self._values:
                notes.add(key, "twice", f"{key.value!r} stands twice in {name}.", "it once.")
            self._keys[str(key.value)], self._values[str(key.value)] = key, value

    def has(self, key: str) -> bool:
        """Whether the author wrote this key."""
        self._asked.add(key)
        return key in self._values

    def scalar(self, key: str) -> str:
        """What is written under a key that is there, as it stands; empty for anything but a single value."""
        node = self._values[key]
        return str(node.value) if isinstance(node, yaml.ScalarNode) else ""

    def text(self, key: str, example: str = "", *, required: bool = True) -> str:
        """A line of words; empty when absent or wrong (and then noted)."""
        if not self.has(key):
            if required:
                self.missing(key, example)
            return ""
        node = self._values[key]
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self.wrong(
                key, "not_text", f"{key!r} in {self.name} is not words.", f"{key}: {example or 'words'}"
            )
            return ""
        return " ".join(node.value.split())

    def flag(self, key: str) -> bool:
        """``yes`` or ``no``; no when absent."""
        if not self.has(key):
            return False
        node = self._values[key]
        if not isinstance(node, yaml.ScalarNode) or node.value.lower() not in {"yes", "no", "true", "false"}:
            self.wrong(key, "not_yes_no", f"{key!r} in {self.name} is not yes or no.", f"{key}: yes")
            return False
        return node.value.lower() in {"yes", "true"}

    def whole(self, key: str, default: int, example: str = "16") -> int:
        """A whole number from 0."""
        if not self.has(key):
            return default
        text = self.text(key, example)
        if text and not text.isdecimal():
            self.wrong(key, "not_a_number", f"{text!r} is not a whole number.", f"{key}: {example}")
            return default
        return int(text or default)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words, or one; empty when absent."""
        if not self.has(key):
            return ()
        node = self._values[key]
        entries = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if not all(isinstance(entry, yaml.ScalarNode) for entry in entries):
            self.wrong(
                key, "not_text", f"{key!r} in {self.name} is not a list of words.", f"{key}: [one, two]"
            )
            return ()
        return tuple(str(entry.value) for entry in entries)

    def section(self, key: str) -> Section | None:
        """The mapping under a key; None when absent or not a mapping (and then noted)."""
        if not self.has(key):
            return None
        return mapping(self._values[key], self.notes, f"{self.name}, {key}", self._keys[key])

    def sections(self, key: str) -> Iterator[Section]:
        """The mappings of a list under a key."""
        if not self.has(key):
            return
        node = self._values[key]
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(
                key, "not_a_list", f"{key!r} in {self.name} is not a list.", f"{key}: with one '- ' a line"
            )
            return
        for entry in node.value:
            if inner := mapping(entry, self.notes, f"{self.name}, {key}", entry):
                yield inner

    def entries(self) -> Iterator[str]:
        """Every key the author wrote, in order; each then counts as asked for."""
        for key in self._values:
            self._asked.add(key)
            yield key

    def missing(self, key: str, example: str) -> None:
        """Note that a key is missing."""
        self.notes.add(self.place, "missing", f"{self.name} has no {key!r}.", f"{key}: {example or 'words'}")

    def wrong(self, key: str, code: Code, wrong: str, write: str) -> None:
        """Note a problem at a key, or at the section when the key is absent."""
        self.notes.add(self._keys.get(key, self.place), code, wrong, write)

    def done(self) -> None:
        """Note every key that means nothing here."""
        known = ", ".join(sorted(self._asked))
        for key, node in self._keys.items():
            if key not in self._asked:
                self.notes.add(
                    node, "unknown_key", f"{key!r} means nothing in {self.name}.", f"one of: {known}."
                )


def mapping(node: yaml.Node, notes: Notes, name: str, place: yaml.Node) -> Section | None:
    """A node as a section, or None with a note at ``place`` (its key)."""
    if isinstance(node, yaml.MappingNode):
        return Section(node, notes, name, place)
    wrong = f"{name} is not a list of 'key: value' lines."
    notes.add(place, "not_a_mapping", wrong, "one 'key: value' a line.")
    return None


def read(text: str, notes: Notes) -> Section:
    """The whole file as a section.

    Raises:
        FileErrors: it is not YAML, or not a mapping.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        _refuse(
            notes,
            line,
            "not_yaml",
            f"This is not YAML: {error.problem}.",
            "'key: value', quoted if in doubt.",
        )
    section = mapping(node, notes, "the file", node) if node is not None else None
    if section is None:
        _refuse(
            notes, 1, "not_a_mapping", "The file holds no 'key: value' lines.", "see docs/questionnaires.md."
        )
    return section


def _refuse(notes: Notes, line: int, code: Code, wrong: str, write: str) -> NoReturn:
    raise FileErrors([Problem(notes.file, line, code, wrong, write)])
