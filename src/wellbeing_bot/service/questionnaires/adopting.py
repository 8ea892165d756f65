"""Askings that stand on the record already, half answered or to come: they are carried on like any other."""

from __future__ import annotations

from datetime import datetime, timedelta

from wellbeing_bot.questionnaires.asking import AskingState as Life
from wellbeing_bot.questionnaires.asking import Closed, Nudge, did, next_step
from wellbeing_bot.questionnaires.due import held
from wellbeing_bot.questionnaires.plans import Mode
from wellbeing_bot.service.people import is_shared, person_is_held
from wellbeing_bot.service.questionnaires import answers
from wellbeing_bot.service.questionnaires.ending import close_asking
from wellbeing_bot.service.questionnaires.looking import somebody_is_asked
from wellbeing_bot.service.questionnaires.network import asking_hour, library, plans_of
from wellbeing_bot.service.questionnaires.opening import (
    begin_round,
    open_by_text,
    open_read_out,
    questions_of,
)
from wellbeing_bot.service.questionnaires.prompts import rules_of, wake_step
from wellbeing_bot.service.questionnaires.rounds import Round, run_of
from wellbeing_bot.service.questionnaires.starts import MODES, reach_alone, state_of
from wellbeing_bot.service.questionnaires.waking import wake_at
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Asking, Person, Reminder
from wellbeing_bot.store.states import AskingState

GOOD_FOR = timedelta(days=28)
"""So long after it was due an asking is still begun."""


def adopt(work: Work, asking: Asking) -> None:
    """Carry on with an asking that was put on the record from outside. What is over stays as it is."""
    if library(work).instrument(asking.instrument) is None:
        return
    if asking.state is AskingState.PLANNED:
        _wait(work, asking, asking.due_at)
    elif asking.state is AskingState.OPEN and asking.conversation_id is None:
        _carry_on(work, asking)


def _wait(work: Work, asking: Asking, moment: datetime) -> None:
    occurrence = f"questionnaire_planned:{asking.id}"
    reminder = wake_at(work, "questionnaire_planned", occurrence, moment, person_id=asking.person_id)
    reminder.payload = {"asking": asking.id}


def _carry_on(work: Work, asking: Asking) -> None:
    person = work.session.get_one(Person, asking.person_id)
    address = reach_alone(work, person)
    if MODES[asking.mode] is Mode.READ_OUT or address is None:
        open_read_out(work, person, [asking])
        return
    questions = questions_of(work, [asking])
    done = answers.of_asking(work.session, asking)
    position = next((at for at, asked in enumerate(questions) if asked.item not in done), len(questions))
    opened = asking.opened_at or work.now
    life = Life(
        opened_at=opened,
        questions=len(questions),
        position=position,
        purpose_sent=True,
        question_out=position < len(questions),
        last_prompt_at=asking.last_prompt_at or opened,
        unanswered=1,
    )
    known = position > 0 or not is_shared(work, address)
    row = begin_round(work, person, address, [asking], Round(_as_it_went(work, life), questions, known))
    wake_step(run_of(work, row), work.now)


def _as_it_went(work: Work, life: Life) -> Life:
    """A nudge that was due before the story begins has been sent by then; nothing is sent now."""
    step = next_step(life, work.now, rules_of(work))
    return did(life, step, work.now) if isinstance(step, Nudge) else life


def begin_planned(work: Work, reminder: Reminder) -> datetime | None:
    """Its time has come: ask, unless the person is to be left in peace, and then another day."""
    asking = work.session.get_one(Asking, int(reminder.payload["asking"]))
    if asking.state is not AskingState.PLANNED:
        return None
    person = work.session.get_one(Person, asking.person_id)
    if person.erased_at is not None or person.under_16 or work.now >= asking.due_at + GOOD_FOR:
        close_asking(work, asking, Closed.INCOMPLETE)
        return None
    address = reach_alone(work, person)
    waits = held(plans_of(work), state_of(work, person), work.local_now) or person_is_held(work, person)
    if waits or (address is not None and somebody_is_asked(work, address)):
        return asking_hour(work, 1)
    if address is None or MODES[asking.mode] is Mode.READ_OUT:
        open_read_out(work, person, [asking])
    else:
        open_by_text(work, person, address, [asking])
    return None
