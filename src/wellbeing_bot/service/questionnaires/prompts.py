"""What a round does of its own accord: the purpose, the next question, a nudge, the end.

``questionnaires.asking`` decides; here it happens, unless the person is to be left in peace just now.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from wellbeing_bot.questionnaires.asking import (
    Close,
    Closed,
    Nudge,
    Rules,
    SendPurpose,
    SendQuestion,
    Wait,
    closing,
    did,
    end,
    next_step,
)
from wellbeing_bot.service.people import WHILE_HELD_AGAIN, may_text, person_is_held, reach
from wellbeing_bot.service.questionnaires import ending, saying
from wellbeing_bot.service.questionnaires.network import plans_of
from wellbeing_bot.service.questionnaires.rounds import Run, save
from wellbeing_bot.service.questionnaires.waking import wake_at
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Task

MOST_STEPS = 6
"""Purpose, question, end: more at one moment means that a rule goes round."""


def rules_of(work: Work) -> Rules:
    """The rhythm of an asking in this network."""
    plans = plans_of(work)
    return Rules(quiet=plans.quiet, zone=plans.zone)


def proceed(run: Run) -> None:
    """Do all that is due of a round now, keep it, and set when to look again."""
    until = go_on(run)
    if until is not None:
        wake_step(run, until)


def wake_step(run: Run, moment: datetime) -> None:
    """Look at a round at this moment."""
    wake_at(
        run.work,
        "questionnaire_step",
        f"questionnaire_step:{run.row.id}",
        moment,
        conversation_id=run.row.id,
        address_id=run.address.id,
        person_id=run.person.id,
    )


def go_on(run: Run) -> datetime | None:
    """Do all that is due of a round now and keep it. The moment to look again; None when it is over.

    Raises:
        RuntimeError: steps follow each other without end.
    """
    if run.gone:
        finish(run, Closed.CALLED_OFF)
        return None
    rules = rules_of(run.work)
    for spoken in range(MOST_STEPS):
        step = next_step(run.round.life, run.work.now, rules)
        if isinstance(step, Close):
            finish(run, step.how)
            return None
        if isinstance(step, Wait):
            save(run)
            return step.until
        if not spoken and (until := _peace_until(run, step, rules)):
            save(run)
            return until
        _say(run, step)
        run.round = replace(run.round, life=did(run.round.life, step, run.work.now))
    raise RuntimeError("a round of questions found no end")


def finish(run: Run, how: Closed) -> None:
    """End a round, whatever the reason."""
    run.round = replace(run.round, life=end(run.round.life, how))
    save(run)
    ending.end(run, how)


def _say(run: Run, step: SendPurpose | SendQuestion | Nudge) -> None:
    match step:
        case SendPurpose():
            saying.purpose(run)
        case SendQuestion():
            saying.question(run)
        case Nudge():
            left = len(run.round.questions) - run.round.life.position
            begun = run.round.life.begun
            saying.question_after(
                run, "questions_half_way" if begun else "questions_not_begun", {"left": left}
            )


def _peace_until(run: Run, step: SendPurpose | SendQuestion | Nudge, rules: Rules) -> datetime | None:
    """Until when nothing is said, although something is due. None: say it."""
    over = closing(run.round.life, rules)
    if run.round.life.reply_due and may_text(run.address):
        return None
    address = reach(run.work, run.person)
    if address is None:
        return over  # START brings the question back by itself
    run.address, run.row.address_id = address, address.id
    if person_is_held(run.work, run.person):
        return min(over, run.work.now + WHILE_HELD_AGAIN)
    if isinstance(step, Nudge) and _urgent_since(run):
        return over
    rested = _rested_at(run)
    return min(over, rested) if rested is not None and rested > run.work.now else None


def _urgent_since(run: Run) -> bool:
    """Somebody in distress is not reminded of a questionnaire; they may still answer it."""
    return (
        run.work.session.scalar(
            select(Task.id)
            .where(
                Task.kind == "urgent_words",
                Task.person_id == run.person.id,
                Task.raised_at >= run.round.life.opened_at,
            )
            .limit(1)
        )
        is not None
    )


def _rested_at(run: Run) -> datetime | None:
    """When somebody paused or bereaved may be asked again."""
    plans = plans_of(run.work)
    days = []
    if run.person.paused_until is not None:
        days.append(run.person.paused_until)
    if run.person.bereaved_on is not None:
        days.append(run.person.bereaved_on + timedelta(days=plans.bereavement_rest_days + 1))
    return plans.local(max(days), plans.ask_at).astimezone(UTC) if days else None
