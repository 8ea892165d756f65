"""All pages of the desk, in one list."""

from __future__ import annotations

from wellbeing_bot.web.desk import demo, home, signing, worklist

PAGES = (
    *signing.PAGES,
    *home.PAGES,
    *worklist.PAGES,
)
DEMO_PAGES = demo.PAGES
