"""Blood pressure monitors: who has one, who waits for one, and how many are left."""

from __future__ import annotations

from sqlalchemy import select
from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import TEAM
from wellbeing_bot.service.monitors import loans
from wellbeing_bot.store import Loan, Person
from wellbeing_bot.store.states import LoanState
from wellbeing_bot.web.desk.page import Page, View


def monitors(view: View) -> Response:
    """Every loan that is not over, the oldest first."""
    rows = list(
        view.session.scalars(
            select(Loan)
            .join(Person, Person.id == Loan.person_id)
            .where(Loan.network_id == view.ours.id, Loan.state.in_(loans.OPEN), Person.erased_at.is_(None))
            .order_by(Loan.asked_at, Loan.id)
        )
    )
    view.looked("monitors", people=[row.person_id for row in rows])
    return view.show(
        "desk/monitors.html",
        loans=rows,
        left=max(loans.left(view.work), 0),
        to_bring=(LoanState.ASKED, LoanState.PROMISED),
        with_them=(LoanState.LENT, LoanState.SAID_BACK),
        today=view.work.local_now.date(),
    )


PAGES = (Page("GET", "/desk/monitors", monitors, TEAM),)
