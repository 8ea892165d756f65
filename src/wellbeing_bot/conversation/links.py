"""Whether every name in a conversation leads to something that exists, and every answer somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from wellbeing_bot.conversation.facts import ActionSpec, Rule
from wellbeing_bot.conversation.notices import Notice
from wellbeing_bot.conversation.problems import Code
from wellbeing_bot.conversation.reading import OFFERED
from wellbeing_bot.conversation.script import ANY, CANCEL, CORRECTED_ROAD, FromFact, Script, Step
from wellbeing_bot.conversation.sources import Reader, one_of
from wellbeing_bot.conversation.words import PLACEHOLDER, placeholders
from wellbeing_bot.understanding.meaning import AnswerKind


def link_script(
    reader: Reader,
    script: Script,
    conversations: Iterable[str],
    actions: Mapping[str, ActionSpec],
    rules: Mapping[str, Rule],
) -> None:
    """Note every name that leads to nothing."""
    if script.starts not in script.steps:
        _unknown(reader, Code.UNKNOWN_STEP, script.line, "step", script.starts, script.steps)
    for step in script.steps.values():
        for label, target in step.leads_to():
            if target not in script.steps:
                key = label if label in step.lines else "then"
                _unknown(reader, Code.UNKNOWN_STEP, _line(step, key), "step", target, script.steps)
        if step.continue_with and step.continue_with not in conversations:
            line = _line(step, "continue_with")
            _unknown(
                reader, Code.UNKNOWN_CONVERSATION, line, "conversation", step.continue_with, conversations
            )
        _facts(reader, script, step)
        _answers(reader, step, actions, rules)


def link_notice(reader: Reader, notice: Notice) -> None:
    """Note placeholders a notice does not know, and neutral words that name the group."""
    for part, text in notice.texts():
        _placeholders(reader, text, notice.knows, notice.line)
        if part == "neutral" and "group" in placeholders(text):
            cure = "Take {group} out of neutral:."
            wrong = f"the neutral words of {notice.name} name the group"
            reader.wrong(Code.NAMES_SENSITIVE_GROUP, notice.line, wrong, cure)


def _facts(reader: Reader, script: Script, step: Step) -> None:
    for part, text in step.texts():
        known = {} if part.startswith("options.") else script.types
        _placeholders(reader, text, known, _line(step, part.split(".")[0]))
    if step.options_from and script.types.get(step.options_from) != "choices":
        choices = [name for name, kind in script.types.items() if kind == "choices"]
        line = _line(step, "options_from")
        _unknown(reader, Code.UNKNOWN_FACT, line, "fact of the type choices", step.options_from, choices)


def _answers(
    reader: Reader, step: Step, actions: Mapping[str, ActionSpec], rules: Mapping[str, Rule]
) -> None:
    if step.expects:
        _question(reader, step)
    elif step.do and step.do not in actions:
        _unknown(reader, Code.UNKNOWN_ACTION, _line(step, "do"), "action", step.do, actions)
    elif step.do:
        _roads(reader, step, tuple(actions[step.do].gives))
    elif step.check and step.check not in rules:
        _unknown(reader, Code.UNKNOWN_RULE, _line(step, "check"), "rule", step.check, rules)
    elif step.check:
        _roads(reader, step, rules[step.check].gives)
    elif step.then:
        _roads(reader, step, ())


def _question(reader: Reader, step: Step) -> None:
    if step.expects in OFFERED and bool(step.options) == bool(step.options_from):
        cure = "Write either options: or options_from:."
        reader.wrong(Code.MISSING_KEY, step.line, f"{step.expects} needs to know its answers", cure)
    if step.expects not in OFFERED and (step.options or step.options_from):
        line = _line(step, "options" if step.options else "options_from")
        cure = "Write expects: choice, or take the options out."
        reader.wrong(Code.KEYS_CLASH, line, f"{step.expects} has no options", cure)
    said = [option.words.casefold() for option in step.options]
    for words in sorted({words for words in said if said.count(words) > 1}):
        cure = "Give each option words of its own."
        reader.wrong(Code.REPEATED_OPTION, _line(step, "options"), f"two options say {words!r}", cure)
    answers = tuple(option.value for option in step.options)
    if step.expects is AnswerKind.YES_NO:
        answers = ("yes", "no")
    _roads(reader, step, answers, extra=(CANCEL, CORRECTED_ROAD), open_ended=bool(step.options_from))


def _roads(
    reader: Reader,
    step: Step,
    answers: tuple[str, ...],
    extra: tuple[str, ...] = (),
    open_ended: bool = False,
) -> None:
    """Every answer has a road, and every road an answer. Offered choices are open-ended: any is needed."""
    line = _line(step, "then")
    if not open_ended:
        for answer in step.then:
            if answer not in (*answers, *extra, ANY):
                wrong = f"no answer here is {answer!r}"
                reader.wrong(Code.UNKNOWN_ANSWER, line, wrong, one_of((*answers, ANY)))
    if ANY in step.then or not step.then:
        return
    for answer in answers or (ANY,):
        if answer not in step.then:
            cure = f"Add {answer}: with a step to then:, or any: for the rest."
            reader.wrong(Code.LEADS_NOWHERE, line, f"the answer {answer!r} leads nowhere", cure)


def link_arguments(reader: Reader, script: Script, actions: Mapping[str, ActionSpec]) -> None:
    """Whether every argument of an action is there, known, and of the right type."""
    for step in script.steps.values():
        spec = actions.get(step.do or "")
        for name, arg in step.args.items() if spec else ():
            if spec is None or not isinstance(arg, FromFact) or name not in spec.takes:
                continue
            line = _line(step, "with" if "with" in step.lines else "do")
            kind = script.types.get(arg.name)
            if kind is None and arg.name == name:
                cure = f"Add with: {{{name}: a value or {{fact: name}}}}."
                reader.wrong(Code.MISSING_ARGUMENT, line, f"{spec.name} needs {name!r}", cure)
            elif kind is None:
                _unknown(reader, Code.UNKNOWN_FACT, line, "fact", arg.name, script.types)
            elif kind != spec.takes[name]:
                wrong = f"{spec.name} takes {name!r} as {spec.takes[name]}, and {arg.name!r} is {kind}"
                reader.wrong(Code.WRONG_TYPE, line, wrong, f"Give it a fact of the type {spec.takes[name]}.")


def _placeholders(reader: Reader, text: str, known: Mapping[str, object], line: int) -> None:
    for name in placeholders(text):
        if name not in known:
            _unknown(reader, Code.UNKNOWN_FACT, line, "fact", name, known)
    stray = re.search(r"[{}]", PLACEHOLDER.sub("", text))
    if stray:
        cure = "Write a fact as {its_name}, in small letters; no other { or }."
        reader.wrong(Code.WRONG_PLACEHOLDER, line, f"a {stray[0]} stands alone in a text", cure)


def _unknown(reader: Reader, code: Code, line: int, what: str, name: str, known: Iterable[str]) -> None:
    names = tuple(known)
    cure = one_of(names) if names else f"There is no {what} to name here."
    reader.wrong(code, line, f"there is no {what} {name!r}", cure)


def _line(step: Step, key: str) -> int:
    return step.lines.get(key, step.line)
