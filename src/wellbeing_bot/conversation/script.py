"""A conversation as data: typed, frozen, and already checked by the loader.

A step says something and then does exactly one thing: waits for an answer (``expects``), has something
done (``do``), asks a rule (``check``), ends, goes on in another conversation, or simply goes on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from wellbeing_bot.conversation.facts import ActionSpec, Fact, FactType, Rule
from wellbeing_bot.conversation.notices import Notice
from wellbeing_bot.understanding.meaning import AnswerKind

ANY = "any"  # in ``then``: every answer that has no entry of its own
CANCEL = "cancel"  # in ``then``: where calling the thing off leads
CORRECTED_ROAD = "corrected"  # in ``then``: where changing any answer given before leads
NO_ANSWER = frozenset({CANCEL, CORRECTED_ROAD})  # roads of a question that answer nothing

EASY_READ = "en-x-easy"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice: what is stored, what the person reads, other words for it."""

    value: str
    words: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeout:
    """How long a question waits, and the step that follows silence."""

    after: timedelta
    then: str


@dataclass(frozen=True, slots=True)
class FromFact:
    """An argument that is the value of a fact at that moment."""

    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``then`` maps an answer or outcome to a step; a single road is ``{"any": step}``."""

    name: str
    say: tuple[str, ...] = ()
    then: Mapping[str, str] = field(default_factory=dict)
    expects: AnswerKind | None = None
    saves: str | None = None
    options: tuple[Option, ...] = ()
    options_from: str | None = None
    scale: str | None = None
    names: tuple[str, ...] = ()
    again: str | None = None
    explain: str | None = None
    skip: str | None = None
    back: bool = True
    timeout: Timeout | None = None
    buttons: bool = False
    stuck: str | None = None
    do: str | None = None
    args: Mapping[str, Fact | FromFact] = field(default_factory=dict)
    check: str | None = None
    continue_with: str | None = None
    ends: str | None = None
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)  # line of each key, for problems

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text with its key below the step: ``say``, ``say.2``, ``again``, ``options.money``."""
        for number, text in enumerate(self.say, start=1):
            yield ("say" if len(self.say) == 1 else f"say.{number}"), text
        if self.again:
            yield "again", self.again
        if self.explain:
            yield "explain", self.explain
        for option in self.options:
            yield f"options.{option.value}", option.words

    def leads_to(self) -> Iterator[tuple[str, str]]:
        """Every road out, as (label, step): answers and outcomes, ``skip``, ``stuck``, time-out."""
        yield from self.then.items()
        if self.skip:
            yield "skip", self.skip
        if self.stuck:
            yield "stuck", self.stuck
        if self.timeout:
            yield "timeout", self.timeout.then

    @property
    def fingerprint(self) -> str:
        """Changes when the question does, so that an answer to the old one is never filed under the new."""
        asked = (
            self.say,
            self.expects,
            [(option.value, option.words) for option in self.options],
            self.options_from,
            self.scale,
        )
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Script:
    """One conversation. ``types`` holds every fact that any step can know; ``optional`` may be unknown."""

    name: str
    about: str
    audience: str
    knows: Mapping[str, FactType]
    optional: frozenset[str]
    starts: str
    steps: Mapping[str, Step]
    types: Mapping[str, FactType]
    file: str = ""
    line: int = 1

    def key(self, step: Step, part: str) -> str:
        """The key of a text: ``hello.welcome.say``."""
        return f"{self.name}.{step.name}.{part}"


@dataclass(frozen=True, slots=True)
class Language:
    """A language the words exist in. A draft is ``reviewed: no``; only ``on`` ones are ever used."""

    tag: str
    name: str
    reviewed: bool
    on: bool
    words: Mapping[str, str] = field(default_factory=dict)  # key -> text, only those that are up to date
    answers: Mapping[str, str] = field(default_factory=dict)  # what people reply -> what it is in English
    asks: tuple[str, ...] = ()  # how somebody asks to be written to in it


@dataclass(frozen=True, slots=True)
class Scripts:
    """Everything that was loaded, in one language. English stands wherever a translation is missing."""

    scripts: Mapping[str, Script]
    notices: Mapping[str, Notice]
    actions: Mapping[str, ActionSpec] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    languages: Mapping[str, Language] = field(default_factory=dict)
    language: str = "en"
    words: Mapping[str, str] = field(default_factory=dict)

    def localised(self, language: str, easy_read: bool = False, *, even_off: bool = False) -> Scripts:
        """The same scripts in another language, or in easy-read English.

        A language that is unknown or switched off gives English; ``even_off`` is for a network that has
        switched a draft on for itself.
        """
        tag = EASY_READ if easy_read and language == "en" else language
        found = self.languages.get(tag)
        if found is None or not (found.on or even_off):
            return replace(self, language="en", words={})
        return replace(self, language=tag, words=found.words)

    def reworded(self, words: Mapping[str, str]) -> Scripts:
        """The same scripts with a network's own words for some keys, placeholders and all.

        A key alone is English: where this language has words of its own for it, those are said. A key with a
        language before it (``cy/hello.welcome.say``) is for that language.
        """
        prefix = f"{self.language}/"
        english = {key: text for key, text in words.items() if "/" not in key}
        own = {key.removeprefix(prefix): text for key, text in words.items() if key.startswith(prefix)}
        return replace(self, words={**english, **self.words, **own})

    def text(self, key: str, english: str) -> str:
        """The words under a key, or the English ones."""
        return self.words.get(key, english)

    def own_word(self, name: str) -> str:
        """One of the engine's own words that has no facts in it."""
        notice = self.notices[name]
        return self.text(notice.key("say"), notice.say)
