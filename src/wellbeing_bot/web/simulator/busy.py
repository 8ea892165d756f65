"""The demo's network on a busy morning: a link worker with 29 people, each somewhere else on the way.

The same each time: what somebody is given goes by their number, not by chance. Everybody is invented.
"""

from __future__ import annotations

from typing import Any

import yaml

from wellbeing_bot.web.simulator.filling import demo_network

PEOPLE = 29
WORKER = "marcus"
FIRST = (
    "Agnes", "Bashir", "Cerys", "Dilys", "Emrys", "Farida", "Glenys", "Hamish", "Ivor", "Jasmin",
    "Keith", "Lilian", "Mohan", "Nerys", "Oswald", "Pauline", "Qadir", "Rhona", "Selwyn", "Thelma",
    "Una", "Vernon", "Winnie", "Yusuf", "Zelda", "Archie", "Blodwen", "Clement", "Dora",
)  # fmt: skip
LAST = ("Kettle", "Marsh", "Penrose", "Sandall", "Thrift", "Underhill", "Wick")
CONCERNS = ("loneliness", "money", "bereavement", "mental health", "housing", "social care")
GROUPS = ("harbour-walk", "gentle-walk", "wellbeing-lunch", "boccia", "table-tennis")
TASKS = (
    ("asks_for_person", "soon", "Would like to talk to a person.", "-3 hours"),
    ("not_met", "soon", "Says nobody met them at the door on Thursday. Please ring.", "-1 hours"),
    ("reply_to_read", "routine", "Wrote back after your text.", "+4 hours"),
    ("result_in", "routine", "Finished a questionnaire.", "+30 hours"),
    ("ride_refused", "soon", "The minibus is full. Please find another way.", "+5 hours"),
    ("urgent_words", "urgent", "Reads as suicide. They were given numbers; please ring.", "+10 minutes"),
    ("did_not_get_there", "soon", "Did not get to the lunch.", "+20 hours"),
)


def busy_network() -> dict[str, Any]:
    """A set-up document: the demo's own, and the people of one link worker."""
    document: dict[str, Any] = yaml.load(demo_network(), yaml.BaseLoader)
    return {**document, "people": [*document["people"], *map(_person, range(PEOPLE))]}


def _person(number: int) -> dict[str, Any]:
    weeks = 2 + number * 5 % 22
    state = "waiting" if weeks < 4 else "booked" if weeks < 6 else "active"
    made: dict[str, Any] = {
        "key": f"busy-{number}",
        "first_name": FIRST[number],
        "last_name": LAST[number * 3 % len(LAST)],
        "phone": f"07700 9003{number:02}",
        "postcode": "CT5",
        "referral": {
            "state": state,
            "source": ("gp", "self", "carer")[number % 3],
            "concerns": [CONCERNS[number % len(CONCERNS)]],
            "link_worker": WORKER,
            "opened": f"-{weeks} weeks",
        },
    }
    if state != "waiting":
        made["referral"]["first_contact"] = f"-{weeks - 1} weeks"
        made["places"] = [
            {"group": GROUPS[number % len(GROUPS)], "on": "next", "first_time": state == "booked"}
        ]
    if state == "active":
        made["questionnaires"] = _questionnaires(number, weeks)
    if number % 4 == 1:
        kind, urgency, summary, due = TASKS[number // 4 % len(TASKS)]
        raised = "-5 minutes" if urgency == "urgent" else "-1 days"
        made["tasks"] = [{"kind": kind, "urgency": urgency, "summary": summary, "raised": raised, "due": due}]
    return made


def _questionnaires(number: int, weeks: int) -> list[dict[str, Any]]:
    """At entry, and for those who have been here long enough again after twelve weeks: mostly better."""
    at_entry = {"satisfied": 3 + number % 3, "worthwhile": 4 + number % 2, "happy": 3 + number % 4}
    asked = [_asked("entry", weeks, {**at_entry, "anxious": 5 + number % 3})]
    if weeks > 12:
        better = 2 if number % 5 else -1
        later = {name: value + better for name, value in at_entry.items()}
        asked.append(_asked("week_12", weeks - 12, {**later, "anxious": 5 + number % 3 - better}))
    return asked


def _asked(point: str, weeks: int, answers: dict[str, int]) -> dict[str, Any]:
    at = f"-{weeks} weeks"
    return {"instrument": "ons4", "point": point, "opened": at, "begun": at, "closed": at, "answers": answers}
