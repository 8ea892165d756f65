"""Files in and out: importing with a look through them first, and exporting."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import ADMINISTRATION
from wellbeing_bot.service.importing import ImportProblem, Source, Summary
from wellbeing_bot.service.importing.csv_file import columns
from wellbeing_bot.service.long_work import exports, imports
from wellbeing_bot.web.desk import long_work
from wellbeing_bot.web.desk.page import Page, Refusal, View

LONGEST_IMPORT = 1_000_000
"""Bytes; some 7,000 people. Larger files are imported on the server with ``wellbeing-bot import``."""

LISTS = (
    ("people", "People, a row each"),
    ("champions", "Champions, with their checks and groups"),
    ("groups", "Groups: when and where they meet"),
    ("venues", "Venues, which groups name"),
    ("practices", "Practices"),
    ("services", "Services of the directory"),
)
"""The kinds of CSV file, and what is in each."""

COMMON = (
    ("first_name", "The one column that every row must fill"),
    ("last_name", "Their family name"),
    ("phone", "A mobile, such as 07700 900123. Without one: a landline, or a key"),
    ("landline", "Rung, never texted"),
    ("key", "A short name of your own, such as mavis-r, for somebody without a number"),
    ("postcode", "CT5 1AB, or CT5 alone"),
    ("practice", "Its name, as it is on record here"),
    ("access_needs", "wheelchair, walking_frame, hearing ...; several with ; between them"),
    ("contact_note", "How best to reach them"),
)
"""What most lists of people hold. Every column there is stands in the file to fill in."""


def show(view: View) -> Response:
    """Files in, files out."""
    return _page(view)


def _page(
    view: View,
    *,
    error: str = "",
    problems: Sequence[ImportProblem] = (),
    summary: Summary | None = None,
    key: int = 0,
) -> Response:
    return view.show(
        "desk/files.html",
        status=400 if error or problems else 200,
        error=error,
        problems=problems[: imports.MOST_PROBLEMS],
        more=max(len(problems) - imports.MOST_PROBLEMS, 0),
        summary=summary,
        key=key,
        exports=list(exports.EXPORTS.items()),
        lists=LISTS,
        common=COMMON,
    )


def look(view: View) -> Response:
    """Look the files through: what would come of them, or everything that is wrong."""
    files = [Source(name, data) for name, data in view.uploads("files")]
    if not files:
        return _page(view, error="Choose one or more files first: CSV or YAML.")
    try:
        summary = imports.look_through(view.desk.app.database, view.ours.id, files, view.now)
    except imports.Refused as refused:
        return _page(view, problems=refused.problems)
    names = ", ".join(file.name for file in files)
    key = long_work.make(
        view, "import", names, content=imports.pack(files), total=summary.all, args={"files": len(files)}
    )
    return _page(view, summary=summary, key=key)


def export(view: View) -> Response:
    """Begin to make a file."""
    what = view.text("what", 20)
    if what not in exports.EXPORTS:
        raise Refusal(400)
    key = long_work.make(view, "export", exports.EXPORTS[what], args={"what": what}, total=1)
    return long_work.begin(view, key)


def empty_list(view: View) -> Response:
    """A file with the names of the columns, to fill in."""
    kind = view.request.path_params["list"]
    if kind not in dict(LISTS):
        raise Refusal(404)
    out = io.StringIO()
    csv.writer(out).writerow(columns(kind))
    return Response(
        "\ufeff" + out.getvalue(),  # the mark has spreadsheet programs keep it as UTF-8
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{kind}.csv"'},
    )


PAGES = (
    Page("GET", "/desk/files", show, ADMINISTRATION),
    Page("GET", "/desk/files/empty/{list}/csv", empty_list, ADMINISTRATION),
    Page("POST", "/desk/files/import", look, ADMINISTRATION, longest=LONGEST_IMPORT),
    Page("POST", "/desk/files/export", export, ADMINISTRATION),
)
