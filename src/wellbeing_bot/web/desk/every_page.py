"""All pages of the desk, in one list."""

from __future__ import annotations

from wellbeing_bot.web.desk import (
    administration,
    calls,
    caseload,
    champions,
    demo,
    episode,
    files,
    forms_people,
    forms_sessions,
    groups,
    home,
    long_work,
    many,
    person,
    read_out,
    results,
    rides,
    sessions,
    signing,
    texts,
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
    *read_out.PAGES,
    *forms_people.PAGES,
    *forms_sessions.PAGES,
    *groups.PAGES,
    *sessions.PAGES,
    *champions.PAGES,
    *rides.PAGES,
    *calls.PAGES,
    *results.PAGES,
    *words.PAGES,
    *texts.PAGES,
    *long_work.PAGES,
    *many.PAGES,
    *files.PAGES,
    *administration.PAGES,
)
DEMO_PAGES = demo.PAGES
