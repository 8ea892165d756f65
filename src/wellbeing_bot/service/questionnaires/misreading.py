"""An answer that was not understood: once more in other words, then plainly, then a person. Never a guess."""

from __future__ import annotations

from dataclasses import replace

from wellbeing_bot.questionnaires.asking import SendQuestion, did, heard
from wellbeing_bot.questionnaires.instrument import Item
from wellbeing_bot.service import talking
from wellbeing_bot.service.questionnaires import saying
from wellbeing_bot.service.questionnaires.rounds import Run
from wellbeing_bot.understanding.meaning import Value

GIVE_UP = 3


def misread(run: Run, candidates: tuple[Value, ...]) -> None:
    """What follows. The question stays open and can still be answered."""
    life = heard(run.round.life, run.work.now)
    misses = run.round.misses + 1
    run.round = replace(run.round, life=life, misses=misses)
    if misses == 1 and len(candidates) == 2:
        first, second = (str(value) for value in candidates)
        return _once_more(run, "which_of_two", first=first, second=second)
    talk = talking.Talk(run.work, run.row, run.address, run.person)
    talking.keep_misunderstood(talk, saying.key(run).removeprefix("questionnaire."))
    if misses >= GIVE_UP:
        if misses == GIVE_UP:
            talking.ask_for_person(talk, "not_understood")
        return saying.say(run, "handed_over" if misses == GIVE_UP else "kept")
    if not run.round.known:
        saying.question_after(run, "not_understood")
        run.round = replace(run.round, life=did(life, SendQuestion(life.position), run.work.now))
        return None
    _, item = run.item(run.asked)
    return _plainly(run, item, again=misses == 2)


def _plainly(run: Run, item: Item, *, again: bool) -> None:
    if item.scale:
        lines = saying.answers_as_lines(item)
        return _once_more(run, "reply_with_number" if again else "questions_reply_words", options=lines)
    ends = {"lowest": f"{item.lowest}", "highest": f"{item.highest}"}
    return _once_more(run, "questions_reply_number_again" if again else "questions_reply_number", **ends)


def _once_more(run: Run, notice: str, **facts: str) -> None:
    """Asked in other words: it counts as a prompt."""
    saying.say(run, notice, facts, question=True)
    life = run.round.life
    run.round = replace(run.round, life=did(life, SendQuestion(life.position), run.work.now))
