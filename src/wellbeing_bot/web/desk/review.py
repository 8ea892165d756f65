"""The weekly review: who the meeting speaks about, on one page to look at, to print or to download."""

from __future__ import annotations

from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import TEAM
from wellbeing_bot.service.showing import person_pages
from wellbeing_bot.service.workers import review as reviews
from wellbeing_bot.store import Person
from wellbeing_bot.web.desk.page import Page, View


def _worker(view: View) -> Person | None:
    """The link worker of our own network that it is narrowed to."""
    wanted = view.number("worker")
    ours = person_pages.link_workers(view.session, view.ours.id)
    return next((row for row in ours if row.id == wanted), None)


def _found(view: View, what: str) -> reviews.Review:
    found = reviews.review(view.work, link_worker=_worker(view))
    view.looked(what, people=sorted({line.person for line in found.lines}))
    return found


def review(view: View) -> Response:
    """Under each heading who it is about, the longest first."""
    return view.show(
        "desk/review.html",
        review=_found(view, "review"),
        headings=reviews.HEADINGS,
        worker=_worker(view),
        link_workers=person_pages.link_workers(view.session, view.ours.id),
    )


def download(view: View) -> Response:
    """The same as CSV."""
    return Response(
        reviews.to_csv(_found(view, "export")),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="weekly-review.csv"'},
    )


PAGES = (
    Page("GET", "/desk/review", review, TEAM),
    Page("GET", "/desk/review/csv", download, TEAM),
)
