"""Monitors: asking for one, and a champion's answers about taking it there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, number, person_of, text
from wellbeing_bot.service.monitors import asking, loans
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.store import LoanAsk
from wellbeing_bot.store.states import LoanState


def may_lend(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Whether monitors are lent at all, and whether they have one or wait for one already."""
    work, person = talk.work, person_of(talk)
    loan = loans.open_loan(work, person)
    if loan is not None:
        return Outcome("has_one" if loan.state is LoanState.LENT else "asked_already")
    if work.settings.monitors <= 0:
        raise_task(
            work,
            "monitor_wanted",
            person=person,
            address=talk.address,
            occurrence=f"monitor_wanted:{person.id}:{work.local_now.date()}",
            due_at=due_in(work, 48),
            summary="Would like to borrow a blood pressure monitor, and we have none to lend.",
        )
        return Outcome("not_lent")
    return Outcome("yes")


def ask_for_monitor(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Ask a champion to take one there; they wait when none is left."""
    loan = loans.ask_for(talk.work, person_of(talk), text(args, "pick_up"))
    return Outcome("waiting" if loan.state is LoanState.WAITING else "asking")


def accept_delivery(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """A champion will take it there; only now is the address said."""
    ask = _ask(talk, args)
    outcome = asking.accept(talk.work, ask)
    return Outcome(outcome, {"bring_to": ask.loan.bring_to} if outcome == "yes" else {})


def decline_delivery(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """A champion can't; the next is asked."""
    asking.decline(talk.work, _ask(talk, args))
    return Outcome("done")


def delivery_day(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The day it is brought; the person is told."""
    day = date.fromisoformat(text(args, "day"))
    if day < talk.work.local_now.date():
        return Outcome("past")
    asking.will_bring(talk.work, _ask(talk, args), day)
    return Outcome("done")


def delivery_unclear(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They did not say when, or whether; a person finds out."""
    asking.unclear(talk.work, _ask(talk, args))
    return Outcome("done")


def delivered(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The champion took it there."""
    loan = _ask(talk, args).loan
    if loan.state is LoanState.PROMISED:
        loans.lent(talk.work, loan)
    return Outcome("done")


def not_delivered(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The champion did not get there; somebody else is asked."""
    asking.not_brought(talk.work, _ask(talk, args))
    return Outcome("done")


def _ask(talk: Talk, args: Mapping[str, Fact]) -> LoanAsk:
    return talk.work.session.get_one(LoanAsk, number(args, "ask"))


ACTIONS = (
    action(
        "may_lend",
        "Whether a monitor can be lent to them.",
        may_lend,
        gives={"yes": {}, "has_one": {}, "asked_already": {}, "not_lent": {}},
    ),
    action(
        "ask_for_monitor",
        "Asks a champion to take a monitor there; they wait when none is left.",
        ask_for_monitor,
        takes={"pick_up": "text"},
        gives={"asking": {}, "waiting": {}},
    ),
    action(
        "accept_delivery",
        "A champion will take it there.",
        accept_delivery,
        takes={"ask": "number"},
        gives={"yes": {"bring_to": "text"}, "sorted": {}, "off": {}},
    ),
    action("decline_delivery", "A champion can't take it there.", decline_delivery, takes={"ask": "number"}),
    action(
        "delivery_day",
        "The day a champion takes it there.",
        delivery_day,
        takes={"ask": "number", "day": "date"},
        gives={"done": {}, "past": {}},
    ),
    action(
        "delivery_unclear",
        "Raises a task: it is not known when or whether it was taken there.",
        delivery_unclear,
        takes={"ask": "number"},
    ),
    action("delivered", "The champion took it there.", delivered, takes={"ask": "number"}),
    action("not_delivered", "The champion did not get there.", not_delivered, takes={"ask": "number"}),
)
