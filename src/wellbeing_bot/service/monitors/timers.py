"""What falls due about monitors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.monitors import asking
from wellbeing_bot.service.people import WHILE_HELD_AGAIN, person_is_held, reach
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.tasks import raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Loan, LoanAsk, Reminder
from wellbeing_bot.store.states import LoanState


def ask_deadline(work: Work, reminder: Reminder) -> datetime | None:
    """A champion did not answer in time."""
    asking.ran_out(work, work.session.get_one(LoanAsk, int(reminder.payload["ask"])))
    return None


def ask_taken(work: Work, reminder: Reminder) -> datetime | None:
    """Did the champion take it there?"""
    ask = work.session.get_one(LoanAsk, int(reminder.payload["ask"]))
    if ask.loan.state is not LoanState.PROMISED or ask.loan.champion_id != ask.champion_id:
        return None
    address = reach(work, ask.champion)
    if address is None:
        asking.unclear(work, ask)
        return None
    if person_is_held(work, ask.champion):
        return work.now + WHILE_HELD_AGAIN
    facts: dict[str, Fact] = {
        "ask": ask.id,
        "champion": ask.champion.first_name or "there",
        "patient": ask.loan.person.first_name or "them",
    }
    start(work, "monitor_taken", address, ask.champion, facts, subject=f"monitor_ask:{ask.id}")
    return None


def chase(work: Work, reminder: Reminder) -> datetime | None:
    """It is due back: two texts, then a person."""
    loan = work.session.get_one(Loan, int(reminder.payload["loan"]))
    number = int(reminder.payload["number"])
    if loan.state is not LoanState.LENT:
        return None
    if number > 2 or reach(work, loan.person) is None:
        raise_task(
            work,
            "monitor_not_back",
            person=loan.person,
            occurrence=f"monitor_not_back:{loan.id}",
            due_at=work.now + timedelta(days=2),
            summary="The blood pressure monitor they were lent has not come back. Please ring them.",
        )
        return None
    if loan.person.away_on(work.local_now.date()):
        return work.allowed(work.now + timedelta(days=1))
    notice = "monitor_due" if number == 1 else "monitor_due_again"
    tell(work, loan.person, notice, {}, occurrence=f"{notice}:{loan.id}")
    return None


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {
    "monitor_ask_deadline": ask_deadline,
    "monitor_taken": ask_taken,
    "monitor_chase": chase,
}
