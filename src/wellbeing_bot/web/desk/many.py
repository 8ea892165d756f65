"""Writing to many: whom, what, what it costs; then it goes, once to each."""

from __future__ import annotations

from sqlalchemy import select
from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import COORDINATION
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.long_work import messages
from wellbeing_bot.service.long_work.messages import Reached
from wellbeing_bot.service.showing import activity_pages, person_pages
from wellbeing_bot.store import Group
from wellbeing_bot.web.desk import long_work
from wellbeing_bot.web.desk.page import Page, View

STATES = (
    ("waiting", "Everybody awaiting"),
    ("booked", "Everybody booked in"),
    ("active", "Everybody active"),
)


def audiences(view: View) -> list[tuple[str, str]]:
    """Whom one can write to, with the words for it."""
    workers = [
        (f"caseload:{person.id}", f"The people of {person.full_name}")
        for person in person_pages.link_workers(view.session, view.ours.id)
    ]
    groups = [(f"group:{group.id}", f"Who comes every week to {group.name}") for group in _groups(view)]
    counts = activity_pages.interest_counts(view.work)
    wishing = [
        (f"interest:{group.id}", f"Who would come to {group.name}")
        for group in _groups(view)
        if counts.get(group.id)
    ]
    states = [(f"state:{state}", words) for state, words in STATES]
    return [*states, *workers, *groups, *wishing, ("champions:all", "All champions")]


def _groups(view: View) -> list[Group]:
    return list(
        view.session.scalars(
            select(Group)
            .where(Group.network_id == view.ours.id, Group.ended_on.is_(None))
            .order_by(Group.name)
        )
    )


def show(view: View) -> Response:
    """Whom, and what?"""
    return _page(view)


def _page(view: View, reached: Reached | None = None, *, key: int = 0, error: str = "") -> Response:
    pence = (reached.parts if reached else 0) * view.settings.price_per_part_pence
    return view.show(
        "desk/many.html",
        status=400 if error else 200,
        audiences=audiences(view),
        to=view.text("to", 40),
        text=view.text("text", 1000),
        reached=reached,
        key=key,
        pounds=f"{pence / 100:.2f}",
        error=error,
    )


def preview(view: View) -> Response:
    """Who would get it, in how many parts, at what cost, and when. It waits for somebody to say go."""
    words = dict(audiences(view)).get(view.text("to", 40))
    try:
        if words is None:
            raise DeskError("choose whom to write to")
        people = messages.audience(view.work, view.text("to", 40))
        reached = messages.look_ahead(view.work, people, view.text("text", 1000))
    except DeskError as error:
        return _page(view, error=_sentence(error))
    view.looked("message_preview", people=list(reached.people)[:200])
    key = 0
    if reached.people:
        key = long_work.make(
            view,
            long_work.MESSAGE,
            words,
            content=view.desk.app.deployment.simplify(view.text("text", 1000)),
            args={"people": list(reached.people)},
            total=len(reached.people),
        )
    return _page(view, reached, key=key)


def _sentence(error: DeskError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


PAGES = (
    Page("GET", "/desk/messages", show, COORDINATION),
    Page("POST", "/desk/messages/preview", preview, COORDINATION),
)
