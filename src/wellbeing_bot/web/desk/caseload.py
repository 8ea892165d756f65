"""The caseload and its counts, finding people, and entering somebody new."""

from __future__ import annotations

from sqlalchemy import select
from starlette.responses import Response

from wellbeing_bot.service.accounts import DeskRole
from wellbeing_bot.service.accounts.roles import TEAM
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.showing import caseloads, person_pages
from wellbeing_bot.store import Practice
from wellbeing_bot.store.states import ReferralState
from wellbeing_bot.web.desk.page import Page, View
from wellbeing_bot.web.desk.phones import e164

COUNTED = (
    (ReferralState.WAITING, "Awaiting"),
    (ReferralState.BOOKED, "Booked in"),
    (ReferralState.ACTIVE, "Active"),
    (ReferralState.DISCHARGED, "Discharged"),
)


def caseload(view: View) -> Response:
    """Everybody who was referred, by state and link worker; a link worker begins with her own."""
    written = view.text("state", 20)
    state = ReferralState(written) if written in set(ReferralState) else None
    worker = view.number("worker")
    if worker is None and "worker" not in view.request.query_params and view.role is DeskRole.LINK_WORKER:
        worker = view.account.person_id
    found = caseloads.cases(
        view.session,
        view.ours.id,
        state,
        worker,
        before=view.number("before"),
        after=view.number("after"),
    )
    view.looked("caseload", people=[case.person.id for case in found.cases])
    return view.show(
        "desk/caseload.html",
        cases=found.cases,
        page=found,
        state=state,
        worker=worker,
        counted=COUNTED,
        counts=caseloads.counts(view.session, view.ours.id, worker if worker else None),
        link_workers=person_pages.link_workers(view.session, view.ours.id),
    )


def unreferred(view: View) -> Response:
    """Those on record whom nobody has referred."""
    found, older = caseloads.unreferred(view.session, view.ours.id, view.number("before"))
    view.looked("caseload", people=[person.id for person in found])
    return view.show("desk/unreferred.html", people=found, older=older)


def search(view: View) -> Response:
    """Find a person. What was typed travels in the body and is kept nowhere."""
    wanted = view.text("q", 80)
    found = caseloads.find(view.session, view.ours.id, wanted)
    view.looked("searched", people=[person.id for person in found])
    return view.show("desk/search.html", wanted=wanted, found=found)


def search_found(view: View) -> Response:
    """What is found so far, while somebody types."""
    wanted = view.text("q", 80)
    found = caseloads.find(view.session, view.ours.id, wanted)
    view.looked("searched", people=[person.id for person in found])
    return view.show("desk/_found.html", wanted=wanted, found=found)


def show_new(view: View) -> Response:
    """A form for somebody who was referred."""
    return _form(view, {})


def _form(view: View, typed: dict[str, str], error: str = "") -> Response:
    practices = view.session.scalars(
        select(Practice).where(Practice.network_id == view.ours.id).order_by(Practice.name)
    )
    options = [("", "Not known"), *((row.id, row.name) for row in practices)]
    return view.show(
        "desk/new_person.html", status=400 if error else 200, practices=options, typed=typed, error=error
    )


def add_new(view: View) -> Response:
    """Enter them. Nothing is texted because of it."""
    names = (
        "first_name",
        "last_name",
        "mobile",
        "landline",
        "postcode",
        "practice",
        "source",
        "referrer",
        "about",
    )
    typed = {name: view.text(name) for name in names}
    typed["agreed"] = view.text("agreed")
    mobile = e164(typed["mobile"])
    if typed["mobile"] and mobile is None:
        return _form(view, typed, "That is not a UK mobile number. Write for example 07700 900123.")
    if not typed["first_name"]:
        return _form(view, typed, "Write at least a first name.")
    try:
        result = view.perform(
            "enter_person",
            **{name: typed[name] for name in ("first_name", "last_name", "landline", "postcode")},
            **{name: typed[name] for name in ("source", "referrer", "about")},
            mobile=f"sms:{mobile}" if mobile else None,
            agreed=typed["agreed"] == "yes",
            practice=view.number("practice"),
        )
    except DeskError as error:
        return _form(view, typed, str(error))
    return view.go(f"/desk/people/{result['person']}", "Entered. Nothing has been texted to them.")


PAGES = (
    Page("GET", "/desk/people", caseload, TEAM),
    Page("POST", "/desk/search", search, TEAM),
    Page("POST", "/desk/search/found", search_found, TEAM, poll=True),
    Page("GET", "/desk/people/unreferred", unreferred, TEAM),
    Page("GET", "/desk/people/new", show_new, TEAM),
    Page("POST", "/desk/people/new", add_new, TEAM),
)
