"""All pages of the desk, in one list."""

from __future__ import annotations

from wellbeing_bot.web.desk import caseload, demo, episode, groups, home, person, sessions, signing, worklist

PAGES = (
    *signing.PAGES,
    *home.PAGES,
    *worklist.PAGES,
    *caseload.PAGES,
    *person.PAGES,
    *episode.PAGES,
    *groups.PAGES,
    *sessions.PAGES,
)
DEMO_PAGES = demo.PAGES
