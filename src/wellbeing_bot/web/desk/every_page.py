"""All pages of the desk, in one list."""

from __future__ import annotations

from wellbeing_bot.web.desk import caseload, demo, episode, home, person, signing, worklist

PAGES = (
    *signing.PAGES,
    *home.PAGES,
    *worklist.PAGES,
    *caseload.PAGES,
    *person.PAGES,
    *episode.PAGES,
)
DEMO_PAGES = demo.PAGES
