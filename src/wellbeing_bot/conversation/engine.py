"""The engine: one event in, a new state and the effects out. Pure: no clock, no rows, no sending.

Start at ``take_turn``. A turn walks through the steps (see ``walk``) until one of them waits for an
answer, has something done, or ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wellbeing_bot.conversation.answers import Misfit, said_back, to_fact
from wellbeing_bot.conversation.asking import answered_last
from wellbeing_bot.conversation.edited import answer_key, route, standing
from wellbeing_bot.conversation.effects import AskedPerson, Effect, Finish
from wellbeing_bot.conversation.events import Corrected, Event, Heard, Outcome, Resumed, Started, TimedOut
from wellbeing_bot.conversation.facts import Fact, Facts
from wellbeing_bot.conversation.misread import misread
from wellbeing_bot.conversation.notices import say_notice
from wellbeing_bot.conversation.own_words import (
    CANCELLED,
    CANNOT_GO_BACK,
    CANNOT_SKIP,
    CORRECTED,
    PERSON_COMING,
    QUESTION_CHANGED,
    READ_BACK,
    WENT_WRONG,
    WHERE_WERE_WE,
)
from wellbeing_bot.conversation.script import CANCEL, CORRECTED_ROAD, Script, Scripts, Step
from wellbeing_bot.conversation.state import ENDED, State
from wellbeing_bot.conversation.walk import Walk
from wellbeing_bot.conversation.words import placeholders
from wellbeing_bot.understanding.meaning import (
    Answered,
    Interrupted,
    InterruptKind,
    Reading,
    Skipped,
    Unclear,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one event came to. Effects are in order."""

    state: State
    effects: tuple[Effect, ...]


def begin(scripts: Scripts, name: str, facts: Facts) -> State:
    """The state before the first turn, which is taken with ``Started``. Facts not declared are left out.

    Raises:
        KeyError: no conversation of that name.
        ValueError: a fact it must be started with is missing; the message names which.
    """
    script = scripts.scripts[name]
    known = {fact: facts[fact] for fact in script.knows if facts.get(fact) is not None}
    missing = [fact for fact in script.knows if fact not in known and fact not in script.optional]
    if missing:
        raise ValueError(f"the conversation {name} is started without {', '.join(missing)}")
    return State(name, script.starts, known)


def take_turn(scripts: Scripts, state: State, event: Event, now: datetime) -> Turn:
    """What follows from an event. Total: any event in any state gives a turn.

    ``now`` is local time; texts say the year of a date only when it is not this one.
    """
    if state.ended:
        return Turn(state, ())
    script = scripts.scripts.get(state.script)
    if script is None:
        return _gone(scripts, state, now)
    walk = Walk(scripts, script, state, now)
    match event:
        case Started():
            walk.enter(standing(script, state, scripts.rules))
        case Resumed():
            _resume(walk)
        case TimedOut(step):
            _time_out(walk, step)
        case Outcome(name, facts):
            _come_back(walk, name, facts)
        case Heard(reading):
            _hear(walk, reading)
        case Corrected(reading, earlier):
            _correct(walk, reading, earlier)
    return Turn(walk.state, tuple(walk.effects))


def _gone(scripts: Scripts, state: State, now: datetime) -> Turn:
    """The whole conversation was taken away."""
    said = say_notice(scripts, WENT_WRONG, {}, now.date())
    end = Finish("broken", None, state.facts)
    return Turn(replace(state, step=ENDED, fingerprint=""), (said, AskedPerson("script_broken"), end))


def _hear(walk: Walk, reading: Reading) -> None:
    if reading == Interrupted(InterruptKind.TALK_TO_PERSON):
        walk.effects.append(AskedPerson("asked"))
        return walk.tell(PERSON_COMING)
    step = _open(walk)
    if step is None:
        return None
    if isinstance(reading, Interrupted):
        return _interrupt(walk, step, reading.kind)
    if walk.state.fingerprint != step.fingerprint:
        return _ask_afresh(walk, step)
    match reading:
        case Answered():
            _answer(walk, step, reading, READ_BACK if reading.read_back else None)
        case Skipped():
            _skip(walk, step)
        case Unclear(candidates=candidates):
            misread(walk, step, candidates)


def _open(walk: Walk) -> Step | None:
    """The question that is open. Where the script no longer has it, the nearest one is asked instead."""
    step = walk.script.steps.get(walk.state.step)
    if step is not None and step.expects:
        return step
    if step is None:
        walk.drop_timer(step)
        walk.tell(QUESTION_CHANGED)
    walk.enter(standing(walk.script, walk.state, walk.scripts.rules))
    return None


def _ask_afresh(walk: Walk, step: Step) -> None:
    """The question is not the one that was answered: ask it as it is now."""
    walk.state = replace(walk.state, misses=0, fingerprint=step.fingerprint)
    walk.ask_again(step, QUESTION_CHANGED)


def _answer(walk: Walk, step: Step, reading: Answered, thanks: str | None) -> None:
    try:
        fact = to_fact(reading.value, step, walk.options(step))
    except Misfit:
        return misread(walk, step, ())
    _save(walk, step, fact)
    onward = route(step, answer_key(fact))
    walk.leave(step)
    if thanks and not _says(walk.script, onward, step.saves):
        walk.tell(thanks, answer=said_back(walk.scripts, step, reading.value, walk.now.date()))
    return walk.enter(onward)


def _save(walk: Walk, step: Step, fact: Fact) -> None:
    if step.saves is None:
        return
    walk.learn(**{step.saves: fact})
    if options := walk.options(step):
        words = next((option.words for option in options if option.value == fact), None)
        walk.learn(**{f"{step.saves}_words": words})


def _says(script: Script, name: str | None, fact: str | None) -> bool:
    """Whether the next step says this fact itself, so that it need not be read back."""
    step = script.steps.get(name or "")
    return step is not None and any(fact in placeholders(text) for text in step.say)


def _skip(walk: Walk, step: Step) -> None:
    if step.skip is None:
        return walk.ask_again(step, CANNOT_SKIP)
    _save(walk, step, None)
    walk.leave(step)
    return walk.enter(step.skip)


def _interrupt(walk: Walk, step: Step, kind: InterruptKind) -> None:
    if kind is InterruptKind.HELP and step.explain:
        walk.put(step, "explain", step.explain)
    elif kind is InterruptKind.HELP:
        walk.ask_again(step)
    elif kind is InterruptKind.BACK:
        _go_back(walk, step)
    elif kind is InterruptKind.CANCEL:
        _cancel(walk, step)
    # STOP, START and urgent words were handled before the engine was asked.


def _go_back(walk: Walk, step: Step) -> None:
    before = answered_last(walk.script, walk.state)
    if before is None:
        return walk.ask_again(step, CANNOT_GO_BACK)
    walk.drop_timer(step)
    _rewind(walk, before)
    return walk.ask(before)


def _rewind(walk: Walk, step: Step) -> None:
    """Stand at a step again as if it had not been answered."""
    history = walk.state.history
    kept = history[: len(history) - 1 - history[::-1].index(step.name)]
    walk.state = replace(walk.state, step=step.name, history=kept)


def _cancel(walk: Walk, step: Step) -> None:
    if CANCEL in step.then:
        walk.leave(step)
        return walk.enter(step.then[CANCEL])
    walk.drop_timer(step)
    walk.tell(CANCELLED)
    return walk.finish("cancelled")


def _correct(walk: Walk, reading: Reading, earlier: str) -> None:
    """A new answer to the step before takes the road it would have taken at first."""
    step = _open(walk)
    if step is None:
        return None
    if earlier and CORRECTED_ROAD in step.then:
        return _change_earlier(walk, step, earlier, reading)
    before = answered_last(walk.script, walk.state)
    if before is None or not isinstance(reading, Answered):
        return misread(walk, step, ())
    try:
        to_fact(reading.value, before, walk.options(before))
    except Misfit:
        return misread(walk, step, ())
    walk.drop_timer(step)
    _rewind(walk, before)
    return _answer(walk, before, reading, CORRECTED)


def _change_earlier(walk: Walk, step: Step, name: str, reading: Reading) -> None:
    """Another answer to a question further back, where all answers are being read back."""
    before = walk.script.steps.get(name)
    if before is None or not isinstance(reading, Answered):
        return misread(walk, step, ())
    try:
        fact = to_fact(reading.value, before, walk.options(before))
    except Misfit:
        return misread(walk, step, ())
    walk.drop_timer(step)
    _save(walk, before, fact)
    walk.leave(step)
    return walk.enter(step.then[CORRECTED_ROAD])


def _time_out(walk: Walk, name: str) -> None:
    step = _open(walk) if name == walk.state.step else None
    if step is not None and step.timeout:
        walk.enter(step.timeout.then)


def _come_back(walk: Walk, outcome: str, facts: Facts) -> None:
    step = walk.script.steps.get(walk.state.step)
    if step is None or step.do is None:
        return
    walk.learn(**facts)
    walk.state = replace(walk.state, outcomes={**walk.state.outcomes, step.name: outcome})
    walk.enter(route(step, outcome))


def _resume(walk: Walk) -> None:
    step = _open(walk)
    if step is None:
        return
    if walk.state.fingerprint != step.fingerprint:
        return _ask_afresh(walk, step)
    walk.ask_again(step, WHERE_WERE_WE)
