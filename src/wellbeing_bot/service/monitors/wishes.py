"""Texts about a monitor: one is wanted, it has gone back, or somebody texts a reading."""

from __future__ import annotations

from wellbeing_bot.service.monitors import loans
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import close, open_conversations, start
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, InboundRow, Loan, Person
from wellbeing_bot.store.states import LoanState, Urgency
from wellbeing_bot.understanding.monitor_words import (
    asks_monitor,
    is_reading,
    monitor_back,
    monitor_trouble,
    monitor_unwanted,
)

SCRIPT = "monitor_loan"


def hear(work: Work, inbound: InboundRow, address: AddressRow, person: Person) -> bool:
    """True when a text was about a monitor. Whatever sounds urgent has been answered before this."""
    said = inbound.text
    loan = loans.open_loan(work, person)
    if loan is not None and loan.state is LoanState.LENT and monitor_back(said):
        loans.said_back(work, loan)
        raise_task(
            work,
            "monitor_back",
            person=person,
            address=address,
            occurrence=f"monitor_back:{loan.id}",
            summary="Says the blood pressure monitor is back. Please look for it, and mark it as returned.",
            inbound=inbound,
        )
        reply(work, address, "monitor_thanks", person=person)
        return True
    if monitor_unwanted(said) and _wants_none(work, address, person, loan):
        return True
    if loan is not None and loan.state is LoanState.LENT and monitor_trouble(said):
        _in_trouble(work, inbound, address, person, loan)
        return True
    if asks_monitor(said):
        start(work, SCRIPT, address, person, {})
        return True
    if is_reading(said):
        reply(work, address, "monitor_reading", person=person)
        return True
    return False


def _in_trouble(work: Work, inbound: InboundRow, address: AddressRow, person: Person, loan: Loan) -> None:
    """It does not work, or they ask how to use it: no computer should guess."""
    raise_task(
        work,
        "monitor_trouble",
        urgency=Urgency.SOON,
        person=person,
        address=address,
        occurrence=f"monitor_trouble:{loan.id}:{work.local_now.date()}",
        due_at=due_in(work, 24),
        summary="Writes about the blood pressure monitor they have: it does not work, or how to use it.",
        inbound=inbound,
    )
    reply(work, address, "monitor_trouble", person=person)


def _wants_none(work: Work, address: AddressRow, person: Person, loan: Loan | None) -> bool:
    """They want none any more: what was asked about it ends, and nobody sets out with it.

    One that they have is to come back, and they are told where to.
    """
    if loan is not None and loan.state in {LoanState.LENT, LoanState.SAID_BACK}:
        reply(work, address, "monitor_hand_in", person=person)
        return True
    asked = [row for row in open_conversations(work, address) if row.script == SCRIPT]
    for row in asked:
        close(work, row, "not_wanted")
    if loan is not None:
        loans.withdraw(work, loan)
    if loan is None and not asked:
        return False
    reply(work, address, "monitor_not_wanted", person=person)
    return True
