"""Texts that use a fact which is not known on every road to them.

A forward look over the whole conversation: what is certainly known on entering a step is what is known on
all roads into it. An answer adds its fact, skipping takes it away, an action's outcome adds what it gives,
a rule's outcome what it proves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wellbeing_bot.conversation.notices import Notice
from wellbeing_bot.conversation.problems import Code, Problem
from wellbeing_bot.conversation.reading import OFFERED
from wellbeing_bot.conversation.script import ANY, NO_ANSWER, Script, Scripts, Step
from wellbeing_bot.conversation.words import placeholders

Known = frozenset[str]


def check_facts(scripts: Scripts, script: Script) -> Iterator[Problem]:
    """Placeholders, options and hand-overs that may meet an unknown fact."""
    for name, known in known_at(scripts, script).items():
        step = script.steps[name]
        for part, text in step.texts():
            line = step.lines.get(part.split(".")[0], step.line)
            for fact in placeholders(text):
                if fact not in known:
                    yield _may_be_unknown(script.file, line, fact, f"at {name}")
        if step.options_from and step.options_from not in known:
            yield _may_be_unknown(script.file, step.lines["options_from"], step.options_from, f"at {name}")
        if step.continue_with:
            yield from _handed_on(scripts.scripts[step.continue_with], script, step, known)


def check_notice_facts(notice: Notice) -> Iterator[Problem]:
    """Placeholders of a notice that stand for facts that may not be known."""
    for _, text in notice.texts():
        for fact in placeholders(text):
            if fact in notice.optional:
                yield _may_be_unknown(notice.file, notice.line, fact, f"in {notice.name}")


def known_at(scripts: Scripts, script: Script) -> dict[str, Known]:
    """What is certainly known on entering each step that can be reached."""
    known = {script.starts: Known(script.knows.keys() - script.optional)}
    waiting = [script.starts]
    while waiting:
        step = script.steps[waiting.pop()]
        for target, then_known in _onward(scripts, step, known[step.name]):
            merged = then_known & known.get(target, then_known)
            if known.get(target) != merged:
                known[target] = merged
                waiting.append(target)
    return known


def _onward(scripts: Scripts, step: Step, known: Known) -> Iterator[tuple[str, Known]]:
    saved = _saved(step)
    for label, target in step.then.items():
        asked = step.expects and label not in NO_ANSWER
        yield target, known | (saved if asked else _learnt(scripts, step, label))
    if step.skip:
        yield step.skip, known - saved
    if step.stuck:
        yield step.stuck, known
    if step.timeout:
        yield step.timeout.then, known


def _saved(step: Step) -> Known:
    if step.saves is None:
        return Known()
    return Known({step.saves, f"{step.saves}_words"} if step.expects in OFFERED else {step.saves})


def _learnt(scripts: Scripts, step: Step, label: str) -> Known:
    """What an action's or a rule's outcome makes known; ``any`` stands for all outcomes without a road."""
    if step.do:
        gives = {outcome: Known(facts) for outcome, facts in scripts.actions[step.do].gives.items()}
    elif step.check:
        rule = scripts.rules[step.check]
        gives = {outcome: Known(rule.proves.get(outcome, ())) for outcome in rule.gives}
    else:
        return Known()
    return _common(
        known
        for outcome, known in gives.items()
        if outcome == label or (label == ANY and outcome not in step.then)
    )


def _common(sets: Iterable[Known]) -> Known:
    found = list(sets)
    return found[0].intersection(*found[1:]) if found else Known()


def _handed_on(target: Script, script: Script, step: Step, known: Known) -> Iterator[Problem]:
    for fact, kind in target.knows.items():
        same = fact in known and script.types.get(fact) == kind
        if fact not in target.optional and not same:
            line = step.lines["continue_with"]
            yield _may_be_unknown(script.file, line, fact, f"where {target.name} needs it as {kind}")


def _may_be_unknown(file: str, line: int, fact: str, where: str) -> Problem:
    cure = f"Ask for {fact} on every road there, use other words, or check a rule first that proves it."
    return Problem(file, line, Code.MAY_BE_UNKNOWN, f"{fact!r} may not be known {where}", cure)
