"""What staff do about monitors: how many there are, and marking one as brought or returned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wellbeing_bot.service.desk.base import PERSON, Argument, DeskAction, DeskError, find
from wellbeing_bot.service.monitors import loans
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Loan, Person
from wellbeing_bot.store.states import LoanState


def set_monitors(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """How many monitors the network has in all. More of them go to whoever waits."""
    if not 0 <= args["count"] <= 1000:
        raise DeskError("write how many monitors there are, from 0 to 1000")
    work.network.settings = {**work.network.settings, "monitors": args["count"]}
    work.__dict__.pop("settings", None)  # it was read before the change
    work.session.flush()
    loans.hand_on(work)
    return {"monitors": args["count"], "left": loans.left(work)}


def monitor_brought(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody has taken it there: it is with the person now, and is due back."""
    loan = _loan(work, args)
    if loan.state not in {LoanState.ASKED, LoanState.PROMISED}:
        raise DeskError("that person is not waiting for a monitor to be brought")
    loans.brought_by_hand(work, loan)
    return {"loan": loan.id, "person": loan.person_id}


def monitor_returned(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """It is back on the shelf."""
    loan = _loan(work, args)
    if loan.state not in {LoanState.LENT, LoanState.SAID_BACK}:
        raise DeskError("that person has no monitor just now")
    loans.returned(work, loan)
    return {"loan": loan.id, "person": loan.person_id}


def withdraw_monitor(work: Work, args: Mapping[str, Any]) -> dict[str, Any]:
    """They do not want it any more."""
    loan = _loan(work, args)
    if loan.state in {LoanState.LENT, LoanState.SAID_BACK}:
        raise DeskError("it is with them already; mark it as returned when it is back")
    loans.withdraw(work, loan)
    return {"loan": loan.id, "person": loan.person_id}


def _loan(work: Work, args: Mapping[str, Any]) -> Loan:
    person = find(work, Person, args["person"], "person")
    loan = loans.open_loan(work, person)
    if loan is None:
        raise DeskError("that person has not asked for a monitor")
    return loan


ACTIONS: Mapping[str, DeskAction] = {
    "set_monitors": DeskAction(
        "How many blood pressure monitors there are to lend.",
        {"count": Argument("id", "how many in all")},
        set_monitors,
    ),
    "monitor_brought": DeskAction("A monitor was taken to a person.", {"person": PERSON}, monitor_brought),
    "monitor_returned": DeskAction("A person's monitor is back.", {"person": PERSON}, monitor_returned),
    "withdraw_monitor": DeskAction("A person wants no monitor.", {"person": PERSON}, withdraw_monitor),
}
