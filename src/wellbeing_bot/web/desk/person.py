"""One person: who they are, how to reach them, the thread, what they are booked on, results, consent."""

from __future__ import annotations

from sqlalchemy import select
from starlette.responses import PlainTextResponse, Response

from wellbeing_bot.service.accounts.roles import TEAM
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.desk.registry import DESK
from wellbeing_bot.service.people import open_referral
from wellbeing_bot.service.questionnaires.network import library
from wellbeing_bot.service.showing import diaries, person_pages, results_over_time, worklists
from wellbeing_bot.store import Interest, Person, Practice
from wellbeing_bot.store.states import ReferralState
from wellbeing_bot.web.desk import drawing
from wellbeing_bot.web.desk.notices import Undo
from wellbeing_bot.web.desk.page import Page, View

LONGEST_REPLY = 1_500
"""Characters; ten SMS parts. Longer than anybody should be sent."""


def at(person: Person) -> str:
    return f"/desk/people/{person.id}"


def show(view: View) -> Response:
    """The page; looking at it is kept."""
    return _page(view)


def _page(view: View, *, draft: str = "", error: str = "") -> Response:
    person = view.one(Person)
    if person.merged_into_id is not None:
        return view.go(f"/desk/people/{person.merged_into_id}", "That record was merged into this one.")
    view.looked("looked", person_id=person.id)
    work = view.work
    ways = person_pages.ways(work, person)
    found = results_over_time.results(work, person)
    return view.show(
        "desk/person.html",
        status=409 if error else 200,
        person=person,
        practice=view.session.get(Practice, person.practice_id) if person.practice_id else None,
        ways=ways,
        held=next((way.held for way in ways if way.held is not None), None),
        thread=person_pages.thread(view.session, person),
        tasks=worklists.of_person(view.session, person.id),
        referrals=person_pages.referrals(view.session, person),
        referral=open_referral(work, person),
        appointments=diaries.of_person(work, person),
        booked=person_pages.booked(work, person),
        goals=person_pages.goals(view.session, person),
        interests=list(view.session.scalars(select(Interest).where(Interest.person_id == person.id))),
        results=[(one, drawing.lines(one)) for one in found.over_time],
        askings=found.askings,
        agreements=person_pages.agreements(view.session, person),
        proxies=person_pages.proxies(view.session, person),
        looks=person_pages.looks(view.session, person),
        link_workers=person_pages.link_workers(view.session, view.ours.id),
        worker_of=lambda key: view.session.get(Person, key) if key else None,
        instruments=_instruments(view),
        open_states=(ReferralState.WAITING, ReferralState.BOOKED, ReferralState.ACTIVE),
        draft=draft,
        error=error,
    )


def _instruments(view: View) -> list[tuple[str, str]]:
    """What can be begun from here, where the service can begin it."""
    if "start_questionnaire" not in DESK:
        return []
    on = library(view.work).instruments.on
    return [(name, instrument.title) for name, instrument in on.items() if not instrument.typed_in]


def thread(view: View) -> Response:
    """The thread alone, for the page to refresh itself with."""
    person = view.one(Person)
    return view.show("desk/_thread.html", person=person, thread=person_pages.thread(view.session, person))


def reply(view: View) -> Response:
    """Write to them. It says at once when it could not go, and keeps what was typed."""
    person, text = view.one(Person), view.text("text", 10_000)
    if not text:
        return _page(view, error="Write something first.")
    if len(text) > LONGEST_REPLY:
        return _page(view, draft=text, error=f"Too long to text: {len(text)} of at most {LONGEST_REPLY}.")
    try:
        result = view.perform("reply", person=person.id, text=text)
    except DeskError as error:
        return _page(view, draft=text, error=str(error))
    if not result.get("sent"):
        return _page(view, draft=text, error=f"It did not go. {result.get('why', '')}")
    return view.go(
        f"{at(person)}#thread",
        "Your text is on its way; its state stands below it. The bot keeps quiet until you hand back.",
    )


def parts(view: View) -> Response:
    """How long a draft is, in SMS parts and pence."""
    text = view.desk.app.deployment.simplify(view.text("text", 10_000))
    if not text:
        return PlainTextResponse("")
    count = view.desk.app.deployment.parts(text)
    pence = count * view.settings.price_per_part_pence
    return PlainTextResponse(
        f"{len(text)} characters, {count} SMS {'part' if count == 1 else 'parts'}, about {pence:g}p by SMS."
    )


def hold(view: View) -> Response:
    """Take the conversation over."""
    person = view.one(Person)
    view.perform("hold", person=person.id)
    return view.go(
        at(person),
        "You have the conversation. The bot asks and nudges nothing.",
        undo=Undo(f"{at(person)}/hand-back", "Hand back"),
    )


def hand_back(view: View) -> Response:
    """Let the bot speak again."""
    person = view.one(Person)
    view.perform("hand_back", person=person.id)
    return view.go(at(person), "Handed back. The bot goes on where it was.")


def ask(view: View) -> Response:
    """Begin a questionnaire by text."""
    person = view.one(Person)
    view.perform("start_questionnaire", person=person.id, instrument=view.text("instrument", 40))
    return view.go(at(person), "The questionnaire has begun. The result comes to your worklist.")


PAGES = (
    Page("GET", "/desk/people/{person:int}", show, TEAM),
    Page("GET", "/desk/people/{person:int}/thread", thread, TEAM, poll=True),
    Page("POST", "/desk/people/{person:int}/reply", reply, TEAM),
    Page("POST", "/desk/people/{person:int}/parts", parts, TEAM, poll=True),
    Page("POST", "/desk/people/{person:int}/hold", hold, TEAM),
    Page("POST", "/desk/people/{person:int}/hand-back", hand_back, TEAM),
    Page("POST", "/desk/people/{person:int}/ask", ask, TEAM),
)
