"""A referral with leave to text, and appointments with a link worker, a form each."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.showing import person_pages
from wellbeing_bot.service.workers.referring import SOURCES
from wellbeing_bot.store import Appointment, Person, Practice
from wellbeing_bot.web.desk.forms import Choices, Field, Form, pages_of
from wellbeing_bot.web.desk.page import View
from wellbeing_bot.web.desk.wording import state

AT = "/desk/people/{person:int}"


def _home(row: Person) -> str:
    return f"/desk/people/{row.id}#appointments"


def _of_appointment(row: Appointment) -> str:
    return f"/desk/people/{row.person_id}#appointments"


def _person_of(row: Appointment) -> int:
    return row.person_id


def _sources(_: View) -> Choices:
    return [(source, state(source)[:1].upper() + state(source)[1:]) for source in SOURCES]


def _practices(view: View) -> Choices:
    rows = view.session.scalars(
        select(Practice).where(Practice.network_id == view.ours.id).order_by(Practice.name)
    )
    return [("", "Not known"), *((str(row.id), row.name) for row in rows)]


def _workers(empty: str) -> Field:
    def choices(view: View) -> Choices:
        found = person_pages.link_workers(view.session, view.ours.id)
        return [("", empty), *((str(row.id), row.full_name) for row in found)]

    return Field("link_worker", "Link worker", "choice_number", choices=choices)


PLACE = Field("place", "Where", hint="Empty: by telephone.")
TIMES = "One to three times to come. They choose by text."
AGREED = (PLACE, Field("minutes", "How many minutes", "number", "Empty: 30."), _workers("Whoever has them"))

FORMS = (
    Form(
        "/desk/people/refer",
        "refer",
        None,
        "Refer somebody who agreed to be texted",
        "Refer, and text them",
        "Referred. The link worker's first text is on its way.",
        lambda _: "/desk/people",
        about="For a GP's, a practice's or your own referral. The link worker writes to them first, by text.",
        fields=(
            Field("name", "Their name, as they like to be called", needed=True),
            Field("mobile", "Their own mobile number", hint="For example 07700 900123.", needed=True),
            Field("why", "Why they are referred", "area", "Shown to staff alone.", needed=True),
            Field("source", "Who asked for it", "choice", needed=True, choices=_sources),
            Field("referrer", "Name of the referrer", hint="Dr Mensah.", needed=True),
            Field("practice", "Practice", "choice_number", choices=_practices),
            Field("consent", "How they agreed", hint="Told Dr Mensah on 20 November."),
            _workers("Whoever has the fewest people"),
            Field("times", "Times to talk, if you offer some", "moments", TIMES),
            PLACE,
            Field("agreed", "They agreed to be texted", "tick"),
            Field("over_16", "They are 16 or over", "tick"),
        ),
        onward=lambda done: f"/desk/people/{done['person']}",
    ),
    Form(
        f"{AT}/offer-appointment",
        "offer_appointment",
        ("person", Person),
        "Offer times to talk",
        "Offer them",
        "Offered. Their answer shows here, and comes to the worklist when they need another time.",
        _home,
        fields=(Field("times", "Times", "moments", TIMES, needed=True), *AGREED),
    ),
    Form(
        f"{AT}/appointment",
        "book_appointment",
        ("person", Person),
        "An appointment you agreed with them",
        "Save it, and text them",
        "Booked. They are told once.",
        _home,
        fields=(Field("at", "When", "moment", needed=True), *AGREED),
    ),
    Form(
        "/desk/appointments/{appointment:int}/other-times",
        "offer_appointment",
        ("instead_of", Appointment),
        "Offer other times",
        "Offer them",
        "Offered. The appointment stands until they choose.",
        _of_appointment,
        fields=(
            Field("times", "Times", "moments", TIMES, needed=True),
            Field("person", "Who", "given", now=lambda view: view.one(Appointment).person_id),
        ),
        person=_person_of,
    ),
    Form(
        "/desk/appointments/{appointment:int}/move",
        "move_appointment",
        ("appointment", Appointment),
        "Move the appointment",
        "Move it",
        "Moved. They are told once.",
        _of_appointment,
        about="To a time you agreed with them.",
        fields=(Field("to", "New time", "moment", needed=True),),
        person=_person_of,
    ),
    Form(
        "/desk/appointments/{appointment:int}/call-off",
        "call_off_appointment",
        ("appointment", Appointment),
        "Call the appointment off",
        "Call it off",
        "Called off. They are told once.",
        _of_appointment,
        about="They are told once, by text.",
        person=_person_of,
        grave=True,
    ),
    Form(
        "/desk/appointments/{appointment:int}/outcome",
        "appointment_outcome",
        ("appointment", Appointment),
        "Did the appointment take place?",
        "Save",
        "Saved.",
        _of_appointment,
        fields=(Field("came", "It took place", "tick"),),
        person=_person_of,
    ),
)

PAGES = tuple(page for form in FORMS for page in pages_of(form))
