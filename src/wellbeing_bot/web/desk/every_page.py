"""All pages of the desk, in one list."""

from __future__ import annotations

from wellbeing_bot.web.desk import (
    administration,
    calls,
    caseload,
    champions,
    demo,
    episode,
    groups,
    home,
    person,
    results,
    rides,
    sessions,
    signing,
    words,
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
    *results.PAGES,
    *words.PAGES,
    *administration.PAGES,
)
DEMO_PAGES = demo.PAGES
