"""Changing a person's episode: caseload, contact, pausing, discharging, booking, merging."""

from __future__ import annotations

from sqlalchemy import select
from starlette.responses import Response

from wellbeing_bot.service.accounts.roles import COORDINATION, TEAM
from wellbeing_bot.service.activities.sessions import room_for, upcoming
from wellbeing_bot.service.places.booking import place_of
from wellbeing_bot.service.showing import caseloads
from wellbeing_bot.store import Group, Person, Place
from wellbeing_bot.web.desk.notices import Undo
from wellbeing_bot.web.desk.page import Page, Refusal, View
from wellbeing_bot.web.desk.person import at


def take_on(view: View) -> Response:
    """Whose caseload they are on."""
    person = view.one(Person)
    view.perform("take_on", person=person.id, link_worker=view.number("link_worker"))
    return view.go(at(person), "The caseload is changed.")


def contacted(view: View) -> Response:
    """The first contact was made."""
    person = view.one(Person)
    view.perform("contacted", person=person.id)
    return view.go(at(person), "Saved: the first contact was made.")


def pause(view: View) -> Response:
    """Away until a date."""
    person = view.one(Person)
    view.perform("pause", person=person.id, until=view.text("until", 10) or None)
    return view.go(
        at(person), "Paused. Nothing is nudged until then.", undo=Undo(f"{at(person)}/resume", "Undo")
    )


def resume(view: View) -> Response:
    """Back before the date."""
    person = view.one(Person)
    view.perform("resume", person=person.id)
    return view.go(at(person), "They are back.")


def show_discharge(view: View) -> Response:
    """How did it go?"""
    person = view.one(Person)
    view.looked("looked", person_id=person.id)
    return view.show("desk/discharge.html", person=person)


def discharge(view: View) -> Response:
    """The episode ends."""
    person = view.one(Person)
    view.perform(
        "discharge",
        person=person.id,
        outcome=view.text("outcome", 200),
        declined=view.text("declined") == "yes",
        give_up_places=view.text("give_up_places") == "yes",
        ask=view.text("ask_nothing") != "yes",
    )
    return view.go(at(person), "The referral is closed.", undo=Undo(f"{at(person)}/open-again", "Undo"))


def open_again(view: View) -> Response:
    """The episode goes on."""
    person = view.one(Person)
    view.perform("open_again", person=person.id)
    return view.go(at(person), "The referral is open again.")


def show_contact(view: View) -> Response:
    """How to reach them, and how not."""
    person = view.one(Person)
    view.looked("looked", person_id=person.id)
    return view.show("desk/contact.html", person=person)


def change_contact(view: View) -> Response:
    """Keep how to reach them."""
    person = view.one(Person)
    view.perform(
        "change_contact",
        person=person.id,
        landline=view.text("landline", 20),
        note=view.text("note"),
        never_leave_word=view.text("never_leave_word") == "yes",
        never_from=view.text("never_from", 5) or None,
        never_until=view.text("never_until", 5) or None,
    )
    return view.go(at(person), "Saved.")


def show_book(view: View) -> Response:
    """Which session?"""
    person = view.one(Person)
    view.looked("looked", person_id=person.id)
    groups = view.session.scalars(
        select(Group)
        .where(Group.network_id == view.ours.id, Group.running, Group.ended_on.is_(None))
        .order_by(Group.name)
    )
    offered = []
    for group in groups:
        sessions = [
            (session, room_for(view.work, session), place_of(view.work, person, session))
            for session in upcoming(view.work, group, limit=3)
        ]
        offered.append((group, sessions))
    return view.show("desk/book.html", person=person, offered=offered)


def book(view: View) -> Response:
    """Book for them."""
    person, session = view.one(Person), view.number("session")
    result = view.perform("book", person=person.id, session=session)
    undo = Undo(f"/desk/places/{result['place']}/withdraw", "Undo") if result.get("place") else None
    waiting = result.get("state") == "waitlisted"
    return view.go(
        at(person), "It is full: they are on the waiting list." if waiting else "Booked.", undo=undo
    )


def withdraw(view: View) -> Response:
    """Give up a place; the champion is freed, the ride cancelled, the seat offered on."""
    place = view.one(Place)
    view.perform("withdraw", place=place.id)
    return view.go(at(place.person), "The place is given up. Champion and driver are told.")


def join(view: View) -> Response:
    """A place every week."""
    person = view.one(Person)
    view.perform("join_group", person=person.id, group=view.number("group"))
    return view.go(at(person), "They have a place every week.")


def leave(view: View) -> Response:
    """No longer every week."""
    person = view.one(Person)
    view.perform("leave_group", person=person.id, group=view.number("group"))
    return view.go(at(person), "They no longer come every week.")


def show_merge(view: View) -> Response:
    """Choose the other record, then see both side by side."""
    person = view.one(Person)
    view.looked("looked", person_id=person.id)
    return view.show(
        "desk/merge.html",
        person=person,
        alike=caseloads.alike(view.session, person),
        summary=lambda row: caseloads.summary(view.session, row),
    )


def merge(view: View) -> Response:
    """Everything of this record moves to the other."""
    person, into = view.one(Person), view.number("into")
    if into is None:
        raise Refusal(400)
    view.perform("merge", person=person.id, into=into)
    return view.go(f"/desk/people/{into}", "The two records are one.")


def erase(view: View) -> Response:
    """They are forgotten for good; their page is no more."""
    key = view.one(Person).id
    view.perform("erase", person=key, sure=bool(view.text("sure", 5)))
    return view.go(f"/desk/erased/{key}", "They have been erased. Nobody at that phone is texted again.")


PAGES = (
    Page("POST", "/desk/people/{person:int}/link-worker", take_on, TEAM),
    Page("POST", "/desk/people/{person:int}/contacted", contacted, TEAM),
    Page("POST", "/desk/people/{person:int}/pause", pause, TEAM),
    Page("POST", "/desk/people/{person:int}/resume", resume, TEAM),
    Page("GET", "/desk/people/{person:int}/discharge", show_discharge, TEAM),
    Page("POST", "/desk/people/{person:int}/discharge", discharge, TEAM),
    Page("POST", "/desk/people/{person:int}/open-again", open_again, TEAM),
    Page("GET", "/desk/people/{person:int}/contact", show_contact, TEAM),
    Page("POST", "/desk/people/{person:int}/contact", change_contact, TEAM),
    Page("GET", "/desk/people/{person:int}/book", show_book, TEAM),
    Page("POST", "/desk/people/{person:int}/book", book, TEAM),
    Page("POST", "/desk/people/{person:int}/join", join, TEAM),
    Page("POST", "/desk/people/{person:int}/leave", leave, TEAM),
    Page("GET", "/desk/people/{person:int}/merge", show_merge, COORDINATION),
    Page("POST", "/desk/people/{person:int}/merge", merge, COORDINATION),
    Page("POST", "/desk/people/{person:int}/erase", erase, COORDINATION),
    Page("POST", "/desk/places/{place:int}/withdraw", withdraw, TEAM),
)
