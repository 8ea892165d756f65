"""Files in and out: importing with a look through them first, and exporting."""

from __future__ import annotations

from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import ADMINISTRATION
from wellbeing_bot.service.importing import Source, Summary
from wellbeing_bot.service.long_work import exports, imports
from wellbeing_bot.web.desk import long_work
from wellbeing_bot.web.desk.page import Page, Refusal, View

LONGEST_IMPORT = 3_000_000
"""Bytes; some 20,000 people. Larger files are imported on the server with ``wellbeing-bot import``."""


def show(view: View) -> Response:
    """Files in, files out."""
    return _page(view)


def _page(
    view: View, *, problems: list[str] | None = None, summary: Summary | None = None, key: int = 0
) -> Response:
    return view.show(
        "desk/files.html",
        status=400 if problems else 200,
        problems=problems or [],
        summary=summary,
        key=key,
        exports=list(exports.EXPORTS.items()),
    )


def look(view: View) -> Response:
    """Look the files through: what would come of them, or everything that is wrong."""
    files = [Source(name, data) for name, data in view.uploads("files")]
    if not files:
        return _page(view, problems=["Choose one or more files first: CSV or YAML."])
    try:
        summary = imports.look_through(view.desk.app.database, view.ours.id, files, view.now)
    except imports.Refused as refused:
        return _page(view, problems=str(refused).split("\n"))
    names = ", ".join(file.name for file in files)
    total = sum(counts.all for counts in summary.counts.values())
    key = long_work.make(
        view, "import", names, content=imports.pack(files), total=total, args={"files": len(files)}
    )
    return _page(view, summary=summary, key=key)


def export(view: View) -> Response:
    """Begin to make a file."""
    what = view.text("what", 20)
    if what not in exports.EXPORTS:
        raise Refusal(400)
    key = long_work.make(view, "export", exports.EXPORTS[what], args={"what": what}, total=1)
    return long_work.begin(view, key)


PAGES = (
    Page("GET", "/desk/files", show, ADMINISTRATION),
    Page("POST", "/desk/files/import", look, ADMINISTRATION, longest=LONGEST_IMPORT),
    Page("POST", "/desk/files/export", export, ADMINISTRATION),
)
