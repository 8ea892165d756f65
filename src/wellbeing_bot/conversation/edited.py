"""A script changed while people are half-way through it: they are asked afresh, never stranded."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation.facts import Facts, Rule
from wellbeing_bot.conversation.script import ANY, Script, Step
from wellbeing_bot.conversation.state import State


def standing(script: Script, state: State, rules: Mapping[str, Rule]) -> str:
    """The step a person stands at: their own, or the nearest sensible one where that is gone."""
    return state.step if state.step in script.steps else earliest_unanswered(script, state.facts, rules)


def earliest_unanswered(script: Script, facts: Facts, rules: Mapping[str, Rule]) -> str:
    """The first step on the road from the start that these facts do not lead past; else the start."""
    name, passed = script.starts, set[str]()
    while name not in passed and name in script.steps:
        passed.add(name)
        onward = _past(script.steps[name], facts, rules)
        if onward is None:
            return name
        name = onward
    return script.starts


def _past(step: Step, facts: Facts, rules: Mapping[str, Rule]) -> str | None:
    """The next step, if it is certain what was answered or done here; "" past an end."""
    if step.ends or step.continue_with:
        return ""
    if step.check:
        return route(step, rules[step.check].decide(facts))
    if step.expects and step.saves:
        return _past_answer(step, step.saves, facts)
    roads = set(step.then.values())
    return roads.pop() if len(roads) == 1 and not step.expects else None


def _past_answer(step: Step, fact: str, facts: Facts) -> str | None:
    if fact not in facts:
        return None
    return step.skip if facts[fact] is None else route(step, answer_key(facts[fact]))


def answer_key(fact: object) -> str:
    """How ``then`` names this answer."""
    return ("yes" if fact else "no") if isinstance(fact, bool) else str(fact)


def route(step: Step, answer: str) -> str | None:
    """Where an answer or an outcome leads."""
    return step.then.get(answer, step.then.get(ANY))
