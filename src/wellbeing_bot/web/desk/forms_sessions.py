"""Smaller things that are done for one date, one place on it or one ride, a form each."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.accounts.roles import COORDINATION
from wellbeing_bot.store import Person, Place, Ride, Session_, Slot, Task
from wellbeing_bot.web.desk.forms import Choices, Field, Form, pages_of
from wellbeing_bot.web.desk.page import View

NEEDS = ("wheelchair", "walking_frame", "guide_dog", "oxygen", "hearing_loop", "large_print")


def _session(row: Session_) -> str:
    return f"/desk/sessions/{row.id}"


def _of_place(row: Place) -> str:
    return f"/desk/sessions/{row.session_id}#place-{row.id}"


def _of_ride(row: Ride) -> str:
    return f"/desk/sessions/{row.session_id}"


def _task(row: Task) -> str:
    return f"/desk/tasks/{row.id}"


def _begins(view: View) -> str:
    return view.one(Session_).starts_at.astimezone(view.zone).strftime("%Y-%m-%dT%H:%M")


NO_AGENCY = "No agency comes on this date."


def _both(view: View) -> list[Person]:
    """The two records a task takes for one person."""
    _, _, keys = (view.one(Task).occurrence or "").partition(":")
    found = [view.session.get(Person, int(key)) for key in keys.split(":") if key.isdigit()]
    return [one for one in found if one is not None and one.network_id == view.ours.id]


def _slots(view: View) -> Choices:
    rows = view.session.scalars(
        select(Slot).where(Slot.session_id == view.one(Place).session_id).order_by(Slot.starts_at)
    )
    return [(str(row.id), f"{row.starts_at.astimezone(view.zone):%H:%M} {row.what}") for row in rows]


def _needs(_: View) -> Choices:
    return [(need, need.replace("_", " ").capitalize()) for need in NEEDS]


FORMS = (
    Form(
        "/desk/places/{place:int}/ride",
        "request_ride",
        ("place", Place),
        "Ask for a ride",
        "Ask for it",
        "The ride is asked for. It shows under Rides.",
        _of_place,
        fields=(
            Field("pick_up", "Where the driver comes to", hint="The whole address.", needed=True),
            Field("there", "A ride there", "tick", now=lambda _: True),
            Field("back", "A ride home", "tick", now=lambda _: True),
            Field("people", "How many ride, the person included", "number"),
            Field("phone", "Phone to ring on the day"),
            Field("needs", "What the driver must know", "ticks", choices=_needs),
        ),
        person=lambda row: row.person_id,
    ),
    Form(
        "/desk/places/{place:int}/party",
        "set_party",
        ("place", Place),
        "How many come",
        "Save",
        "Saved.",
        _of_place,
        fields=(
            Field(
                "people",
                "How many, the person included",
                "number",
                needed=True,
                now=lambda view: view.one(Place).party,
            ),
        ),
        person=lambda row: row.person_id,
    ),
    Form(
        "/desk/places/{place:int}/slot",
        "book_slot",
        ("place", Place),
        "Book a time with an agency",
        "Book it",
        "Booked.",
        _of_place,
        fields=(
            Field(
                "slot",
                "Time",
                "choice_number",
                needed=True,
                choices=_slots,
                nothing=NO_AGENCY,
            ),
        ),
        person=lambda row: row.person_id,
    ),
    Form(
        "/desk/sessions/{session:int}/slots",
        "add_slot",
        ("session", Session_),
        "Add a time with an agency",
        "Add it",
        "The time is added; people on this date can be booked on it.",
        _session,
        about="An agency that comes along, such as a nurse who takes blood pressure.",
        fields=(
            Field("what", "What it is", hint="Blood pressure check.", needed=True),
            Field("agency", "Who offers it"),
            Field("at", "When", "moment", needed=True, now=_begins),
            Field("people", "For how many at once", "number"),
        ),
        roles=COORDINATION,
        person=lambda _: None,
    ),
    Form(
        "/desk/rides/{ride:int}/drivers",
        "ask_drivers",
        ("ride", Ride),
        "Ask the volunteer drivers",
        "Ask them",
        "The drivers are asked, one after the other.",
        _of_ride,
        about="For when the provider cannot. They are asked by text, one at a time.",
        roles=COORDINATION,
        person=lambda row: row.person_id,
    ),
    Form(
        "/desk/rides/{ride:int}/withdraw",
        "withdraw_ride",
        ("ride", Ride),
        "The ride is not needed",
        "Not needed",
        "The ride is off. The place stays.",
        _of_ride,
        about="Whoever drives is told. The place on the session stays.",
        grave=True,
        person=lambda row: row.person_id,
    ),
    Form(
        "/desk/tasks/{task:int}/one-person",
        "confirm_match",
        ("task", Task),
        "The two records are one person",
        "Yes, one person",
        "The two records are one.",
        _task,
        about="All of both comes together under the older record, which stays. There is no way back.",
        roles=COORDINATION,
        grave=True,
        compares=_both,
        person=lambda row: row.person_id,
    ),
    Form(
        "/desk/tasks/{task:int}/two-people",
        "not_the_same",
        ("task", Task),
        "They are two people",
        "Yes, two people",
        "Saved. It is not raised for these two again.",
        _task,
        roles=COORDINATION,
        compares=_both,
        person=lambda row: row.person_id,
    ),
)

PAGES = tuple(page for form in FORMS for page in pages_of(form))
