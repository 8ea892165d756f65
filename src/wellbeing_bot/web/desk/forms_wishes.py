"""Inviting people to a date, finding whom somebody would meet again, and a link worker's own notices."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from wellbeing_bot.service.accounts.roles import COORDINATION
from wellbeing_bot.service.lunches.meet_again import others_at
from wellbeing_bot.service.workers import notices
from wellbeing_bot.store import MeetAgain, Person, Place, Session_
from wellbeing_bot.web.desk.forms import Choices, Field, Form, pages_of
from wellbeing_bot.web.desk.page import View


def _session(row: Session_) -> str:
    return f"/desk/sessions/{row.id}"


def _there(view: View) -> Choices:
    """Who else was there that day."""
    wish = view.one(MeetAgain)
    place = view.session.scalars(
        select(Place).where(Place.session_id == wish.session_id, Place.person_id == wish.wisher_id)
    ).first()
    found = others_at(view.work, place) if place is not None else []
    return [(str(person.id), person.full_name or f"Number {person.id}") for person in found]


def _wanted(what: notices.What) -> Callable[[View], bool]:
    def now(view: View) -> bool:
        key = view.account.person_id
        worker = view.session.get(Person, key) if key is not None else None
        return worker is not None and notices.wants(view.work, worker, what)

    return now


def _ways(_: View) -> Choices:
    return [("", "As it is"), ("sms", "By text"), ("telegram", "By Telegram")]


FORMS = (
    Form(
        "/desk/sessions/{session:int}/invite",
        "invite",
        ("session", Session_),
        "Invite people",
        "Invite them",
        "They are invited, each once. Who says yes is on the register.",
        _session,
        about="Each is asked by text whether they would like to come.",
        fields=(
            Field("people", "Who", "people", "One on each line: name, phone number or number.", needed=True),
        ),
        roles=COORDINATION,
        person=lambda _: None,
    ),
    Form(
        "/desk/wishes/{wish:int}/match",
        "match_meet_again",
        ("wish", MeetAgain),
        "Whom would they like to meet again?",
        "Ask that person",
        "Asked. Names are given once both have said yes.",
        lambda row: f"/desk/sessions/{row.session_id}",
        about="That person is asked by text. Nobody is named before both have said yes.",
        fields=(Field("person", "Whom they mean", "choice_number", needed=True, choices=_there),),
        roles=COORDINATION,
        person=lambda row: row.wisher_id,
    ),
    Form(
        "/desk/me/notices",
        "choose_notices",
        None,
        "Notices for yourself",
        "Save",
        "Saved.",
        lambda _: "/desk/me",
        about="Initials and a link, to your own phone.",
        fields=(
            Field("new_referral", "When somebody is referred to you", "tick", now=_wanted("new_referral")),
            Field("urgent", "When one of yours wrote something urgent", "tick", now=_wanted("urgent")),
            Field("result", "When a questionnaire came back", "tick", now=_wanted("result")),
            Field("appointment", "When an appointment is taken or left", "tick", now=_wanted("appointment")),
            Field("channel", "How", "choice", choices=_ways),
            Field("person", "Who", "given", now=lambda view: view.account.person_id),
        ),
    ),
)

PAGES = tuple(page for form in FORMS for page in pages_of(form))
