"""A script changed while people are half-way through it: they are asked afresh, never stranded."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation.facts import Facts, Rule
from wellbeing_bot.conversation.script import ANY, Script, Step
from wellbeing_bot.conversation.state import State


def standing(script: Script, state: State, rules: Mapping[str, Rule]) -> str:
    """The step a person stands at: their own, or the nearest sensible one where that is gone."""
    return state.step if state.step in script.steps else _earliest_unanswered(script, state, rules)


def next_question(script: Script, state: State, rules: Mapping[str, Rule]) -> Step | None:
    """The question a person stands at, or will be asked without anything being done before."""
    name, passed = standing(script, state, rules), set[str]()
    while name in script.steps and name not in passed:
        passed.add(name)
        step = script.steps[name]
        if step.expects:
            return step
        name = "" if step.do else _past(step, state, rules) or ""
    return None


def route(step: Step, answer: str) -> str | None:
    """Where an answer or an outcome leads."""
    return step.then.get(answer, step.then.get(ANY))


def answer_key(fact: object) -> str:
    """How ``then`` names this answer."""
    return ("yes" if fact else "no") if isinstance(fact, bool) else str(fact)


def _earliest_unanswered(script: Script, state: State, rules: Mapping[str, Rule]) -> str:
    """The first step on the road from the start that was not answered or done yet; else the start."""
    name, passed = script.starts, set[str]()
    while name in script.steps and name not in passed:
        passed.add(name)
        onward = _past(script.steps[name], state, rules)
        if onward is None:
            return name
        name = onward
    return script.starts


def _past(step: Step, state: State, rules: Mapping[str, Rule]) -> str | None:
    """The next step, if this one was answered or done; "" past an end."""
    if step.ends or step.continue_with:
        return ""
    if step.check:
        return route(step, rules[step.check].decide(state.facts))
    if step.expects:
        return _past_answer(step, state.facts)
    if step.do:
        return route(step, state.outcomes[step.name]) if step.name in state.outcomes else None
    return route(step, ANY)


def _past_answer(step: Step, facts: Facts) -> str | None:
    if step.saves is None or step.saves not in facts:
        return None
    fact = facts[step.saves]
    return step.skip if fact is None else route(step, answer_key(fact))
