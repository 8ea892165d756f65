"""What falls due about lunches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from wellbeing_bot.service.lunches.invitations import fire_invite, settle
from wellbeing_bot.service.lunches.meet_again import ask_other
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import MeetAgain, Reminder, Session_


def settle_invitations(work: Work, reminder: Reminder) -> datetime | None:
    """The session is over: whoever said nothing said nothing."""
    settle(work, work.session.get_one(Session_, reminder.session_id))
    return None


def meet_again_ask(work: Work, reminder: Reminder) -> datetime | None:
    """Would they like to meet up again with somebody who would like to meet them?"""
    return ask_other(work, work.session.get_one(MeetAgain, int(reminder.payload["wish"])))


KINDS: Mapping[str, Callable[[Work, Reminder], datetime | None]] = {
    "invite": fire_invite,
    "settle_invitations": settle_invitations,
    "meet_again_ask": meet_again_ask,
}
