"""A text that was not understood: asked once more, then offered plainly, then a person. Never a guess."""

from __future__ import annotations

from dataclasses import replace

from wellbeing_bot.conversation.answers import as_lines, said_back
from wellbeing_bot.conversation.effects import AskedPerson, NotUnderstood
from wellbeing_bot.conversation.notices import say_notice
from wellbeing_bot.conversation.own_words import (
    HANDED_OVER,
    KEPT,
    NOT_UNDERSTOOD,
    REPLY_WITH_NUMBER,
    REPLY_YES_OR_NO,
    WHICH_OF_TWO,
)
from wellbeing_bot.conversation.script import Step
from wellbeing_bot.conversation.walk import Walk
from wellbeing_bot.understanding.meaning import AnswerKind, Value


def misread(walk: Walk, step: Step, candidates: tuple[Value, ...]) -> None:
    """What follows when an answer could not be read. The step stays open and can still be answered."""
    misses = walk.state.misses + 1
    walk.state = replace(walk.state, misses=misses)
    if misses == 1 and len(candidates) == 2:
        return _which_of_two(walk, step, candidates)
    walk.effects.append(NotUnderstood(step.name))
    if misses == 1:
        return _once_more(walk, step)
    if misses == 2 and step.stuck:
        walk.drop_timer(step)
        return walk.enter(step.stuck)
    if misses == 2 and _can_be_offered(walk, step):
        return _offer_plainly(walk, step)
    return _hand_over(walk, step, misses)


def _which_of_two(walk: Walk, step: Step, candidates: tuple[Value, ...]) -> None:
    first, second = (said_back(walk.scripts, step, value, walk.now.date()) for value in candidates)
    _put_notice(walk, step, WHICH_OF_TWO, first=first, second=second)


def _once_more(walk: Walk, step: Step) -> None:
    if step.again:
        walk.put(step, "again", step.again)
    else:
        walk.ask_again(step, NOT_UNDERSTOOD)


def _can_be_offered(walk: Walk, step: Step) -> bool:
    return step.expects is AnswerKind.YES_NO or bool(walk.options(step))


def _offer_plainly(walk: Walk, step: Step) -> None:
    if step.expects is AnswerKind.YES_NO:
        return _put_notice(walk, step, REPLY_YES_OR_NO)
    return _put_notice(walk, step, REPLY_WITH_NUMBER, options=as_lines(walk.options(step)))


def _hand_over(walk: Walk, step: Step, misses: int) -> None:
    """A person is told once; later texts are put with it, and nothing is asked any more."""
    told_at = 3 if _can_be_offered(walk, step) else 2
    if misses == told_at:
        walk.effects.append(AskedPerson("not_understood"))
        return walk.tell(HANDED_OVER)
    return walk.tell(KEPT)


def _put_notice(walk: Walk, step: Step, name: str, **facts: str) -> None:
    notice = say_notice(walk.scripts, name, facts, walk.now.date())
    walk.put_words(step, notice.key, notice.text)
