"""Rides of a day: who is driven by whom, the list a provider drives by, and the windows it answers with."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import COORDINATION, TEAM
from wellbeing_bot.service.rides import manifest
from wellbeing_bot.service.rides.answer_file import AnswerFileError
from wellbeing_bot.service.rides.rows import rides_on_list
from wellbeing_bot.service.rides.uploading import read_upload
from wellbeing_bot.service.showing import ride_pages
from wellbeing_bot.store import Person, Ride, RideProvider, Session_
from wellbeing_bot.store.states import RideState
from wellbeing_bot.web.desk.page import Page, View

ANSWERABLE = (RideState.REQUESTED, RideState.SENT, RideState.CONFIRMED, RideState.REFUSED)


def rides(view: View) -> Response:
    """The rides of a day; the next day with any, when none is named."""
    days = ride_pages.days_with_rides(view.work)
    try:
        day = date.fromisoformat(view.text("day", 10))
    except ValueError:
        day = days[0] if days else view.work.local_now.date()
    if not 2000 <= day.year <= 2100:
        day = view.work.local_now.date()
    trips = ride_pages.trips(view.work, day)
    view.looked("manifest", people=[ride.person_id for trip in trips for ride in trip.rides])
    return view.show(
        "desk/rides.html",
        day=day,
        days=days,
        trips=trips,
        person_of=lambda ride: view.session.get(Person, ride.person_id),
        answerable=ANSWERABLE,
    )


def _back(ride: Ride, view: View) -> str:
    day = ride.place.session.starts_at.astimezone(view.zone).date()
    return f"/desk/rides?day={day.isoformat()}#ride-{ride.id}"


def window(view: View) -> Response:
    """The provider's pick-up window; the patient is told."""
    ride = view.one(Ride)
    args = {"from": view.text("from", 5) or None, "until": view.text("until", 5) or None}
    view.perform("confirm_ride", ride=ride.id, **args)
    return view.go(_back(ride, view), "Confirmed. They are told when to be ready.")


def refuse(view: View) -> Response:
    """The provider cannot; the patient is told, and it becomes a task."""
    ride = view.one(Ride)
    view.perform("refuse_ride", ride=ride.id, why=view.text("why", 200) or None)
    return view.go(_back(ride, view), "Refused. They are told, and another way is a task now.")


def _manifest(view: View) -> manifest.Manifest:
    session, provider = view.one(Session_), view.one(RideProvider)
    rides = rides_on_list(view.work, provider, session)
    view.looked("manifest", people=[ride.person_id for ride in rides])
    return manifest.manifest(view.work, provider, session)


def show_list(view: View) -> Response:
    """The list a provider drives by, for paper."""
    return view.show(
        "desk/manifest.html",
        listed=_manifest(view),
        session=view.one(Session_),
        provider=view.one(RideProvider),
    )


def list_as_csv(view: View) -> Response:
    """The same for a spreadsheet, with columns for the answer."""
    name = f"rides-{view.one(Session_).occurs_on.isoformat()}.csv"
    return Response(
        manifest.to_csv(_manifest(view)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def send_list(view: View) -> Response:
    """Send it to the provider before the cut-off."""
    session, provider = view.one(Session_), view.one(RideProvider)
    view.perform("send_lift_list", session=session.id, provider=provider.id)
    day = session.starts_at.astimezone(view.zone).date()
    return view.go(f"/desk/rides?day={day.isoformat()}", "The provider has its list.")


def take_file(view: View) -> Response:
    """The list back with windows filled in. Nothing of a file with an error in it is taken."""
    session, provider = view.one(Session_), view.one(RideProvider)
    here = f"/desk/sessions/{session.id}/lifts/{provider.id}"
    text = view.upload("file")
    if text is None:
        return view.go(here, "Choose the CSV file that the provider sent back.", wrong=True)
    try:
        found = read_upload(view.work, provider, session, text)
    except AnswerFileError as error:
        lines = "; ".join(f"line {one.line}" for one in error.errors[:8])
        return view.go(here, f"Nothing was taken. Put these right and send it again: {lines}.", wrong=True)
    answers = [
        {"ride": one.ride, "refused": one.refused}
        if one.refused
        else {"ride": one.ride, "from": one.window_from, "until": one.window_until}
        for one in found
    ]
    view.perform("lift_answers", session=session.id, provider=provider.id, answers=answers)
    return view.go(here, f"Taken: {len(answers)} answers. Everybody concerned is told.")


PAGES = (
    Page("GET", "/desk/rides", rides, TEAM),
    Page("POST", "/desk/rides/{ride:int}/window", window, COORDINATION),
    Page("POST", "/desk/rides/{ride:int}/refuse", refuse, COORDINATION),
    Page("GET", "/desk/sessions/{session:int}/lifts/{provider:int}", show_list, TEAM),
    Page("GET", "/desk/sessions/{session:int}/lifts/{provider:int}/csv", list_as_csv, TEAM),
    Page("POST", "/desk/sessions/{session:int}/lifts/{provider:int}/send", send_list, COORDINATION),
    Page("POST", "/desk/sessions/{session:int}/lifts/{provider:int}/file", take_file, COORDINATION),
)
