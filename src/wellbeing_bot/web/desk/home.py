"""Where somebody arrives."""

from __future__ import annotations

from starlette.responses import Response

from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.service.accounts.roles import EVERYBODY
from wellbeing_bot.web.desk.page import Page, View


def home(view: View) -> Response:
    """What needs somebody today; for a commissioner, the results."""
    return view.go("/desk/results" if view.role is DeskRole.COMMISSIONER else "/desk/worklist")


PAGES = (Page("GET", "/desk", home, EVERYBODY),)
