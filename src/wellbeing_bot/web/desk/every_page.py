"""All pages of the desk, in one list."""

from __future__ import annotations

from wellbeing_bot.web.desk import (
    calls,
    caseload,
    champions,
    demo,
    episode,
    groups,
    home,
    person,
    rides,
    sessions,
    signing,
    worklist,
)

PAGES = (
    *signing.PAGES,
    *home.PAGES,
    *worklist.PAGES,
    *caseload.PAGES,
    *person.PAGES,
    *episode.PAGES,
    *groups.PAGES,
    *sessions.PAGES,
    *champions.PAGES,
    *rides.PAGES,
    *calls.PAGES,
)
DEMO_PAGES = demo.PAGES
