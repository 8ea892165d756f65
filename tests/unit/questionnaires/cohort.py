"""A made-up cohort: 500 people referred over six months, asked by the real plans and the real asking."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from wellbeing_bot.questionnaires.asking import (
    AskingState,
    Closed,
    Step,
    Wait,
    answered,
    did,
    end,
    next_step,
)
from wellbeing_bot.questionnaires.due import Ask, due, questions
from wellbeing_bot.questionnaires.instrument import Instrument, Number
from wellbeing_bot.questionnaires.loader import Instruments
from wellbeing_bot.questionnaires.plan_file import standard
from wellbeing_bot.questionnaires.plans import Begins, Mode, PastAsking, PersonState, Plans, Start
from wellbeing_bot.questionnaires.rows import PersonTime

FIRST_DAY = date(2026, 4, 6)
TODAY = FIRST_DAY + timedelta(days=182)
GROUPS = ["Tuesday walk", "Knit and natter", "Men's shed", "Lunch club", "Choir", "Allotment"]
CONCERNS = ["loneliness", "mental_health", "money", "bereavement"]


@dataclass
class Somebody:
    """One invented person: where they belong and how they reply."""

    id: str
    network: str
    start: Start
    groups: frozenset[str]
    keen: float  # chance of answering each question
    state: PersonState


def people(dice: random.Random, count: int) -> list[Somebody]:
    """Who is referred, when, with what; one small group is there on purpose."""
    found = []
    for number in range(count):
        concerns = frozenset(dice.sample(CONCERNS, dice.choice([0, 1, 1, 2])))
        start = Start(
            f"referral:{number}", Begins.REFERRAL, FIRST_DAY + timedelta(dice.randrange(180)), concerns
        )
        groups = frozenset(dice.sample(GROUPS, dice.choice([0, 1, 1, 2]))) | (
            {"Chess"} if number % 120 == 0 else set()
        )
        state = PersonState(starts=(start,), no_more=dice.random() < 0.03)
        keen = dice.choice([1.0, 1.0, 1.0, 0.9, 0.7, 0.0])
        found.append(
            Somebody(f"p{number}", dice.choice(["churchdown", "quedgeley"]), start, groups, keen, state)
        )
    return found


def simulate(everything: Instruments, seed: int = 7, count: int = 500) -> list[PersonTime]:
    """Every asking of the cohort, as rows."""
    dice = random.Random(seed)
    plans = standard(everything).plans
    rows: list[PersonTime] = []
    for body in people(dice, count):
        now = plans.local(body.start.on, time(12))
        end_of_time = plans.local(TODAY, time(12))
        while now < end_of_time:
            agenda = due(plans, everything.on, body.state, now)
            if agenda.ask:
                now = ask(dice, plans, everything.on, body, agenda.ask, now, end_of_time, rows)
            elif agenda.look_again:
                now = agenda.look_again
            else:
                break
    return rows


def ask(
    dice: random.Random,
    plans: Plans,
    on: Mapping[str, Instrument],
    body: Somebody,
    chosen: Ask,
    now: datetime,
    end_of_time: datetime,
    rows: list[PersonTime],
) -> datetime:
    """Live through one asking, write its rows, and say when it was over."""
    asked_on = now.date()
    order = questions(chosen, on)
    mode = chosen.mode if chosen.mode is Mode.READ_OUT else dice.choice([Mode.TEXT] * 9 + [Mode.READ_OUT])
    answers: dict[tuple[str, str], Number | None] = {}
    asking = AskingState(opened_at=now.astimezone(UTC), questions=len(order))
    while asking.closed is None and now < end_of_time:
        step: Step = next_step(asking, now)
        if not isinstance(step, Wait):
            asking = did(asking, step, now)
        elif asking.question_out and dice.random() < body.keen:
            instrument, item = order[asking.position]
            answers[instrument, item] = reply(dice, on[instrument], item)
            now += timedelta(minutes=dice.randrange(1, 40))
            asking = answered(asking, now)
        elif dice.random() < 0.02:
            asking = end(asking, Closed.NO_MORE)
        else:
            now = min(step.until or end_of_time, end_of_time)
    for name in chosen.instruments:
        given = {item: value for (instrument, item), value in answers.items() if instrument == name}
        rows.append(row(body, on[name], chosen, asked_on, now.date(), asking.closed, mode, given))
    body.state = replace(body.state, past=(*body.state.past, past(chosen, asked_on, mode, answers)))
    return now


def reply(dice: random.Random, instrument: Instrument, item: str) -> Number | None:
    """An answer, or now and then SKIP."""
    if dice.random() < 0.04:
        return None
    found = instrument.item(item)
    return dice.randint(int(found.lowest), int(found.highest))


def row(
    body: Somebody,
    instrument: Instrument,
    chosen: Ask,
    asked_on: date,
    closed_on: date,
    how: Closed | None,
    mode: Mode,
    answers: dict[str, Number | None],
) -> PersonTime:
    point = next(o.point for o in chosen.covers if o.instrument == instrument.id)
    return PersonTime(
        network=body.network,
        person=body.id,
        episode=body.start.id,
        instrument=instrument.id,
        version=instrument.version,
        point=point,
        asked_on=asked_on,
        closed_on=closed_on if how else None,
        how=how,
        mode=mode,
        answers=answers,
        groups=body.groups,
        concerns=body.start.concerns,
    )


def past(
    chosen: Ask, asked_on: date, mode: Mode, answers: dict[tuple[str, str], Number | None]
) -> PastAsking:
    return PastAsking(
        covers=frozenset(o.key for o in chosen.covers),
        instruments=frozenset(chosen.instruments),
        on=asked_on,
        answered=frozenset(instrument for (instrument, _), value in answers.items() if value is not None),
        mode=mode,
    )
