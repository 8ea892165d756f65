"""Champions: workshop, pausing with promises open, and which of two hats a text was about."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, number, person_of
from wellbeing_bot.service.champions import asks, workshop
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.store import Group


def workshop_yes(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They come to the workshop."""
    workshop.answer(talk.work, person_of(talk), coming=True)
    return Outcome("done")


def workshop_no(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They cannot come to it; another date is offered."""
    workshop.answer(talk.work, person_of(talk), coming=False)
    return Outcome("done")


def pause_asks(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Ask them nothing as a champion until they say so."""
    asks.pause(talk.work, talk.address, person_of(talk))
    return Outcome("done")


def give_up_meetings(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Somebody else meets those they had promised to meet."""
    asks.give_up_all(talk.work, person_of(talk))
    return Outcome("done")


def help_at(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They meet people at a group as a champion."""
    group = talk.work.session.get_one(Group, number(args, "group"))
    asks.help_at(talk.work, talk.address, person_of(talk), group)
    return Outcome("done")


ACTIONS = (
    action("workshop_yes", "Notes that they come to the workshop.", workshop_yes),
    action("workshop_no", "Notes that they cannot come to the workshop.", workshop_no),
    action("pause_asks", "Asks them nothing as a champion until they say so.", pause_asks),
    action("give_up_meetings", "Has somebody else meet those they had promised to meet.", give_up_meetings),
    action("help_at", "Has them asked to meet people at a group.", help_at, takes={"group": "number"}),
)
