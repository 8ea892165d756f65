"""A loan from wish to return, and how many monitors are left."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select

from wellbeing_bot.service.monitors import asking
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.talking import close_questions
from wellbeing_bot.service.tasks import schedule
from wellbeing_bot.service.words import day_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Loan, Person
from wellbeing_bot.store.states import LoanState

OUT = (LoanState.ASKED, LoanState.PROMISED, LoanState.LENT, LoanState.SAID_BACK)
"""States in which a monitor is with somebody, or kept for them."""

OPEN = (LoanState.WAITING, *OUT)
CHASE_AT = time(10, 0)
SECOND_CHASE = timedelta(days=3)
THEN_A_PERSON = timedelta(days=6)


def open_loan(work: Work, person: Person) -> Loan | None:
    """The monitor somebody has, is to get, or waits for."""
    return work.session.scalar(
        select(Loan)
        .where(Loan.person_id == person.id, Loan.state.in_(OPEN))
        .order_by(Loan.id.desc())
        .limit(1)
    )


def left(work: Work) -> int:
    """How many monitors the network has left to lend."""
    out = work.session.scalar(
        select(func.count()).select_from(Loan).where(Loan.network_id == work.network.id, Loan.state.in_(OUT))
    )
    return work.settings.monitors - int(out or 0)


def ask_for(work: Work, person: Person, bring_to: str) -> Loan:
    """Somebody would like one: a champion is asked, or they wait until one comes back."""
    loan = Loan(
        network_id=work.network.id,
        person_id=person.id,
        state=LoanState.WAITING,
        bring_to=bring_to[:200],
        asked_at=work.now,
    )
    work.session.add(loan)
    work.session.flush()
    _begin(work, loan)
    return loan


def _begin(work: Work, loan: Loan) -> None:
    if left(work) > 0:
        loan.state = LoanState.ASKED
        work.session.flush()
        asking.ask_next(work, loan)


def hand_on(work: Work) -> None:
    """A monitor is free: whoever waits longest gets it, and is told."""
    waiting = work.session.scalars(
        select(Loan)
        .join(Person, Person.id == Loan.person_id)
        .where(
            Loan.network_id == work.network.id,
            Loan.state == LoanState.WAITING,
            Person.erased_at.is_(None),
        )
        .order_by(Loan.asked_at, Loan.id)
    ).all()
    for loan in waiting:
        if left(work) <= 0:
            return
        tell(work, loan.person, "monitor_free", {}, occurrence=f"monitor_free:{loan.id}")
        _begin(work, loan)


def lent(work: Work, loan: Loan) -> None:
    """It has been brought: it is due back on a day, and chased twice, then by a person."""
    loan.state = LoanState.LENT
    loan.lent_at = work.now
    loan.due_back = work.local_now.date() + timedelta(days=work.settings.monitor_loan_days)
    work.session.flush()
    facts = {"day": due_words(loan)}
    tell(work, loan.person, "monitor_with_you", facts, occurrence=f"monitor_with_you:{loan.id}")
    for number, after in enumerate((timedelta(0), SECOND_CHASE, THEN_A_PERSON), start=1):
        reminder = schedule(
            work,
            "monitor_chase",
            f"monitor_chase:{loan.id}:{number}",
            work.allowed(at_wall(work, loan.due_back + after, CHASE_AT)),
            person_id=loan.person_id,
        )
        reminder.payload = {"loan": loan.id, "number": number}


def at_wall(work: Work, day: date, wall: time) -> datetime:
    """A local day and time as a moment."""
    return datetime.combine(day, wall, tzinfo=work.zone).astimezone(UTC)


def due_words(loan: Loan) -> str:
    """``Monday 7 December``; nothing while it is not with them."""
    return day_words(loan.due_back, loan.person.language) if loan.due_back else ""


def said_back(work: Work, loan: Loan) -> None:
    """They say they have taken it back. It is not chased; it counts as out until somebody has it in hand."""
    loan.state = LoanState.SAID_BACK
    work.session.flush()


def returned(work: Work, loan: Loan) -> None:
    """It is back on the shelf: the next who waits gets it."""
    loan.state = LoanState.RETURNED
    loan.ended_at = work.now
    work.session.flush()
    hand_on(work)


def withdraw(work: Work, loan: Loan) -> None:
    """They do not want it any more, and nobody has set out with it."""
    asking.stand_down(work, loan)
    close_questions(work, subject=f"monitor:{loan.id}", outcome="withdrawn")
    loan.state = LoanState.WITHDRAWN
    loan.ended_at = work.now
    work.session.flush()
    hand_on(work)


def brought_by_hand(work: Work, loan: Loan) -> None:
    """One of the team took it there: whoever else was asked need not."""
    asking.stand_down(work, loan)
    lent(work, loan)
