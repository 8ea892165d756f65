"""What can be wrong with a script, each with a code that conversations/README.md explains."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass


class Code(enum.StrEnum):
    """Kinds of author error. The first block stops a script from loading; the second is found by check."""

    NOT_YAML = "not-yaml"
    WRONG_SHAPE = "wrong-shape"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    REPEATED_KEY = "repeated-key"
    KEYS_CLASH = "keys-clash"
    WRONG_NAME = "wrong-name"
    UNKNOWN_WORD = "unknown-word"
    UNKNOWN_STEP = "unknown-step"
    UNKNOWN_ACTION = "unknown-action"
    UNKNOWN_RULE = "unknown-rule"
    UNKNOWN_CONVERSATION = "unknown-conversation"
    UNKNOWN_FACT = "unknown-fact"
    UNKNOWN_ARGUMENT = "unknown-argument"
    MISSING_ARGUMENT = "missing-argument"
    WRONG_TYPE = "wrong-type"
    WRONG_PLACEHOLDER = "wrong-placeholder"
    UNKNOWN_ANSWER = "unknown-answer"
    REPEATED_OPTION = "repeated-option"
    LEADS_NOWHERE = "leads-nowhere"
    WRONG_TIME = "wrong-time"
    NAMES_SENSITIVE_GROUP = "names-sensitive-group"
    WRONG_TRANSLATION = "wrong-translation"

    DEAD_END = "dead-end"
    UNREACHABLE = "unreachable"
    MAY_BE_UNKNOWN = "may-be-unknown"
    TOO_LONG = "too-long"
    COSTLY_CHARACTER = "costly-character"
    HARD_TO_READ = "hard-to-read"
    LONG_SENTENCE = "long-sentence"
    OPT_OUT_WORD = "opt-out-word"
    LOOP = "loop"
    NOT_TRANSLATED = "not-translated"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to put right: where, what is wrong, what to write instead."""

    file: str
    line: int
    code: Code
    wrong: str
    write: str

    @property
    def warns(self) -> bool:
        """Whether it may stay: a translation that is missing, or needs a dearer alphabet.

        Easy read is English, which never needs one.
        """
        if not self.file.startswith("locale/"):
            return False
        costs = self.code in {Code.COSTLY_CHARACTER, Code.TOO_LONG}
        return self.code is Code.NOT_TRANSLATED or (costs and "/en-x-easy/" not in self.file)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.wrong}. {self.write} [{self.code}]"


class ScriptError(Problem):
    """A problem that stops the scripts from being used at all."""

    __slots__ = ()


class ScriptErrors(Exception):
    """Every script error found in one reading of a folder."""

    def __init__(self, errors: Iterable[ScriptError]) -> None:
        self.errors = tuple(sorted(errors))
        super().__init__("\n".join(str(error) for error in self.errors))
