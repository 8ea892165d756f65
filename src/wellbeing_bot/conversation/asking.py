"""The question that is open, as ``understanding`` wants it, and the one before it for corrections."""

from __future__ import annotations

from datetime import datetime

from wellbeing_bot.conversation.answers import options_of, to_value
from wellbeing_bot.conversation.edited import next_question
from wellbeing_bot.conversation.script import CORRECTED_ROAD, Script, Scripts, Step
from wellbeing_bot.conversation.state import State
from wellbeing_bot.conversation.words import fill
from wellbeing_bot.understanding.meaning import AnswerKind, Question, Value


def question(
    scripts: Scripts,
    state: State,
    *,
    id: str,
    reference: datetime,
    sender: str | None,
    person: str,
    asked_at: datetime | None,
) -> Question | None:
    """The question that waits, or None while nothing does.

    Where the script was changed meanwhile it is the question that will be asked instead, so that the text
    still finds its way to this conversation. ``reference`` is now as aware local time; ``sender`` the
    number texting in E.164; ``person`` an id.
    """
    if not state.fingerprint:
        return None
    script = scripts.scripts.get(state.script)
    step = next_question(script, state, scripts.rules) if script else None
    if script is None or step is None:
        return Question(id, AnswerKind.FREE_TEXT, "", reference=reference, person=person, asked_at=asked_at)
    return _question(scripts, script, step, state, None, id, reference, sender, person, asked_at)


def previous_question(
    scripts: Scripts,
    state: State,
    *,
    id: str,
    reference: datetime,
    sender: str | None,
    person: str,
    asked_at: datetime | None,
) -> Question | None:
    """The question answered last, with its answer, or None where there is nothing to correct."""
    script = scripts.scripts.get(state.script)
    step = answered_last(script, state) if script else None
    if script is None or step is None or step.saves is None:
        return None
    answer = to_value(state.facts.get(step.saves), step, options_of(scripts, script, step, state.facts))
    if answer is None:
        return None
    return _question(scripts, script, step, state, answer, id, reference, sender, person, asked_at)


def earlier_questions(
    scripts: Scripts, state: State, *, reference: datetime, person: str
) -> list[tuple[str, Question]]:
    """At a step that reads answers back: each question answered so far with its answer, the last first."""
    script = scripts.scripts.get(state.script)
    here = script.steps.get(state.step) if script else None
    if script is None or here is None or CORRECTED_ROAD not in here.then:
        return []
    found: dict[str, Question] = {}
    for name in reversed(state.history):
        step = script.steps.get(name)
        if step is None or step.saves is None or name in found:
            continue
        answer = to_value(state.facts.get(step.saves), step, options_of(scripts, script, step, state.facts))
        if answer is not None:
            found[name] = _question(scripts, script, step, state, answer, name, reference, None, person, None)
    return list(found.items())


def answered_last(script: Script, state: State) -> Step | None:
    """The step that BACK leads to, if the one that is open lets go."""
    here = script.steps.get(state.step)
    if here is None or not here.back:
        return None
    for name in reversed(state.history):
        step = script.steps.get(name)
        if step is not None and step.expects:
            return step
    return None


def _question(
    scripts: Scripts,
    script: Script,
    step: Step,
    state: State,
    previous_answer: Value | None,
    id: str,
    reference: datetime,
    sender: str | None,
    person: str,
    asked_at: datetime | None,
) -> Question:
    part, english = list(step.texts())[len(step.say) - 1]
    text = scripts.text(script.key(step, part), english)
    options = options_of(scripts, script, step, state.facts)
    return Question(
        id=id,
        kind=step.expects or AnswerKind.FREE_TEXT,
        prompt=fill(text, state.facts, script.types, scripts.language, reference.date()),
        options=tuple(option.words for option in options),
        aliases={option.words: option.also for option in options if option.also},
        reference=reference,
        sender=sender,
        previous_answer=previous_answer,
        scale=step.scale,
        person=person,
        names=step.names,
        asked_at=asked_at,
    )
