"""Single texts: each with its price, in our words or the network's own, and who changed it when."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response

from wellbeing_bot.conversation.texts import Entry
from wellbeing_bot.service.accounts.roles import COORDINATION, TEAM
from wellbeing_bot.service.desk import rewording
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.web.desk.page import Page, Refusal, View

ON_A_PAGE = 60


def texts(view: View) -> Response:
    """All of them by conversation, to be looked through for a word."""
    wanted, own_only = view.text("with", 60).lower(), view.text("own") == "yes"
    own = view.settings.wording
    found = [
        (entry, own.get(entry.key))
        for entry in rewording.every_text(view.work).values()
        if (wanted in own.get(entry.key, entry.text).lower() or wanted in entry.key)
        and (not own_only or entry.key in own)
    ]
    page = min(max(view.number("page") or 1, 1), 1000)
    start = (page - 1) * ON_A_PAGE
    return view.show(
        "desk/texts.html",
        found=found[start : start + ON_A_PAGE],
        count=len(found),
        page=page,
        more=len(found) > start + ON_A_PAGE,
        wanted=wanted,
        own_only=own_only,
        measure=rewording.measure,
    )


def _entry(view: View) -> Entry:
    found = rewording.every_text(view.work).get(view.request.path_params["key"])
    if found is None:
        raise Refusal(404)
    return found


def show(view: View) -> Response:
    """One text: ours, the network's own, what it costs, and its history."""
    entry = _entry(view)
    return _page(view, entry, view.settings.wording.get(entry.key, entry.text))


def _page(view: View, entry: Entry, typed: str, wrong: list[str] | None = None) -> Response:
    return view.show(
        "desk/text.html",
        status=400 if wrong else 200,
        entry=entry,
        about=_about(view, entry.key),
        own=view.settings.wording.get(entry.key),
        typed=typed,
        wrong=wrong or [],
        measured=rewording.measure(entry, typed),
        ours=rewording.measure(entry, entry.text),
        history=rewording.history(view.work, entry.key),
    )


def _about(view: View, key: str) -> str:
    """When it is said: what its notice or its conversation is for."""
    stem, name, _ = key.split(".", 2)
    scripts = view.desk.app.deployment.scripts
    if stem in scripts.scripts:
        return scripts.scripts[stem].about
    return scripts.notices[name].about if name in scripts.notices else ""


def change(view: View) -> Response:
    """Keep the network's own words, if nothing is wrong with them."""
    entry = _entry(view)
    words = view.desk.app.deployment.simplify(view.text("words").replace("\r\n", "\n"))
    if view.text("ours") == "yes":
        words = ""
    elif not words:
        return _page(view, entry, entry.text, ["Write the words, or choose to say it in our words again."])
    elif wrong := rewording.problems(entry, words):
        return _page(view, entry, words, wrong)
    try:
        done = view.perform("reword", key=entry.key, words=words)
    except DeskError as error:
        return _page(view, entry, words, [str(error)])
    said = "Saved. It is said like this from now on." if done["changed"] else "Nothing was changed."
    return view.go(f"/desk/words/texts/{entry.key}", said)


def price(view: View) -> Response:
    """What a draft costs and how old a reader has to be, while somebody types."""
    entry, words = _entry(view), view.text("words")
    if not words:
        return PlainTextResponse("")
    measured = rewording.measure(entry, words)
    age = f", reading age {measured.age:g}" if measured.age is not None else ""
    pence = measured.parts * view.settings.price_per_part_pence
    return PlainTextResponse(
        f"{measured.parts} SMS {'part' if measured.parts == 1 else 'parts'}, about {pence:g}p each time{age}."
    )


PAGES = (
    Page("GET", "/desk/words/texts", texts, TEAM),
    Page("GET", "/desk/words/texts/{key}", show, TEAM),
    Page("POST", "/desk/words/texts/{key}", change, COORDINATION),
    Page("POST", "/desk/words/texts/{key}/price", price, COORDINATION, poll=True),
)
