"""Finding a champion who takes a monitor to somebody: one at a time, then a person of the team."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlalchemy import func, or_, select

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.nearness import outward_code
from wellbeing_bot.service.people import person_is_held, reach
from wellbeing_bot.service.sending.outbox import tell
from wellbeing_bot.service.sending.quiet import reply_deadline
from wellbeing_bot.service.talking import close_questions
from wellbeing_bot.service.tasks import raise_task, schedule
from wellbeing_bot.service.words import day_words, when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Champion, Loan, LoanAsk, Person
from wellbeing_bot.store.states import ChampionState, LoanState, MeetingState, Urgency

WITHIN = timedelta(days=2)
"""A champion's answer is awaited at most half of this long."""

ASK_TAKEN_AT = time(18, 0)
"""On the day it is to be brought, the champion is asked then whether they did."""


def ask_next(work: Work, loan: Loan) -> bool:
    """Ask the next champion to take it there; when there is none, a person of the team does."""
    loan.round = max(loan.round, 1)
    asked_at = work.allowed(work.now)
    for champion in candidates(work, loan):
        address = reach(work, champion)
        if address is None or person_is_held(work, champion):
            continue
        settings = work.settings
        deadline = reply_deadline(
            asked_at, asked_at + WITHIN, settings.quiet_from, settings.quiet_until, work.zone
        )
        ask = LoanAsk(
            network_id=work.network.id,
            loan_id=loan.id,
            champion_id=champion.id,
            round=loan.round,
            asked_at=work.now,
            deadline=deadline,
        )
        work.session.add(ask)
        work.session.flush()
        _ask(work, ask)
        return True
    _by_hand(work, loan, "Nobody could be found to take a blood pressure monitor to them.")
    return False


def _ask(work: Work, ask: LoanAsk) -> None:
    from wellbeing_bot.service.talking import start  # the answer comes back here

    champion, loan = ask.champion, ask.loan
    address = reach(work, champion)
    assert address is not None
    reminder = schedule(
        work, "monitor_ask_deadline", f"monitor_ask:{ask.id}", ask.deadline, person_id=champion.id
    )
    reminder.payload = {"ask": ask.id}
    area = outward_code(loan.person.postcode or "")
    facts: dict[str, Fact] = {
        "ask": ask.id,
        "champion": champion.first_name or "there",
        "patient": loan.person.first_name or "somebody",
        "area": f" in {area}" if area else "",
        "by": when_words(ask.deadline, work.zone, champion.language),
    }
    start(work, "monitor_deliver", address, champion, facts, subject=f"monitor_ask:{ask.id}")


def candidates(work: Work, loan: Loan) -> list[Person]:
    """Champions who may be asked in this round: checks in date, not paused or away, fewest asks first."""
    today = work.local_now.date()
    asks = select(LoanAsk.champion_id, func.count().label("asks")).group_by(LoanAsk.champion_id).subquery()
    asked = select(LoanAsk.champion_id).where(LoanAsk.loan_id == loan.id)
    query = (
        select(Champion)
        .outerjoin(asks, asks.c.champion_id == Champion.person_id)
        .where(
            Champion.network_id == work.network.id,
            Champion.state == ChampionState.ACTIVE,
            Champion.dbs_until >= today,
            or_(Champion.badge_until.is_(None), Champion.badge_until >= today),
            or_(Champion.training_until.is_(None), Champion.training_until >= today),
            ~Champion.paused,
            Champion.person_id != loan.person_id,
            Champion.person_id.not_in(asked),
        )
        .order_by(func.coalesce(asks.c.asks, 0), Champion.entered_at, Champion.person_id)
    )
    people = [(row, work.session.get_one(Person, row.person_id)) for row in work.session.scalars(query)]
    return [person for row, person in people if not _away(row, today) and person.erased_at is None]


def _away(champion: Champion, day: date) -> bool:
    if champion.away_from is None or day < champion.away_from:
        return False
    return champion.away_until is None or day <= champion.away_until


def accept(work: Work, ask: LoanAsk) -> str:
    """A champion says yes: ``yes``, ``sorted`` (somebody else has it) or ``off``; late counts if free."""
    loan = ask.loan
    if loan.state is not LoanState.ASKED:
        return "sorted" if loan.state in {LoanState.PROMISED, LoanState.LENT} else "off"
    other = work.session.scalar(
        select(LoanAsk.id).where(
            LoanAsk.loan_id == loan.id, LoanAsk.state == MeetingState.ASKED, LoanAsk.id != ask.id
        )
    )
    if other is not None:
        return "sorted"
    ask.state = MeetingState.ACCEPTED
    loan.state = LoanState.PROMISED
    loan.champion_id = ask.champion_id
    work.session.flush()
    return "yes"


def decline(work: Work, ask: LoanAsk) -> None:
    """A champion says no: the next is asked."""
    if ask.state is MeetingState.ASKED:
        ask.state = MeetingState.DECLINED
        work.session.flush()
        if ask.loan.state is LoanState.ASKED:
            ask_next(work, ask.loan)


def ran_out(work: Work, ask: LoanAsk) -> None:
    """No answer in time: the next is asked. A late yes still counts while nobody else has it."""
    if ask.state is MeetingState.ASKED:
        ask.state = MeetingState.TIMED_OUT
        work.session.flush()
        if ask.loan.state is LoanState.ASKED:
            ask_next(work, ask.loan)


def will_bring(work: Work, ask: LoanAsk, day: date) -> None:
    """The day is known: the person is told, and the champion is asked that evening whether it went."""
    loan = ask.loan
    loan.bring_on = day
    work.session.flush()
    facts = {"champion": ask.champion.first_name, "day": day_words(day, loan.person.language)}
    tell(work, loan.person, "monitor_comes", facts, occurrence=f"monitor_comes:{ask.id}")
    from wellbeing_bot.service.monitors.loans import at_wall

    reminder = schedule(
        work,
        "monitor_taken",
        f"monitor_taken:{ask.id}",
        work.allowed(at_wall(work, day, ASK_TAKEN_AT)),
        person_id=ask.champion_id,
    )
    reminder.payload = {"ask": ask.id}


def not_brought(work: Work, ask: LoanAsk) -> None:
    """They did not get there after all: somebody else is asked, and the person is told so."""
    ask.state = MeetingState.WITHDRAWN
    loan = ask.loan
    if loan.state is LoanState.PROMISED and loan.champion_id == ask.champion_id:
        loan.state, loan.champion_id, loan.bring_on = LoanState.ASKED, None, None
        loan.round += 1
        work.session.flush()
        tell(work, loan.person, "monitor_delayed", {}, occurrence=f"monitor_delayed:{ask.id}")
        ask_next(work, loan)


def unclear(work: Work, ask: LoanAsk) -> None:
    """The champion does not say when, or whether they did: a person of the team finds out."""
    _by_hand(
        work, ask.loan, "A champion said yes to taking them a monitor, and we do not know when or whether."
    )


def stand_down(work: Work, loan: Loan) -> None:
    """It is not wanted any more: whoever was asked is told so."""
    rows = select(LoanAsk).where(
        LoanAsk.loan_id == loan.id, LoanAsk.state.in_([MeetingState.ASKED, MeetingState.ACCEPTED])
    )
    for ask in work.session.scalars(rows).all():
        ask.state = MeetingState.WITHDRAWN
        close_questions(work, subject=f"monitor_ask:{ask.id}", outcome="withdrawn")
        facts = {"patient": loan.person.first_name or "They"}
        tell(work, ask.champion, "monitor_not_needed", facts, occurrence=f"monitor_not_needed:{ask.id}")
    work.session.flush()


def _by_hand(work: Work, loan: Loan, summary: str) -> None:
    raise_task(
        work,
        "monitor_by_hand",
        urgency=Urgency.SOON,
        person=loan.person,
        occurrence=f"monitor_by_hand:{loan.id}:{loan.round}",
        due_at=work.now + timedelta(days=1),
        summary=f"{summary} Please see to it, and mark it as brought.",
    )
