"""Answers that a person must see: a task at once, and words of care before anything else is asked.

The limits are the network's own or the instrument's. A safety net, never a clinical cut-off, and nothing a
person said is repeated to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wellbeing_bot.questionnaires.asking import hold
from wellbeing_bot.questionnaires.instrument import Instrument, Level, Number
from wellbeing_bot.questionnaires.scoring import alarm, alarms
from wellbeing_bot.service.duty import raise_urgent
from wellbeing_bot.service.hearing.urgent import read_when
from wellbeing_bot.service.questionnaires import saying
from wellbeing_bot.service.questionnaires.network import asking_hour, watches_of
from wellbeing_bot.service.questionnaires.reporting import link_worker_of
from wellbeing_bot.service.questionnaires.rounds import Asked, Run
from wellbeing_bot.service.tasks import due_in, join, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Asking, Person, Task
from wellbeing_bot.store.states import Urgency

LOW_DUE_HOURS = 24
URGENT_DUE_HOURS = 4


def look_at_answer(run: Run, asked: Asked, value: Number) -> None:
    """One answer has come in."""
    instrument, item = run.item(asked)
    found = alarm(instrument, item.id, value, watches_of(run.work))
    if found is not None:
        tell_staff(run.work, run.person, run.asking(asked), found.level, _measure(instrument, item.id))
        _care(run, found.level)


def look_at_totals(
    run: Run, instrument: Instrument, asking: Asking, answers: Mapping[str, Number | None]
) -> None:
    """All of an instrument has been answered: what its totals come to."""
    level = worst(run.work, run.person, instrument, asking, answers, only_totals=True)
    if level is not None:
        _care(run, level)


def worst(
    work: Work,
    person: Person,
    instrument: Instrument,
    asking: Asking,
    answers: Mapping[str, Number | None],
    *,
    only_totals: bool = False,
) -> Level | None:
    """Raise what a whole asking needs raised, and say how pressing the most pressing of it is."""
    totals = {total.id for total in instrument.totals}
    levels = []
    for found in alarms(instrument, answers, watches_of(work)):
        if not only_totals or found.measure in totals:
            tell_staff(work, person, asking, found.level, _measure(instrument, found.measure))
            levels.append(found.level)
    return Level.URGENT if Level.URGENT in levels else next(iter(levels), None)


def tell_staff(work: Work, person: Person, asking: Asking, level: Level, what: str) -> Task:
    """A task, once for each level of an asking. It names the question and not the answer."""
    worker = link_worker_of(work, [asking])
    if level is Level.URGENT:
        task = raise_urgent(
            work,
            "urgent_answer",
            summary=f"A very worrying answer: {what}. They were given numbers. Please ring them today.",
            person=person,
            asking_id=asking.id,
            occurrence=f"urgent_answer:{asking.id}",
            due_at=due_in(work, URGENT_DUE_HOURS),
        )
    else:
        task = raise_task(
            work,
            "low_answer",
            urgency=Urgency.SOON,
            summary=f"A worrying answer: {what}. They were told that somebody will be in touch.",
            person=person,
            asking_id=asking.id,
            occurrence=f"low_answer:{asking.id}",
            due_at=due_in(work, LOW_DUE_HOURS),
            assigned_to=worker.full_name if worker else "",
        )
    if work.inbound is not None and work.inbound.address_id is not None:
        join(work, task, work.inbound)
    return task


def _measure(instrument: Instrument, id: str) -> str:
    return next((m.short or m.id for m in instrument.measures if m.id == id), id)


def _care(run: Run, level: Level) -> None:
    """Kind words, once for each level; after the most pressing no more is asked today."""
    if level.value in run.round.cared:
        return
    run.round = replace(run.round, cared=(*run.round.cared, level.value))
    numbers = run.work.settings.numbers
    if saying.may_be_read(run):
        saying.say(run, "care_shared", {"numbers": numbers.neutral})
    elif level is Level.URGENT:
        read = read_when(run.work, run.person)
        saying.say(run, "care_urgent", {"numbers": numbers.suicide, "read_when": read})
    else:
        saying.say(run, "care_low", {"numbers": numbers.talk})
    if level is Level.URGENT:
        run.round = replace(run.round, life=hold(run.round.life, asking_hour(run.work, 1)))
