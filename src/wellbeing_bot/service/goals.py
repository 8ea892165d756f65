"""Goals: one small thing this week, in words agreed with a link worker, asked about on a date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.desk.base import PERSON, Argument, DeskAction, DeskError, find, optional
from wellbeing_bot.service.people import WHILE_HELD_AGAIN, is_shared, person_is_held, reach
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.talking import close_questions
from wellbeing_bot.service.tasks import raise_task, schedule
from wellbeing_bot.service.words import day_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Goal, Person, Reminder
from wellbeing_bot.store.states import GoalState, Urgency

REVIEW_AFTER = timedelta(days=7)
REVIEW_AT = time(10, 30)
"""On the day, at a time when most people are up and about. Local."""

STILL_ASKED = timedelta(days=7)
"""So long after the date it still makes sense to ask."""

LONGEST = 160


def goals_of(work: Work, person: Person) -> list[Goal]:
    """Everything somebody set out to do, the last one first, with how it went."""
    return list(
        work.session.scalars(
            select(Goal)
            .where(Goal.person_id == person.id, Goal.network_id == work.network.id)
            .order_by(Goal.set_at.desc(), Goal.id.desc())
        )
    )


def set_goal(
    work: Work, person: Person, words: str, *, by: str, by_text: bool = False, on: date | None = None
) -> Goal:
    """Keep a goal and plan the question about it; what was to be asked about before is let go.

    Args:
        work: the unit of work.
        person: whose it is.
        words: one small thing, in plain words.
        by: the link worker.
        by_text: they chose the words themselves, by text.
        on: the local day to ask; a week from today where none is given.
    """
    for earlier in goals_of(work, person):
        if earlier.state is GoalState.SET:
            drop(work, earlier)
    day = on or work.local_now.date() + REVIEW_AFTER
    goal = Goal(
        network_id=work.network.id,
        person_id=person.id,
        words=words.strip()[:LONGEST],
        by=by,
        by_text=by_text,
        set_at=work.now,
        review_at=work.allowed(datetime.combine(day, REVIEW_AT, tzinfo=work.zone).astimezone(UTC)),
        state=GoalState.SET,
    )
    work.session.add(goal)
    work.session.flush()
    reminder = schedule(
        work,
        "goal_review",
        f"goal_review:{goal.id}",
        goal.review_at,
        expires_at=goal.review_at + STILL_ASKED,
        person_id=person.id,
    )
    reminder.payload = {"goal": goal.id}
    return goal


def drop(work: Work, goal: Goal) -> None:
    """It is not asked about any more."""
    goal.state = GoalState.DROPPED
    close_questions(work, subject=f"goal:{goal.id}", outcome="dropped")
    work.session.flush()


def review_words(work: Work, goal: Goal) -> str:
    """The day it is asked about: ``Monday 30 November``."""
    return day_words(goal.review_at.astimezone(work.zone).date(), goal.person.language)


def shown(work: Work, address: AddressRow, goal: Goal) -> str:
    """The goal as it may stand in a text there: what somebody wishes for is not for others to read."""
    if address.unsafe or is_shared(work, address):
        return "the thing you chose"
    return goal.words


def ask_review(work: Work, reminder: Reminder) -> datetime | None:
    """How did it go?"""
    from wellbeing_bot.service.talking import start  # the answer comes back here

    goal = work.session.get_one(Goal, int(reminder.payload["goal"]))
    person = goal.person
    if goal.state is not GoalState.SET:
        return None
    if person.away_on(work.local_now.date()):
        return work.allowed(work.now + timedelta(days=1))
    if person_is_held(work, person):
        return work.now + WHILE_HELD_AGAIN
    address = reach(work, person)
    if address is None:
        raise_task(
            work,
            "goal_by_phone",
            person=person,
            occurrence=f"goal_by_phone:{goal.id}",
            assigned_to=goal.by,
            summary="It is time to ask how their one small thing went, and they cannot be texted.",
        )
        return None
    goal.state = GoalState.ASKED
    facts: dict[str, Fact] = {
        "goal": goal.id,
        "first_name": person.first_name or "there",
        "goal_words": shown(work, address, goal),
        "link_worker": goal.by or "our team",
    }
    start(work, "goal_review", address, person, facts, subject=f"goal:{goal.id}")
    return None


def reviewed(work: Work, goal: Goal, state: GoalState, *, score: int | None = None, said: str = "") -> None:
    """Keep how it went."""
    goal.state = state
    goal.score = score
    goal.said = said
    goal.reviewed_at = work.now
    work.session.flush()


def wants_a_word(work: Work, goal: Goal) -> None:
    """It did not go, and they would like to talk to their link worker."""
    raise_task(
        work,
        "goal_help",
        urgency=Urgency.SOON,
        person=goal.person,
        occurrence=f"goal_help:{goal.id}",
        due_at=work.now + timedelta(days=2),
        assigned_to=goal.by,
        summary="Has not got to their one small thing, and would like a word about it.",
    )


def put_goal(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """A link worker sets a goal; the person is told it once."""
    person = find(work, Person, args["person"], "person")
    words = args["goal"].strip()
    if not words or len(words) > LONGEST:
        raise DeskError(f"write the one small thing in at most {LONGEST} letters")
    on = date.fromisoformat(args["review_on"]) if args.get("review_on") else None
    if on is not None and on <= work.local_now.date():
        raise DeskError("that day is not to come; choose a later one to ask how it went")
    goal = set_goal(work, person, words, by=work.actor, on=on)
    address = reach(work, person)
    facts = {
        "goal": shown(work, address, goal) if address else goal.words,
        "when": review_words(work, goal),
    }
    tell(work, person, "goal_set", facts, occurrence=f"goal_set:{goal.id}", expires_at=goal.review_at)
    return {"goal": goal.id, "person": person.id, "review_on": goal.review_at.date().isoformat()}


def ask_goal(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Ask somebody by text what one small thing they would like to do."""
    from wellbeing_bot.service.talking import start  # the answer comes back here

    person = find(work, Person, args["person"], "person")
    address = reach(work, person)
    if address is None:
        raise DeskError("they cannot be texted; ring them, and set the goal you agree on")
    facts = {"first_name": person.first_name or "there", "link_worker": work.actor}
    row = start(work, "goal_ask", address, person, facts)
    return {"conversation": row.id, "person": person.id}


def drop_goal(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """A goal is let go: nothing more is asked about it."""
    goal = find(work, Goal, args["goal"], "goal")
    if goal.state in {GoalState.SET, GoalState.ASKED}:
        drop(work, goal)
    return {"goal": goal.id, "person": goal.person_id}


ACTIONS: Mapping[str, DeskAction] = {
    "set_goal": DeskAction(
        "One small thing for the week: a person is told it, and asked about it on a day.",
        {
            "person": PERSON,
            "goal": Argument("text", "one small thing, in plain words"),
            "review_on": optional("date", "when to ask how it went; in a week if left out"),
        },
        put_goal,
    ),
    "ask_goal": DeskAction(
        "Ask a person by text what one small thing they would like to do.", {"person": PERSON}, ask_goal
    ),
    "drop_goal": DeskAction("Let a goal go.", {"goal": Argument("id", "the goal's number")}, drop_goal),
}
KINDS = {"goal_review": ask_review}
