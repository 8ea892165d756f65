"""Smaller things that are done for one person, a form each."""

from __future__ import annotations

from wellbeing_bot.service.accounts.roles import COORDINATION
from wellbeing_bot.service.linking import preferring
from wellbeing_bot.service.showing import person_pages
from wellbeing_bot.store import Champion, Person
from wellbeing_bot.web.desk.forms import Choices, Field, Form, pages_of
from wellbeing_bot.web.desk.page import View

AT = "/desk/people/{person:int}"


def _home(row: Person) -> str:
    return f"/desk/people/{row.id}"


def _champion(row: Champion) -> str:
    return f"/desk/champions/{row.person_id}"


def _channels(_: View) -> Choices:
    return [(name, words.capitalize()) for name, words in preferring.IN_WORDS.items()]


def _proxies(view: View) -> Choices:
    found = person_pages.proxies(view.session, view.one(Person))
    return [(str(other.id), other.full_name or f"Number {other.id}") for _, other, theirs in found if theirs]


def _is_unsafe(view: View) -> bool:
    return any(way.address.unsafe for way in person_pages.ways(view.work, view.one(Person)))


FORMS = (
    Form(
        "/desk/champions/new",
        "enter_champion",
        None,
        "Somebody who would like to help",
        "Add them",
        "Added. Nothing has been texted to them. Invite them to a workshop, or enter their checks.",
        lambda _: "/desk/champions",
        about="For somebody who told you in person. Those who text it are entered by themselves.",
        fields=(
            Field("first_name", "First name", needed=True),
            Field("last_name", "Last name"),
            Field("mobile", "Mobile", "mobile", "For example 07700 900123."),
            Field("agreed", "They agreed to be texted at this number", "tick"),
        ),
        roles=COORDINATION,
        onward=lambda done: f"/desk/champions/{done['person']}",
    ),
    Form(
        f"{AT}/question",
        "ask",
        ("person", Person),
        "Ask a question by text",
        "Ask",
        "Asked. The answer comes to your worklist.",
        _home,
        about="Their answer comes back to the worklist as a task. The bot goes on as before.",
        fields=(Field("text", "Your question", "area", "Say who you are. One question at a time.", True),),
    ),
    Form(
        f"{AT}/mobile",
        "correct_address",
        ("person", Person),
        "Change their mobile number",
        "Change it",
        "The number is changed. The old one is let go.",
        _home,
        about="Use this when they have a new number. Nothing is texted because of it.",
        fields=(Field("to", "New mobile number", "mobile", needed=True),),
    ),
    Form(
        f"{AT}/unsafe",
        "mark_phone",
        ("person", Person),
        "Who may read their phone",
        "Save",
        "Saved.",
        _home,
        about="Where somebody else may read it, texts name no group and no reason.",
        fields=(Field("unsafe", "Somebody else may read what is sent to them", "tick", now=_is_unsafe),),
    ),
    Form(
        f"{AT}/channel",
        "prefer_channel",
        ("person", Person),
        "Text or Telegram",
        "Save",
        "Saved. Messages go there from now on.",
        _home,
        fields=(Field("channel", "Write to them by", "choice", choices=_channels),),
    ),
    Form(
        f"{AT}/over-16",
        "over_16",
        ("person", Person),
        "They are 16 or over",
        "Yes, 16 or over",
        "Saved. They may be asked and reminded again.",
        _home,
        about="Only when you know it, from them or their practice.",
    ),
    Form(
        f"{AT}/end-questionnaire",
        "end_questionnaire",
        ("person", Person),
        "End what they are being asked",
        "End it",
        "Ended. The answers they gave stay.",
        _home,
        about="Nothing is said to them. The answers they gave stay.",
    ),
    Form(
        f"{AT}/carer",
        "record_proxy",
        ("person", Person),
        "Somebody else gets their messages",
        "Save",
        "Saved. Messages go to them from now on.",
        _home,
        about="Only with the person's own consent. Enter the carer first if they are not on record.",
        fields=(
            Field("proxy", "Who", "person", "Name, phone number or number of their record.", True),
            Field("relation", "Who they are to the person", hint="Daughter, neighbour."),
            Field("consent", "How the person gave their consent, and to whom", "area", needed=True),
        ),
    ),
    Form(
        f"{AT}/no-carer",
        "end_proxy",
        ("person", Person),
        "Somebody gets their messages no more",
        "End it",
        "Ended. Messages go to the person again.",
        _home,
        fields=(Field("proxy", "Who", "choice_number", needed=True, choices=_proxies),),
    ),
    Form(
        "/desk/champions/{champion:int}/workshop",
        "invite_to_workshop",
        ("person", Champion),
        "Invite to a workshop",
        "Invite them",
        "Invited. Their answer shows here, and a no comes to the worklist.",
        _champion,
        about="They are asked by text whether they can come.",
        fields=(
            Field("at", "Day and time", "moment", needed=True),
            Field("place", "Where", hint="Oyster Hall, Quay Street.", needed=True),
        ),
        roles=COORDINATION,
        person=lambda row: row.person_id,
    ),
    Form(
        "/desk/champions/{champion:int}/workshop-answer",
        "workshop_answer",
        ("person", Champion),
        "Do they come to the workshop?",
        "Save",
        "Saved.",
        _champion,
        about="For an answer they gave by phone or in person.",
        fields=(Field("coming", "They come", "tick"),),
        roles=COORDINATION,
        person=lambda row: row.person_id,
    ),
)

PAGES = tuple(page for form in FORMS for page in pages_of(form))
