"""Long work as it goes on: the list, one piece with how far it is, its file, and stopping it."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import ADMINISTRATION, COORDINATION
from wellbeing_bot.service.long_work import steps
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import LongWork, Network
from wellbeing_bot.store.states import LongWorkState
from wellbeing_bot.web.desk.page import Page, Refusal, View

MESSAGE = "message"


def make(view: View, kind: str, about: str, **given: object) -> int:
    """Put a piece of long work on record, to be begun. Returns its number."""
    network_id, by, now, deployment = view.ours.id, view.account.name, view.now, view.desk.app.deployment

    def job(session: Session) -> int:
        row = LongWork(network_id=network_id, kind=kind, about=about[:200], by=by, made_at=now, **given)
        session.add(row)
        session.flush()
        steps.forget_later(Work(session, now, deployment, session.get_one(Network, network_id)), row)
        return row.id

    return view.change(job)


def begin(view: View, key: int) -> Response:
    """Go, and on to the page that shows how far it is."""
    view.perform("begin_long_work", long_work=key)
    view.wait = False
    return view.go(f"/desk/long-work/{key}")


def _own(view: View) -> LongWork:
    """Messages are the coordinators'; files that hold everybody are the administrators' alone."""
    row = view.one(LongWork)
    if row.kind != MESSAGE and view.role not in ADMINISTRATION:
        raise Refusal(403)
    return row


def index(view: View) -> Response:
    """What was begun lately."""
    rows = steps.newest(view.work)
    if view.role not in ADMINISTRATION:
        rows = [row for row in rows if row.kind == MESSAGE]
    return view.show("desk/long_works.html", rows=rows)


def show(view: View) -> Response:
    """One piece; it refreshes itself."""
    return view.show("desk/long_work.html", row=_own(view))


def fragment(view: View) -> Response:
    """How far it is."""
    return view.show("desk/_long_work.html", row=_own(view))


def go(view: View) -> Response:
    """It was looked through, and is to be done."""
    return begin(view, _own(view).id)


def give_up(view: View) -> Response:
    """Stop it; what is done stays done."""
    row = _own(view)
    view.perform("give_up_long_work", long_work=row.id)
    return view.go(f"/desk/long-work/{row.id}", "Stopped. What was done by then stays done.")


def file(view: View) -> Response:
    """The file it made; every download is kept."""
    row = _own(view)
    if row.state is not LongWorkState.DONE or not row.result:
        raise Refusal(404)
    view.looked("export")
    kind = "application/fhir+json" if row.result_name.endswith(".json") else "text/csv; charset=utf-8"
    return Response(
        row.result,
        media_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{row.result_name}"'},
    )


PAGES = (
    Page("GET", "/desk/long-work", index, COORDINATION),
    Page("GET", "/desk/long-work/{long_work:int}", show, COORDINATION),
    Page("GET", "/desk/long-work/{long_work:int}/now", fragment, COORDINATION, poll=True),
    Page("POST", "/desk/long-work/{long_work:int}/go", go, COORDINATION),
    Page("POST", "/desk/long-work/{long_work:int}/give-up", give_up, COORDINATION),
    Page("GET", "/desk/long-work/{long_work:int}/file", file, COORDINATION),
)
