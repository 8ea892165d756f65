"""From the YAML of one file to a typed conversation or its notices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from wellbeing_bot.conversation.facts import FACT_TYPES, SAVED_AS, ActionSpec, Fact, FactType
from wellbeing_bot.conversation.notices import Notice
from wellbeing_bot.conversation.problems import Code
from wellbeing_bot.conversation.script import ANY, FromFact, Option, Script, Step, Timeout
from wellbeing_bot.conversation.sources import Item, Reader, one_of
from wellbeing_bot.understanding.meaning import AnswerKind

AUDIENCES = ("patient", "champion", "carer", "provider", "staff")
OFFERED = (AnswerKind.CHOICE, AnswerKind.LIKERT)  # kinds whose answers are listed
WITH_BUTTONS = (AnswerKind.YES_NO, *OFFERED)
NATURES = ("expects", "do", "check", "continue_with", "ends")
OF_A_QUESTION = (
    *("saves", "options", "options_from", "scale", "names", "again", "explain"),
    *("skip", "back", "timeout", "buttons", "stuck"),
)
STEP_KEYS = ("say", *NATURES, *OF_A_QUESTION, "with", "then")
NAME = re.compile(r"[a-z][a-z0-9_]*")
MAYBE = "maybe "
PERIOD = re.compile(r"(\d+) (minute|hour|day|week)s?")


def read_script(reader: Reader, top: dict[str, Item], actions: Mapping[str, ActionSpec]) -> Script:
    """A conversation. Names that lead elsewhere are judged later, when everything is known."""
    keys = ("conversation", "about", "with", "knows", "starts", "steps")
    reader.mapping(Item(top, 1), keys, ("conversation", "about", "with", "starts", "steps"))
    name = reader.text(top.get("conversation"))
    if name and f"{name}.yaml" != reader.file:
        line = top["conversation"].line
        cure = f"Name the file {name}.yaml, or write conversation: {reader.file.removesuffix('.yaml')}."
        reader.wrong(Code.WRONG_NAME, line, f"the conversation {name!r} is in the file {reader.file}", cure)
    knows, optional = _knows(reader, top.get("knows"))
    steps = {
        key: _step(reader, key, item, actions)
        for key, item in (reader.mapping(top["steps"]) if "steps" in top else {}).items()
    }
    return Script(
        name=name,
        about=reader.text(top.get("about")),
        audience=reader.word(top.get("with"), AUDIENCES, "patient"),
        knows=knows,
        optional=optional,
        starts=reader.text(top.get("starts")),
        steps=steps,
        types=_types(reader, knows, steps, actions),
        file=reader.file,
        line=top["starts"].line if "starts" in top else 1,
    )


def read_notices(reader: Reader, top: dict[str, Item]) -> list[Notice]:
    """All notices of one file."""
    reader.mapping(Item(top, 1), ("notices",))
    return [_notice(reader, name, item) for name, item in reader.mapping(top["notices"]).items()]


def _notice(reader: Reader, name: str, item: Item) -> Notice:
    parts = reader.mapping(item, ("about", "with", "knows", "say", "neutral"), ("about", "with", "say"))
    _name(reader, name, item.line)
    knows, optional = _knows(reader, parts.get("knows"))
    return Notice(
        name=name,
        about=reader.text(parts.get("about")),
        audience=reader.word(parts.get("with"), AUDIENCES, "patient"),
        knows=knows,
        optional=optional,
        say=reader.text(parts.get("say")),
        neutral=reader.text(parts.get("neutral")) or None,
        file=reader.file,
        line=item.line,
    )


def _step(reader: Reader, name: str, item: Item, actions: Mapping[str, ActionSpec]) -> Step:
    parts = reader.mapping(item, STEP_KEYS)
    _name(reader, name, item.line)
    _natures(reader, parts, item.line)
    kind = reader.word(parts.get("expects"), [kind.value for kind in AnswerKind], "")
    expects = AnswerKind(kind) if kind else None
    return Step(
        name=name,
        say=reader.texts(parts.get("say")),
        then=_then(reader, parts.get("then")),
        expects=expects,
        saves=reader.text(parts.get("saves")) or None,
        options=_options(reader, parts.get("options")),
        options_from=reader.text(parts.get("options_from")) or None,
        scale=reader.text(parts.get("scale")) or None,
        names=reader.texts(parts.get("names")),
        again=reader.text(parts.get("again")) or None,
        explain=reader.text(parts.get("explain")) or None,
        skip=reader.text(parts.get("skip")) or None,
        back=reader.flag(parts.get("back"), default=True),
        timeout=_timeout(reader, parts.get("timeout")),
        buttons=reader.flag(parts.get("buttons"), default=expects in WITH_BUTTONS),
        stuck=reader.text(parts.get("stuck")) or None,
        do=reader.text(parts.get("do")) or None,
        args=_args(reader, parts, actions.get(reader.text(parts.get("do")))),
        check=reader.text(parts.get("check")) or None,
        continue_with=reader.text(parts.get("continue_with")) or None,
        ends=reader.text(parts.get("ends")) or None,
        line=item.line,
        lines={key: part.line for key, part in parts.items()},
    )


def _natures(reader: Reader, parts: dict[str, Item], line: int) -> None:
    """A step does one thing, and has the keys of that thing."""
    found = [nature for nature in NATURES if nature in parts]
    if len(found) > 1:
        cure = "Make two steps of it."
        reader.wrong(
            Code.KEYS_CLASH, parts[found[1]].line, f"one step cannot have {' and '.join(found)}", cure
        )
    if "expects" not in found:
        for key in OF_A_QUESTION:
            if key in parts:
                cure = f"Add expects:, or take {key}: out."
                reader.wrong(Code.KEYS_CLASH, parts[key].line, f"{key!r} belongs to a question", cure)
    if "with" in parts and "do" not in found:
        cure = "Add do:, or take with: out."
        reader.wrong(Code.KEYS_CLASH, parts["with"].line, "'with' belongs to an action", cure)
    ends = "ends" in found or "continue_with" in found
    if ends and "then" in parts:
        cure = f"Take then: out, or {found[0]}:."
        reader.wrong(Code.KEYS_CLASH, parts["then"].line, "nothing comes after the end", cure)
    if not ends and "then" not in parts:
        reader.wrong(Code.MISSING_KEY, line, "nothing comes after this step", "Add then: or ends:.")
    if ("expects" in found or not found) and "say" not in parts:
        reader.wrong(Code.MISSING_KEY, line, "this step says nothing", "Add say:.")


def _knows(reader: Reader, item: Item | None) -> tuple[dict[str, FactType], frozenset[str]]:
    """Facts with their types; ``maybe text`` is one that may not be known."""
    knows: dict[str, FactType] = {}
    optional = set()
    for name, part in (reader.mapping(item) if item else {}).items():
        _name(reader, name, part.line)
        written = reader.text(part)
        kind = next((kind for kind in FACT_TYPES if kind == written.removeprefix(MAYBE)), None)
        if kind is None:
            cure = f"{one_of(FACT_TYPES)} Begin with {MAYBE}if it may not be known."
            reader.wrong(Code.UNKNOWN_WORD, part.line, f"{written!r} is no type of fact", cure)
        knows[name] = kind or "text"
        if written.startswith(MAYBE):
            optional.add(name)
    return knows, frozenset(optional)


def _types(
    reader: Reader,
    knows: Mapping[str, FactType],
    steps: Mapping[str, Step],
    actions: Mapping[str, ActionSpec],
) -> dict[str, FactType]:
    """Every fact any step can know: started with, saved, or given by an action. One name, one type."""
    types = dict(knows)

    def add(step: Step, fact: str, kind: FactType, key: str) -> None:
        if types.setdefault(fact, kind) != kind:
            wrong = f"{fact!r} is {types[fact]} elsewhere and {kind} here"
            reader.wrong(
                Code.WRONG_TYPE, step.lines.get(key, step.line), wrong, "Give one of them another name."
            )

    for step in steps.values():
        if step.saves and step.expects:
            _name(reader, step.saves, step.lines["saves"])
            add(step, step.saves, SAVED_AS[step.expects], "saves")
            if step.expects in OFFERED:
                add(step, f"{step.saves}_words", "text", "saves")
        if step.do and step.do in actions:
            for given in actions[step.do].gives.values():
                for fact, kind in given.items():
                    add(step, fact, kind, "do")
    return types


def _options(reader: Reader, item: Item | None) -> tuple[Option, ...]:
    options = []
    for value, part in (reader.mapping(item) if item else {}).items():
        if isinstance(part.value, dict):
            parts = reader.mapping(part, ("words", "also"), ("words",))
            options.append(Option(value, reader.text(parts.get("words")), reader.texts(parts.get("also"))))
        else:
            options.append(Option(value, reader.text(part)))
    return tuple(options)


def _then(reader: Reader, item: Item | None) -> dict[str, str]:
    if item is None:
        return {}
    if isinstance(item.value, dict):
        return {answer: reader.text(part) for answer, part in item.value.items()}
    return {ANY: reader.text(item)}


def _timeout(reader: Reader, item: Item | None) -> Timeout | None:
    if item is None:
        return None
    parts = reader.mapping(item, ("after", "then"), ("after", "then"))
    written = reader.text(parts.get("after"))
    found = PERIOD.fullmatch(written)
    if found is None or int(found[1]) == 0:
        reader.wrong(Code.WRONG_TIME, item.line, f"{written!r} is no length of time", "Write after: 3 days.")
        return None
    return Timeout(timedelta(**{f"{found[2]}s": int(found[1])}), reader.text(parts.get("then")))


def _args(reader: Reader, parts: dict[str, Item], spec: ActionSpec | None) -> dict[str, Fact | FromFact]:
    """Arguments as written; one that is not written is the fact of the same name."""
    written = reader.mapping(parts["with"]) if "with" in parts else {}
    args: dict[str, Fact | FromFact] = {name: FromFact(name) for name in (spec.takes if spec else ())}
    for name, item in written.items():
        if spec is not None and name not in spec.takes:
            cure = one_of(spec.takes) if spec.takes else "Take with: out."
            reader.wrong(Code.UNKNOWN_ARGUMENT, item.line, f"{spec.name} takes no {name!r}", cure)
        elif isinstance(item.value, dict):
            args[name] = FromFact(reader.text(reader.mapping(item, ("fact",), ("fact",)).get("fact")))
        else:
            args[name] = _constant(reader, item, spec.takes[name] if spec else "text")
    return args


def _constant(reader: Reader, item: Item, kind: FactType) -> Fact:
    if kind == "list":
        return list(reader.texts(item))
    text = "" if item.value == "" else reader.text(item)  # an argument may be left empty on purpose
    if kind == "number" and re.fullmatch(r"-?\d+", text):
        return int(text)
    if kind == "yes_no" and text in ("yes", "no"):
        return text == "yes"
    if kind != "text":
        reader.wrong(
            Code.WRONG_TYPE, item.line, f"{text!r} is no {kind}", f"Write a {kind}, or {{fact: name}}."
        )
    return text


def _name(reader: Reader, name: str, line: int) -> None:
    if not NAME.fullmatch(name):
        cure = "Use small letters, digits and _, beginning with a letter."
        reader.wrong(Code.WRONG_NAME, line, f"{name!r} cannot be a name", cure)
