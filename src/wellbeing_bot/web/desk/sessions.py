"""One session: the register at the door, the waiting list, who meets whom; calling off, moving, writing."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import COORDINATION, TEAM
from wellbeing_bot.service.desk.previewing import preview
from wellbeing_bot.service.showing import activity_pages
from wellbeing_bot.store import Place, Session_
from wellbeing_bot.web.desk.page import Page, View


def session(view: View) -> Response:
    """Who is coming, who came, who waits."""
    row = view.one(Session_)
    register = activity_pages.register(view.session, row)
    wishes = activity_pages.meet_again(view.session, row)
    shown = [place.person_id for place in (*register.coming, *register.waiting)]
    view.looked("register", people=[*shown, *(wish.wisher_id for wish in wishes)])
    return view.show("desk/session.html", session=row, register=register, wishes=wishes, at=at(row))


def at(row: Session_) -> str:
    return f"/desk/sessions/{row.id}"


def came(view: View) -> Response:
    """The register: came, or did not. Pressing the other one puts it right."""
    place = view.one(Place)
    came_in = view.text("came", 3) == "yes"
    here = f"{at(place.session)}#place-{place.id}"
    if came_in and place.session.starts_at.astimezone(view.zone).date() == view.work.local_now.date():
        booked = view.perform("check_in", place=place.id)["slots"]
        listed = ", ".join(f"{one['what']} at {one['at']}" for one in booked)
        return view.go(here, f"They are booked on: {listed}." if listed else "")
    view.perform("attendance", place=place.id, came=came_in)
    return view.go(here)


def _previewed(view: View, action: str, template: str, **args: Any) -> Response:
    """The form, and once it is filled in, who would be told what."""
    row = view.one(Session_)
    given = {name: value for name, value in args.items() if value}
    view.looked("register", people=[])
    app = view.desk.app
    found = (
        preview(
            app.database,
            app.deployment,
            view.ours.id,
            action,
            view.account.name,
            {"session": row.id, **given},
            view.now,
        )
        if given or action == "call_off_session"
        else None
    )
    pence = (found.parts if found else 0) * view.settings.price_per_part_pence
    return view.show(
        template, session=row, at=at(row), preview=found, typed=args, pounds=f"{pence / 100:.2f}"
    )


def show_call_off(view: View) -> Response:
    """Who would be told what, before anybody is."""
    return _previewed(view, "call_off_session", "desk/call_off.html")


def call_off(view: View) -> Response:
    """It is off; everybody is told once."""
    row = view.one(Session_)
    result = view.perform("call_off_session", session=row.id, why=view.text("why", 200))
    return view.go(at(row), f"It is called off. People told: {result.get('told', 0)}.")


def show_move(view: View) -> Response:
    """Where to and when?"""
    return _previewed(view, "move_session", "desk/move.html", to="", meeting_point="")


def preview_move(view: View) -> Response:
    """Who would be told what."""
    return _previewed(
        view,
        "move_session",
        "desk/move.html",
        to=view.text("to", 20),
        meeting_point=view.text("meeting_point", 160),
    )


def move(view: View) -> Response:
    """It moves; everybody is told once."""
    row = view.one(Session_)
    result = view.perform(
        "move_session",
        session=row.id,
        to=view.text("to", 20) or None,
        meeting_point=view.text("meeting_point", 160) or None,
    )
    return view.go(at(row), f"It is moved. People told: {result.get('told', 0)}.")


def show_message(view: View) -> Response:
    """What to say to everybody on it?"""
    return _previewed(view, "message_session", "desk/message.html", text="")


def preview_message(view: View) -> Response:
    """Who would get it, in how many parts, at what cost."""
    return _previewed(view, "message_session", "desk/message.html", text=view.text("text", 1000))


def message(view: View) -> Response:
    """Send it."""
    row = view.one(Session_)
    result = view.perform("message_session", session=row.id, text=view.text("text", 1000))
    return view.go(at(row), f"On its way to {result.get('told', 0)} people.")


PAGES = (
    Page("GET", "/desk/sessions/{session:int}", session, TEAM),
    Page("POST", "/desk/places/{place:int}/came", came, TEAM),
    Page("GET", "/desk/sessions/{session:int}/call-off", show_call_off, COORDINATION),
    Page("POST", "/desk/sessions/{session:int}/call-off", call_off, COORDINATION),
    Page("GET", "/desk/sessions/{session:int}/move", show_move, COORDINATION),
    Page("POST", "/desk/sessions/{session:int}/move/preview", preview_move, COORDINATION),
    Page("POST", "/desk/sessions/{session:int}/move", move, COORDINATION),
    Page("GET", "/desk/sessions/{session:int}/message", show_message, COORDINATION),
    Page("POST", "/desk/sessions/{session:int}/message/preview", preview_message, COORDINATION),
    Page("POST", "/desk/sessions/{session:int}/message", message, COORDINATION),
)
