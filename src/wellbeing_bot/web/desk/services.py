"""The directory of services: what there is, and when somebody last looked whether it is still so."""

from __future__ import annotations

from sqlalchemy import select
from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import TEAM
from wellbeing_bot.service.directory import entries
from wellbeing_bot.store import DirectoryService
from wellbeing_bot.understanding.needs import known_needs, need_words
from wellbeing_bot.web.desk.page import Page, View


def services(view: View) -> Response:
    """Those that are given, what was never or long ago checked first; then those that ended."""
    today = view.work.local_now.date()
    rows = list(
        view.session.scalars(
            select(DirectoryService)
            .where(DirectoryService.network_id == view.ours.id)
            .order_by(DirectoryService.name)
        )
    )
    given = [row for row in rows if row.ended_on is None or row.ended_on >= today]
    return view.show(
        "desk/services.html",
        services=sorted(given, key=lambda row: not entries.is_stale(row.checked_on, today)),
        ended=[row for row in rows if row not in given],
        stale=lambda row: entries.is_stale(row.checked_on, today),
        needs=lambda row: [need_words(need) if need in known_needs() else need for need in row.needs],
    )


PAGES = (Page("GET", "/desk/services", services, TEAM),)
