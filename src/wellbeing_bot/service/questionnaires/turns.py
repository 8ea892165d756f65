"""A round's turns: each text to it is answered, and an answer is filed only under the question it is to."""

from __future__ import annotations

from dataclasses import replace

from wellbeing_bot.conversation import Corrected, Event, Heard, Resumed, Started
from wellbeing_bot.questionnaires.asking import (
    AskingState,
    Closed,
    SendQuestion,
    accepts,
    answered,
    back,
    did,
    heard,
    hold,
    resume,
)
from wellbeing_bot.service import talking
from wellbeing_bot.service.questionnaires import answers, saying, watching
from wellbeing_bot.service.questionnaires.misreading import misread
from wellbeing_bot.service.questionnaires.network import asking_hour
from wellbeing_bot.service.questionnaires.prompts import finish, proceed, rules_of
from wellbeing_bot.service.questionnaires.rounds import Run, run_of
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Answer, ConversationRow
from wellbeing_bot.understanding.meaning import (
    Answered,
    AnswerKind,
    Interrupted,
    InterruptKind,
    Question,
    Reading,
    Skipped,
    Unclear,
    Value,
)


def question(work: Work, row: ConversationRow) -> Question | None:
    """The question that waits, or None while nothing does."""
    run = run_of(work, row)
    life = run.round.life
    if run.gone or not accepts(life, life.position, work.now, rules_of(work)):
        return None
    if not run.round.known:
        return Question(
            str(row.id),
            AnswerKind.YES_NO,
            saying.text(run),
            person=str(run.person.id),
            names=_names(run),
            asked_at=row.asked_at,
        )
    _, item = run.item(run.asked)
    found = item.question(str(row.id), person=str(run.person.id), asked_at=row.asked_at)
    return replace(found, names=_names(run))


def question_before(work: Work, row: ConversationRow) -> Question | None:
    """The question answered last, with its answer; None where there is nothing to put right."""
    run = run_of(work, row)
    position = run.round.life.position - 1
    if run.gone or position < 0 or question(work, row) is None:
        return None
    asked = run.round.questions[position]
    kept = answers.find(work.session, asked.asking, asked.item)
    if kept is None or kept.skipped:
        return None
    _, item = run.item(asked)
    found = item.question(str(row.id), person=str(run.person.id), asked_at=row.asked_at)
    return replace(found, names=_names(run), previous_answer=_said(kept, item.kind))


def _said(kept: Answer, kind: AnswerKind) -> Value | None:
    return kept.value if kind is AnswerKind.LIKERT else kept.number


def _names(run: Run) -> tuple[str, ...]:
    return (run.person.first_name,) if run.person.first_name else ()


def take(work: Work, row: ConversationRow, event: Event) -> None:
    """What follows from an event, and then all that is due."""
    run = run_of(work, row)
    if not run.gone:
        match event:
            case Heard(reading):
                _hear(run, reading)
            case Corrected(Answered(value)):
                _correct(run, value)
            case Resumed():
                _resume(run)
            case Started() | _:
                pass
    proceed(run)


def _hear(run: Run, reading: Reading) -> None:
    life = run.round.life
    if not accepts(life, life.position, run.work.now, rules_of(run.work)):
        return
    match reading:
        case Answered(value) if not run.round.known:
            _said_who(run, here=value is True)
        case Answered(value):
            _answer(run, value)
        case Skipped():
            _skip(run)
        case Unclear(candidates=candidates):
            misread(run, candidates)
        case Interrupted(kind):
            _interrupt(run, kind)


def _said_who(run: Run, *, here: bool) -> None:
    """Several people read this phone: it is, or is not, the one these questions are for."""
    life = heard(run.round.life, run.work.now)
    if here:
        run.round = replace(run.round, life=replace(life, question_out=False), known=True, misses=0)
    else:
        run.round = replace(run.round, life=life, misses=0)
        saying.say(run, "questions_other_person", {"first_name": run.person.first_name or saying.NAMELESS})


def _answer(run: Run, value: Value) -> None:
    asked = run.asked
    _, item = run.item(asked)
    try:
        number = item.number(value)
    except ValueError:
        return misread(run, ())
    answers.file(run.work, run.asking(asked), asked.item, number, item.words(number))
    _next(run, answered(run.round.life, run.work.now))
    return watching.look_at_answer(run, asked, number)


def _skip(run: Run) -> None:
    if not run.round.known:
        return _ask_again(run, "cannot_skip")
    answers.file(run.work, run.asking(run.asked), run.asked.item, None)
    return _next(run, answered(run.round.life, run.work.now))


def _next(run: Run, life: AskingState) -> None:
    run.round = replace(run.round, life=life, misses=0)


def _correct(run: Run, value: Value) -> None:
    """The answer before is put right; the question that is open stays open and is asked again."""
    asked = run.round.questions[run.round.life.position - 1]
    _, item = run.item(asked)
    try:
        number = item.number(value)
    except ValueError:
        return misread(run, ())
    answers.file(run.work, run.asking(asked), asked.item, number, item.words(number))
    _ask_again(run, "corrected", answer=item.words(number))
    return watching.look_at_answer(run, asked, number)


def _interrupt(run: Run, kind: InterruptKind) -> None:
    match kind:
        case InterruptKind.TALK_TO_PERSON:
            talking.ask_for_person(talking.Talk(run.work, run.row, run.address, run.person), "asked")
            _next(run, heard(run.round.life, run.work.now))
            saying.say(run, "person_coming")
        case InterruptKind.BACK if run.round.life.begun:
            _next(run, back(run.round.life, run.work.now))
        case InterruptKind.BACK:
            _ask_again(run, "cannot_go_back")
        case InterruptKind.CANCEL:
            _ask_again(run, "questions_may_end")
        case _:
            _ask_again(run, "questions_explained")


def _resume(run: Run) -> None:
    """They came back, or texted START: the question they were at, if it was ever sent."""
    life = run.round.life
    if accepts(life, life.position, run.work.now, rules_of(run.work)):
        run.round = replace(run.round, life=resume(life, run.work.now))
        _ask_again(run, "where_were_we")


def _ask_again(run: Run, lead: str, **facts: str) -> None:
    saying.question_after(run, lead, facts)
    life = heard(run.round.life, run.work.now)
    run.round = replace(run.round, life=did(life, SendQuestion(life.position), run.work.now))


def no_more(work: Work, row: ConversationRow) -> None:
    """They want no further questions. Texts about groups stay welcome."""
    run = run_of(work, row)
    saying.say(run, "questions_ended")
    finish(run, Closed.NO_MORE)


def later(work: Work, row: ConversationRow) -> None:
    """Not now: the question comes back tomorrow, and may be answered before."""
    run = run_of(work, row)
    life = heard(run.round.life, work.now)
    run.round = replace(run.round, life=hold(life, asking_hour(work, 1)))
    saying.say(run, "questions_later")
    proceed(run)
