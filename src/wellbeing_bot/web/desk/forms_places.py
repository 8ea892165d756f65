"""Clinic times, services of the directory and monitors to lend, a form each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wellbeing_bot.service.accounts.roles import COORDINATION
from wellbeing_bot.service.clinics import times
from wellbeing_bot.service.words import when_words
from wellbeing_bot.store import DirectoryService, Group, Person, SlotBooking
from wellbeing_bot.understanding.needs import known_needs, need_words
from wellbeing_bot.web.desk.forms import Choices, Field, Form, pages_of
from wellbeing_bot.web.desk.page import View

SERVICES, MONITORS = "/desk/services", "/desk/monitors"
AT = "/desk/people/{person:int}"
MOST_TIMES = 40
NO_TIME = "No time is free in the next two weeks. Put them on the waiting list instead."
WHO = Field("person", "Who", "person", "Name, phone number or number of their record.", needed=True)


def _group(row: Group) -> str:
    return f"/desk/groups/{row.id}"


def _free(view: View) -> Choices:
    group = view.one(Group)
    found = sorted(times.next_free(view.work, group)[:MOST_TIMES])
    return [(at.isoformat(), when_words(at, view.zone)) for at in found]


def _needs(_: View) -> Choices:
    return [(need, need_words(need).capitalize()) for need in known_needs()]


def _as_it_is(name: str) -> Callable[[View], Any]:
    """What stands in a service that is changed; nothing in one that is new."""

    def now(view: View) -> Any:
        row = view.rows.get(DirectoryService)
        found = getattr(row, name) if row is not None else ""
        return ", ".join(found) if name == "area" and found else found

    return now


ABOUT_A_SERVICE = (
    Field("needs", "What it is for", "ticks", choices=_needs, now=_as_it_is("needs")),
    Field("line", "One plain line", hint="Hot meals for 2 pounds.", now=_as_it_is("line"), clears=True),
    Field("phone", "Telephone number", now=_as_it_is("phone")),
    Field("opens", "When", hint="Monday to Friday, 12 to 2.", now=_as_it_is("opens"), clears=True),
    Field(
        "postcode",
        "Postcode, or its first half",
        hint="Empty: by phone, or it comes to people.",
        now=_as_it_is("postcode"),
        clears=True,
    ),
    Field(
        "area",
        "First halves of the postcodes it is for",
        "list",
        "With commas between them. Empty: everybody.",
        now=_as_it_is("area"),
        clears=True,
    ),
    Field("for_whom", "Who may use it", hint="Empty: everybody.", now=_as_it_is("for_whom"), clears=True),
    Field("sensitive", "Not named on a phone that others read", "tick", now=_as_it_is("sensitive")),
)

FORMS = (
    Form(
        "/desk/groups/{group:int}/time",
        "book_time",
        ("group", Group),
        "Give somebody a time",
        "Give it",
        "They have that time. One they had here before is given up.",
        _group,
        about="Free times of the next two weeks.",
        fields=(WHO, Field("at", "Time", "choice", needed=True, choices=_free, nothing=NO_TIME)),
        person=lambda _: None,
    ),
    Form(
        "/desk/groups/{group:int}/wait",
        "wait_for_time",
        ("group", Group),
        "Put somebody on the waiting list",
        "Put them on it",
        "They wait. They are offered the next time that comes free.",
        _group,
        fields=(WHO,),
        person=lambda _: None,
    ),
    Form(
        "/desk/booked-times/{booking:int}/give-up",
        "withdraw_slot",
        ("booking", SlotBooking),
        "Give up a time",
        "Give it up",
        "The time is free again. The place on the date stays.",
        lambda row: f"/desk/sessions/{row.place.session_id}",
        about="The place on the date stays.",
        grave=True,
        person=lambda row: row.place.person_id,
    ),
    Form(
        f"{SERVICES}/new",
        "put_service",
        None,
        "A new service",
        "Put it into the directory",
        "It is in the directory, as checked today.",
        lambda _: SERVICES,
        fields=(Field("name", "What it is called", needed=True), *ABOUT_A_SERVICE),
        roles=COORDINATION,
    ),
    Form(
        f"{SERVICES}/{{service:int}}/change",
        "put_service",
        None,
        "Change a service",
        "Save",
        "Saved, as checked today.",
        lambda _: SERVICES,
        fields=(Field("name", "What it is called", "given", now=_as_it_is("name")), *ABOUT_A_SERVICE),
        roles=COORDINATION,
    ),
    Form(
        f"{SERVICES}/{{service:int}}/checked",
        "checked_service",
        ("service", DirectoryService),
        "It is right as it stands",
        "Checked today",
        "Saved: checked today.",
        lambda _: SERVICES,
        about="You have looked, and the directory says what is so.",
        person=lambda _: None,
    ),
    Form(
        f"{SERVICES}/{{service:int}}/end",
        "end_service",
        ("service", DirectoryService),
        "It is not there any more",
        "Take it out",
        "Saved. It is not given after that day.",
        lambda _: SERVICES,
        fields=(Field("on", "Its last day", "date", "Empty: it is gone already."),),
        grave=True,
        roles=COORDINATION,
        person=lambda _: None,
    ),
    Form(
        f"{MONITORS}/count",
        "set_monitors",
        None,
        "How many monitors there are",
        "Save",
        "Saved. Whoever waits longest gets what is free.",
        lambda _: MONITORS,
        fields=(
            Field("count", "How many in all", "number", needed=True, now=lambda view: view.settings.monitors),
        ),
        roles=COORDINATION,
    ),
    Form(
        f"{AT}/monitor-brought",
        "monitor_brought",
        ("person", Person),
        "A monitor was taken to them",
        "It is with them",
        "Saved. They are told when it is due back.",
        lambda _: MONITORS,
    ),
    Form(
        f"{AT}/monitor-returned",
        "monitor_returned",
        ("person", Person),
        "Their monitor is back",
        "It is back",
        "Saved. Whoever waits longest gets it.",
        lambda _: MONITORS,
    ),
    Form(
        f"{AT}/no-monitor",
        "withdraw_monitor",
        ("person", Person),
        "They do not need a monitor after all",
        "Take them off the list",
        "Saved. Nobody sets out with it.",
        lambda _: MONITORS,
    ),
)

PAGES = tuple(page for form in FORMS for page in pages_of(form))
