"""Champions: where each is in the pipeline, checks, load, days away."""

from __future__ import annotations

from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import COORDINATION, TEAM
from wellbeing_bot.service.showing import activity_pages, champion_pages
from wellbeing_bot.store import Champion
from wellbeing_bot.store.states import ChampionState
from wellbeing_bot.web.desk.page import Page, View

DATES = ("dbs_until", "badge_until", "training_until", "away_from", "away_until")


def champions(view: View) -> Response:
    """All of them, with what runs out."""
    lines = champion_pages.champions(view.work)
    counts = {state: sum(line.champion.state is state for line in lines) for state in ChampionState}
    written = view.text("state", 20)
    chosen = ChampionState(written) if written in set(ChampionState) else None
    shown = [line for line in lines if chosen is None or line.champion.state is chosen]
    view.looked("champions", people=[line.person.id for line in shown])
    return view.show("desk/champions.html", lines=shown, counts=counts, chosen=chosen)


def champion(view: View) -> Response:
    """One champion, with the form that keeps them."""
    row = view.one(Champion)
    view.looked("looked", person_id=row.person_id)
    line = champion_pages.champions(view.work, only=row.person_id)[0]
    return view.show(
        "desk/champion.html",
        line=line,
        champion=row,
        person=line.person,
        promised=champion_pages.promised(view.work, line.person),
        groups=[group for group in activity_pages.groups(view.work) if group.ended_on is None],
        states=[(state.value, state.value.capitalize()) for state in ChampionState],
    )


def change(view: View) -> Response:
    """Keep what the form says."""
    row = view.one(Champion)
    view.perform(
        "change_champion",
        person=row.person_id,
        state=view.text("state", 20) or None,
        **{name: view.text(name, 10) or None for name in DATES},
        paused=view.text("paused") == "yes",
        gender=view.text("gender", 20),
        how_to_know=view.text("how_to_know", 80),
        most_a_month=view.number("most_a_month"),
        groups=[int(key) for key in view.ticked("groups") if key.isdigit() and len(key) < 18],
    )
    return view.go(f"/desk/champions/{row.person_id}", "Saved.")


PAGES = (
    Page("GET", "/desk/champions", champions, TEAM),
    Page("GET", "/desk/champions/{champion:int}", champion, TEAM),
    Page("POST", "/desk/champions/{champion:int}", change, COORDINATION),
)
