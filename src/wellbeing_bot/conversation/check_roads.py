"""Steps nobody reaches, steps nobody gets out of, and steps that go round without asking anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wellbeing_bot.conversation.problems import Code, Problem
from wellbeing_bot.conversation.script import Script
from wellbeing_bot.conversation.walk import MOST_STEPS

Roads = Mapping[str, frozenset[str]]


def check_roads(script: Script) -> Iterator[Problem]:
    """Unreachable steps, dead ends and loops of one conversation."""
    steps = script.steps
    roads: Roads = {name: frozenset(to for _, to in step.leads_to()) for name, step in steps.items()}
    reached = _closure(roads, [script.starts])
    for name in steps.keys() - reached:
        cure = f"Lead a step to {name}, or take it out."
        yield Problem(script.file, steps[name].line, Code.UNREACHABLE, f"no step leads to {name!r}", cure)
    ends = [name for name, step in steps.items() if step.ends or step.continue_with]
    for name in reached - _closure(_reversed(roads), ends):
        cure = "Lead one of its answers to a step with ends: or continue_with:."
        wrong = f"from {name!r} the conversation can never end"
        yield Problem(script.file, steps[name].line, Code.DEAD_END, wrong, cure)
    yield from _loops(script, roads)


def _loops(script: Script, roads: Roads) -> Iterator[Problem]:
    """A road that comes back to itself without a question would never wait for the person."""
    hasty = {
        name: frozenset(to for to in roads[name] if not script.steps[to].expects)
        for name, step in script.steps.items()
        if not step.expects
    }
    for name in hasty:
        if name in _closure(hasty, hasty[name]):
            wrong = f"the steps come back to {name!r} without asking anything"
            cure = "Ask something on the way round, or end."
            yield Problem(script.file, script.steps[name].line, Code.LOOP, wrong, cure)
    if _longest(hasty) > MOST_STEPS:
        wrong = f"more than {MOST_STEPS} steps follow one another without a question"
        yield Problem(script.file, script.line, Code.LOOP, wrong, "Say it in fewer steps.")


def _closure(roads: Roads, start: Iterable[str]) -> frozenset[str]:
    """Every step that can be reached, the start included."""
    found, waiting = set[str](), list(start)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(roads.get(name, ()))
    return frozenset(found)


def _reversed(roads: Roads) -> Roads:
    return {name: frozenset(source for source, targets in roads.items() if name in targets) for name in roads}


def _longest(roads: Roads) -> int:
    """Steps on the longest road, counted level by level. Loops stop counting: they are reported already."""
    level, length = frozenset(roads), 0
    while level and length <= len(roads):
        level = frozenset(to for name in level for to in roads[name])
        length += 1
    return 0 if level else length
