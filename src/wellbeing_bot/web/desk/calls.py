"""Who is to be rung today, and what came of it."""

from __future__ import annotations

from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import TEAM
from wellbeing_bot.service.showing import call_lists
from wellbeing_bot.store import CallToMake
from wellbeing_bot.store.states import CallState
from wellbeing_bot.web.desk import wording
from wellbeing_bot.web.desk.page import Page, View


def calls(view: View) -> Response:
    """The call list of the day, for the screen and for paper."""
    found = call_lists.calls(view.work)
    view.looked("calls", people=[call.person.id for call in found])
    return view.show(
        "desk/calls.html",
        calls=found,
        today=view.work.local_now.date(),
        outcomes=wording.OUTCOMES,
        fitting=call_lists.fitting,
    )


def outcome(view: View) -> Response:
    """Keep what came of one call."""
    call = view.one(CallToMake)
    result = view.perform("call_outcome", call=call.id, outcome=view.text("outcome", 20))
    again = " It stays on the list." if result["state"] == CallState.TO_MAKE.value else ""
    return view.go("/desk/calls", f"Saved.{again}")


PAGES = (
    Page("GET", "/desk/calls", calls, TEAM),
    Page("POST", "/desk/calls/{call:int}", outcome, TEAM),
)
