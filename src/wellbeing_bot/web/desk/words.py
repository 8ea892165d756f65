"""What the bot says, each conversation as its diagram, and texts that were not understood."""

from __future__ import annotations

from sqlalchemy import select
from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import COORDINATION, TEAM
from wellbeing_bot.service.desk import rewording
from wellbeing_bot.store import InboundRow, Misunderstood
from wellbeing_bot.web.desk.diagram import draw
from wellbeing_bot.web.desk.page import Page, Refusal, View

MOST = 100


MEANINGS = (
    ("", "Choose"),
    ("yes", "Yes"),
    ("no", "No"),
    ("skip", "They leave the question out"),
    ("self_referral", "They would like some help or company"),
    ("join_group", "They would like to join a group"),
    ("transport", "They need a ride"),
    ("change_or_cancel", "They want to change or call off something"),
    ("volunteer", "They would like to volunteer"),
    ("attendance_next", "They ask what they are booked on, when or where"),
    ("carer_referral", "They write for somebody else"),
    ("talk_to_person", "They would like to talk to a person"),
    ("help", "They ask what this is or how it works"),
    ("complaint", "They complain"),
    ("thanks_smalltalk", "Thanks, or only chat"),
    ("other", "Something else"),
)
"""What a text may have meant: a plain answer, or an intent of the vocabulary."""


def words(view: View) -> Response:
    """Every conversation, and what the network says in its own words."""
    scripts = view.work.scripts_for(None)
    return view.show(
        "desk/words.html",
        scripts=sorted(scripts.scripts.values(), key=lambda script: script.name),
        own=view.settings.wording,
        changes=rewording.history(view.work, most=10),
        waiting=_waiting(view)[1],
    )


def conversation(view: View) -> Response:
    """One conversation: drawn, and the words of every step."""
    scripts = view.work.scripts_for(None)
    script = scripts.scripts.get(view.request.path_params["name"])
    if script is None:
        raise Refusal(404)
    own = view.settings.wording
    steps = []
    for step in script.steps.values():
        keyed = [(script.key(step, part), part, text) for part, text in step.texts()]
        said = [(key, part, scripts.text(key, text), key in own) for key, part, text in keyed]
        steps.append((step, said, list(step.leads_to())))
    return view.show("desk/conversation.html", script=script, diagram=draw(script), steps=steps)


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
    return view.show("desk/misunderstood.html", rows=rows, meanings=MEANINGS)


def learned(view: View) -> Response:
    """What it should have meant, and an example in other words; or only dealt with."""
    meant = view.text("meant", 60)
    view.perform(
        "learned",
        misunderstood=view.one(Misunderstood).id,
        meant=meant if meant in dict(MEANINGS) else None,
        example=view.text("example", 200) or None,
    )
    return view.go("/desk/words/misunderstood", "Saved.")


PAGES = (
    Page("GET", "/desk/words", words, TEAM),
    Page("GET", "/desk/words/misunderstood", misunderstood, TEAM),
    Page("POST", "/desk/words/misunderstood/{misunderstood:int}", learned, COORDINATION),
    Page("GET", "/desk/words/conversations/{name}", conversation, TEAM),
)
