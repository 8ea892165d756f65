"""YAML with line numbers. Every scalar stays a string, so that yes, no, on and off are plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import yaml

from wellbeing_bot.conversation.problems import Code, ScriptError

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Where it is there, the one written in C: it reads ten times as fast, and every start waits for it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a file: a string, a list or a mapping, and the line it stands on."""

    value: str | list[Item] | dict[str, Item]
    line: int


@dataclass(slots=True)
class Reader:
    """Takes what it can from one file and notes everything that is wrong, instead of stopping at once."""

    file: str
    errors: list[ScriptError] = field(default_factory=list)

    def wrong(self, code: Code, line: int, wrong: str, write: str) -> None:
        """Note one error."""
        self.errors.append(ScriptError(self.file, line, code, wrong, write))

    def parse(self, text: str) -> dict[str, Item]:
        """The top mapping of a file; empty where it is none."""
        try:
            node = yaml.compose(text, Loader=LOADER)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            cure = 'Put quotation marks around a text that holds ": " or " #", and indent with spaces.'
            self.wrong(Code.NOT_YAML, line, f"this is not YAML: {error.problem}", cure)
            return {}
        except yaml.YAMLError as error:
            self.wrong(Code.NOT_YAML, 1, f"this is not YAML: {error}", "Save the file as plain UTF-8 text.")
            return {}
        return self.mapping(self._item(node, 1)) if node is not None else {}

    def mapping(
        self, item: Item, allowed: Iterable[str] | None = None, required: Iterable[str] = ()
    ) -> dict[str, Item]:
        """A mapping with only known keys and with all required ones."""
        if not isinstance(item.value, dict):
            self.wrong(Code.WRONG_SHAPE, item.line, "names with values are wanted here", "Write name: value.")
            return {}
        for key, part in item.value.items() if allowed is not None else ():
            if key not in set(allowed or ()):
                known = ", ".join(allowed or ())
                self.wrong(Code.UNKNOWN_KEY, part.line, f"nothing is called {key!r} here", f"Known: {known}.")
        for key in required:
            if key not in item.value:
                self.wrong(Code.MISSING_KEY, item.line, f"{key!r} is missing", f"Add {key}:.")
        return item.value

    def text(self, item: Item | None) -> str:
        """One string; empty where it is none."""
        if item is None:
            return ""
        if not isinstance(item.value, str) or not item.value.strip():
            self.wrong(Code.WRONG_SHAPE, item.line, "words are wanted here", "Write one text or name.")
            return ""
        return item.value.strip()

    def texts(self, item: Item | None) -> tuple[str, ...]:
        """One string or a list of strings."""
        if item is None:
            return ()
        if isinstance(item.value, list):
            return tuple(text for text in map(self.text, item.value) if text)
        text = self.text(item)
        return (text,) if text else ()

    def word(self, item: Item | None, words: Mapping[str, object] | Iterable[str], default: str) -> str:
        """One of a few known words."""
        if item is None:
            return default
        text = self.text(item)
        known = tuple(words)
        if text and text not in known:
            self.wrong(Code.UNKNOWN_WORD, item.line, f"{text!r} is not known here", one_of(known))
        return text if text in known else default

    def flag(self, item: Item | None, default: bool) -> bool:
        """yes or no."""
        return self.word(item, ("yes", "no"), "yes" if default else "no") == "yes"

    def _item(self, node: yaml.Node, line: int) -> Item:
        if isinstance(node, yaml.MappingNode):
            return Item(self._pairs(node), line)
        if isinstance(node, yaml.SequenceNode):
            return Item([self._item(part, part.start_mark.line + 1) for part in node.value], line)
        return Item(str(node.value), line)

    def _pairs(self, node: yaml.MappingNode) -> dict[str, Item]:
        pairs: dict[str, Item] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if key in pairs:
                self.wrong(Code.REPEATED_KEY, line, f"{key!r} is written twice", "Keep one of the two.")
            pairs[key] = self._item(value_node, line)
        return pairs


def one_of(known: Iterable[str]) -> str:
    """The cure for a wrong word."""
    return f"Write one of: {', '.join(known)}."
