"""Joining two channels of one person, by a code."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, text
from wellbeing_bot.service.linking import codes
from wellbeing_bot.service.talking import Talk


def send_link_code(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Send a code to the other address, if we know it. What is said is the same either way."""
    sent = codes.send(
        talk.work,
        talk.address,
        number=text(args, "number"),
        name=text(args, "name"),
        postcode=text(args, "postcode"),
    )
    return Outcome("sent" if sent else "too_many")


def check_link_code(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Whether the code is right; then both addresses are one person's."""
    outcome, known = codes.check(talk.work, talk.address, text(args, "code"))
    if known is not None:
        talk.person = codes.join(talk.work, talk.address, talk.person, known)
    return Outcome(outcome)


ACTIONS = (
    action(
        "send_link_code",
        "Sends a code to the other address, if we know it.",
        send_link_code,
        takes={"number": "text", "name": "text", "postcode": "text"},
        gives={"sent": {}, "too_many": {}},
    ),
    action(
        "check_link_code",
        "Joins two channels when the code is right.",
        check_link_code,
        takes={"code": "text"},
        gives={"right": {}, "wrong": {}, "too_many": {}, "expired": {}},
    ),
)
