"""What the bot says, each conversation as its diagram, and texts that were not understood."""

from __future__ import annotations

from sqlalchemy import select
from starlette.responses import Response

from wellbeing_bot.conversation.draw import mermaid
from wellbeing_bot.service.accounts.roles import COORDINATION, TEAM
from wellbeing_bot.store import InboundRow, Misunderstood
from wellbeing_bot.web.desk.page import Page, View

MOST = 100


def words(view: View) -> Response:
    """Every conversation and every notice, in the network's own words where it has some."""
    scripts = view.work.scripts_for(None)
    notices = [
        (notice, [(part, scripts.text(notice.key(part), text)) for part, text in notice.texts()])
        for notice in scripts.notices.values()
    ]
    return view.show(
        "desk/words.html",
        scripts=sorted(scripts.scripts.values(), key=lambda script: script.name),
        notices=notices,
        own=view.settings.wording,
        waiting=_waiting(view)[1],
    )


def conversation(view: View) -> Response:
    """One conversation: its diagram, and the words of every step."""
    scripts = view.work.scripts_for(None)
    script = scripts.scripts.get(view.request.path_params["name"])
    if script is None:
        return view.show("desk/refused.html", status=404, status_code=404)
    steps = [(step, list(step.texts()), list(step.leads_to())) for step in script.steps.values()]
    return view.show("desk/conversation.html", script=script, diagram=mermaid(script), steps=steps)


def _waiting(view: View) -> tuple[list[tuple[Misunderstood, InboundRow]], int]:
    found = view.session.execute(
        select(Misunderstood, InboundRow)
        .join(InboundRow, InboundRow.id == Misunderstood.inbound_id)
        .where(Misunderstood.network_id == view.ours.id, Misunderstood.done_at.is_(None))
        .order_by(Misunderstood.id.desc())
        .limit(MOST)
    ).all()
    return [(row, inbound) for row, inbound in found], len(found)


def misunderstood(view: View) -> Response:
    """Texts nothing was made of, to be turned into vocabulary."""
    rows, _ = _waiting(view)
    people = [inbound.person_id for _, inbound in rows if inbound.person_id is not None]
    view.looked("misunderstood", people=people)
    return view.show("desk/misunderstood.html", rows=rows)


def learned(view: View) -> Response:
    """Dealt with."""
    view.perform("learned", misunderstood=view.one(Misunderstood).id)
    return view.go("/desk/words/misunderstood", "Done.")


PAGES = (
    Page("GET", "/desk/words", words, TEAM),
    Page("GET", "/desk/words/misunderstood", misunderstood, TEAM),
    Page("POST", "/desk/words/misunderstood/{misunderstood:int}", learned, COORDINATION),
    Page("GET", "/desk/words/conversations/{name}", conversation, TEAM),
)
