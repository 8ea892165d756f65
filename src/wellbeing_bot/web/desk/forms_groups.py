"""Smaller things about goals, the directory and groups that do not run yet, a form each."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.accounts.roles import COORDINATION
from wellbeing_bot.store import DirectoryService, Goal, Group, Person
from wellbeing_bot.web.desk.forms import Choices, Field, Form, pages_of
from wellbeing_bot.web.desk.page import View


def _home(row: Person) -> str:
    return f"/desk/people/{row.id}#goals"


def _of_goal(row: Goal) -> str:
    return f"/desk/people/{row.person_id}#goals"


def _group(row: Group) -> str:
    return f"/desk/groups/{row.id}"


def _services(view: View) -> Choices:
    rows = view.session.scalars(
        select(DirectoryService)
        .where(DirectoryService.network_id == view.ours.id, DirectoryService.ended_on.is_(None))
        .order_by(DirectoryService.name)
    )
    return [(str(row.id), f"{row.name}: {row.line}" if row.line else row.name) for row in rows]


def _languages(view: View) -> Choices:
    known = view.work.deployment.scripts.languages
    return [("en", "English"), *((tag, one.name) for tag, one in known.items() if view.work.speaks(tag))]


FORMS = (
    Form(
        "/desk/people/{person:int}/goal",
        "set_goal",
        ("person", Person),
        "A goal for the week",
        "Save it",
        "Saved. They are told it, and asked about it on the day.",
        _home,
        about="One small thing you agreed with them. They are told it by text, and asked how it went.",
        fields=(
            Field(
                "goal", "One small thing, in plain words", hint="Walk to the corner and back.", needed=True
            ),
            Field("review_on", "Ask how it went on", "date", "Empty: in a week."),
        ),
    ),
    Form(
        "/desk/people/{person:int}/ask-goal",
        "ask_goal",
        ("person", Person),
        "Ask them for a goal",
        "Ask",
        "Asked. What they write shows under goals.",
        _home,
        about="They are asked by text what one small thing they would like to do this week.",
    ),
    Form(
        "/desk/goals/{goal:int}/drop",
        "drop_goal",
        ("goal", Goal),
        "Let a goal go",
        "Let it go",
        "The goal is let go.",
        _of_goal,
        about="They are not asked about it any more.",
        person=lambda row: row.person_id,
    ),
    Form(
        "/desk/people/{person:int}/service",
        "give_service",
        ("person", Person),
        "Text them a service",
        "Text it",
        "It is on its way.",
        lambda row: f"/desk/people/{row.id}#thread",
        about="A service of the directory: what it is, and its number.",
        fields=(Field("service", "Service", "choice_number", needed=True, choices=_services),),
    ),
    Form(
        "/desk/people/{person:int}/language",
        "choose_language",
        ("person", Person),
        "Which language to write in",
        "Save",
        "Saved. They are written to in it from now on.",
        lambda row: f"/desk/people/{row.id}",
        fields=(
            Field(
                "language",
                "Language",
                "choice",
                choices=_languages,
                now=lambda view: view.one(Person).language,
            ),
        ),
    ),
    Form(
        "/desk/groups/{group:int}/launch",
        "launch_group",
        ("group", Group),
        "It begins to run",
        "Begin, and tell them",
        "It runs. Everybody on its list is told once.",
        _group,
        about="Everybody who would come is told once. It needs a date to come.",
        roles=COORDINATION,
        person=lambda _: None,
    ),
    Form(
        "/desk/groups/{group:int}/interest",
        "add_interest",
        ("group", Group),
        "Somebody would come",
        "Put them on the list",
        "They are on the list.",
        _group,
        fields=(Field("person", "Who", "person", "Name, phone number or number of their record.", True),),
        person=lambda _: None,
    ),
)

PAGES = tuple(page for form in FORMS for page in pages_of(form))
