"""Who is to be rung today."""

from __future__ import annotations

from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import TEAM
from wellbeing_bot.service.showing import call_lists
from wellbeing_bot.web.desk.page import Page, View


def calls(view: View) -> Response:
    """The call list of the day, for the screen and for paper."""
    found = call_lists.calls(view.work)
    view.looked("calls", people=[call.person.id for call in found])
    return view.show("desk/calls.html", calls=found, today=view.work.local_now.date())


PAGES = (Page("GET", "/desk/calls", calls, TEAM),)
