"""Who did what, everything on record of one person, and records that were erased."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from urllib.parse import urlencode

from sqlalchemy import select
from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import ADMINISTRATION, COORDINATION
from wellbeing_bot.service.showing import everything, trails
from wellbeing_bot.service.showing.trails import Wanted
from wellbeing_bot.store import Account, Audit, Person
from wellbeing_bot.web.desk import wording
from wellbeing_bot.web.desk.page import Page, View

KINDS = (
    ("", "Everything"),
    ("looked", "Looks at people"),
    ("changed", "Changes"),
    ("files", "Files downloaded"),
    ("signing_in", "Signing in and accounts"),
)
MOST_IN_A_FILE = 20_000


def audit(view: View) -> Response:
    """Who did or looked at what, the newest first."""
    wanted = _wanted(view)
    rows, more = trails.trail(view.session, view.ours.id, view.zone, wanted)
    colleagues = view.session.scalars(
        select(Account.name).where(Account.network_id == view.ours.id).order_by(Account.name)
    )
    return view.show(
        "desk/audit.html",
        rows=rows,
        more=more,
        wanted=wanted,
        about=_person(view, wanted.person),
        people=trails.names(view.session, rows),
        colleagues=list(colleagues),
        kinds=KINDS,
        query=_query(wanted),
        next_page=_query(wanted, before=str(rows[-1].id)) if more else "",
    )


def _wanted(view: View) -> Wanted:
    return Wanted(
        by=view.text("by", 120),
        person=view.number("person"),
        kind=view.text("kind", 20),
        first=_day(view.text("first", 10)),
        last=_day(view.text("last", 10)),
        before=view.number("before"),
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _query(wanted: Wanted, **more: str) -> str:
    asked = {
        "by": wanted.by,
        "person": str(wanted.person or ""),
        "kind": wanted.kind,
        "first": wanted.first.isoformat() if wanted.first else "",
        "last": wanted.last.isoformat() if wanted.last else "",
    }
    return urlencode({name: value for name, value in (asked | more).items() if value})


def _person(view: View, key: int | None) -> Person | None:
    row = view.session.get(Person, key) if key is not None and key < 2**62 else None
    return row if row is not None and row.network_id == view.ours.id else None


def audit_file(view: View) -> Response:
    """The same as a file; that it was taken is kept as well."""
    wanted = _wanted(view)
    rows, _ = trails.trail(view.session, view.ours.id, view.zone, wanted, MOST_IN_A_FILE)
    view.looked("audit_file")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["at", "who", "what", "record", "records_listed"])
    for row in rows:
        listed = " ".join(str(key) for key in _listed(row))
        at = row.at.astimezone(view.zone).isoformat(timespec="seconds")
        writer.writerow([at, row.by, wording.audit(row.what), row.person_id or "", listed])
    return _file(out.getvalue(), "who-did-what.csv", "text/csv")


def _listed(row: Audit) -> list[int]:
    found = row.details.get("people")
    return found if isinstance(found, list) else []


def show_everything(view: View) -> Response:
    """All that is on record of one person, to read through, print or save."""
    person = view.one(Person)
    view.looked("everything", person_id=person.id)
    return view.show("desk/everything.html", person=person, parts=everything.everything(view.session, person))


def everything_file(view: View) -> Response:
    """The same for a program."""
    person = view.one(Person)
    view.looked("export", person_id=person.id)
    parts = {part.table: part.rows for part in everything.everything(view.session, person)}
    written = json.dumps(parts, ensure_ascii=False, indent=2)
    return _file(written, f"record-{person.id}.json", "application/json")


def _file(content: str, name: str, kind: str) -> Response:
    return Response(
        content,
        media_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def erased(view: View) -> Response:
    """Every record that was erased, by number."""
    return view.show("desk/erased.html", found=trails.erasures(view.session, view.ours.id))


def certificate(view: View) -> Response:
    """That one record was erased: when, by whom, what went and what stays."""
    person, by = trails.erasures(view.session, view.ours.id, view.one(Person).id)[0]
    return view.show("desk/certificate.html", person=person, by=by)


PAGES = (
    Page("GET", "/desk/audit", audit, ADMINISTRATION),
    Page("GET", "/desk/audit/csv", audit_file, ADMINISTRATION),
    Page("GET", "/desk/people/{person:int}/everything", show_everything, ADMINISTRATION),
    Page("GET", "/desk/people/{person:int}/everything/file", everything_file, ADMINISTRATION),
    Page("GET", "/desk/erased", erased, ADMINISTRATION),
    Page("GET", "/desk/erased/{erased:int}", certificate, COORDINATION),
)
