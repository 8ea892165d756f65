"""Being met the first time: the patient's wish and the champion's answer."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import meetings
from wellbeing_bot.service.actions.base import action, number, place_of, text
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.store import Meeting


def want_meeting(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Ask the first champion. When nobody can be asked the patient is told so, honestly."""
    preference = text(args, "preference")
    asked = meetings.want(
        talk.work, place_of(talk, args), preference if preference in {"woman", "man"} else ""
    )
    return Outcome("asked" if asked else "nobody")


def accept_meeting(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The champion says yes."""
    meeting = talk.work.session.get_one(Meeting, number(args, "meeting"))
    return Outcome(meetings.accept(talk.work, meeting))


def decline_meeting(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The champion says no."""
    meetings.decline(talk.work, talk.work.session.get_one(Meeting, number(args, "meeting")))
    return Outcome("done")


ACTIONS = (
    action(
        "want_meeting",
        "Asks a champion to meet them; tells them when nobody can be asked.",
        want_meeting,
        takes={"place": "number", "preference": "text"},
        gives={"asked": {}, "nobody": {}},
    ),
    action(
        "accept_meeting",
        "A champion says yes.",
        accept_meeting,
        takes={"meeting": "number"},
        gives={"accepted": {}, "sorted": {}, "off": {}},
    ),
    action("decline_meeting", "A champion says no.", decline_meeting, takes={"meeting": "number"}),
)
