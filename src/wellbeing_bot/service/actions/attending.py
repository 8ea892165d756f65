"""Coming or not, said before and afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.conversation import Outcome
from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.actions.base import action, number, place_of
from wellbeing_bot.service.places import afterwards, booking, offering, signing_up
from wellbeing_bot.service.talking import Talk
from wellbeing_bot.store import Meeting


def will_come(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They can be expected."""
    place = place_of(talk, args)
    if not place.state.coming:
        return Outcome("off")
    booking.confirm(talk.work, place)
    return Outcome("done")


def will_not_come(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """They cannot come this time."""
    signing_up.withdraw(talk.work, place_of(talk, args))
    return Outcome("done")


def take_offer(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Take the freed seat, if it is still there."""
    place = place_of(talk, args)
    if not offering.accept_offer(talk.work, place):
        return Outcome("gone")
    return Outcome("booked_first" if place.first_time else "booked")


def leave_offer(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """Leave the freed seat to the next."""
    signing_up.withdraw(talk.work, place_of(talk, args))
    return Outcome("done")


def patient_came(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The patient says they got there."""
    return Outcome(afterwards.patient_says(talk.work, place_of(talk, args), came=True))


def patient_did_not_come(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The patient says they did not get there."""
    afterwards.patient_says(talk.work, place_of(talk, args), came=False)
    return Outcome("done")


def champion_met(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The champion says the patient came."""
    meeting = talk.work.session.get_one(Meeting, number(args, "meeting"))
    afterwards.champion_says(talk.work, meeting, came=True)
    return Outcome("done")


def champion_did_not_meet(talk: Talk, args: Mapping[str, Fact]) -> Outcome:
    """The champion says the patient did not come."""
    meeting = talk.work.session.get_one(Meeting, number(args, "meeting"))
    afterwards.champion_says(talk.work, meeting, came=False)
    return Outcome("done")


ACTIONS = (
    action(
        "will_come",
        "They can be expected.",
        will_come,
        takes={"place": "number"},
        gives={"done": {}, "off": {}},
    ),
    action("will_not_come", "They cannot come this time.", will_not_come, takes={"place": "number"}),
    action(
        "take_offer",
        "Takes a freed seat, if it is still there.",
        take_offer,
        takes={"place": "number"},
        gives={"booked_first": {}, "booked": {}, "gone": {}},
    ),
    action("leave_offer", "Leaves a freed seat to the next.", leave_offer, takes={"place": "number"}),
    action(
        "patient_came",
        "The patient says they got there.",
        patient_came,
        takes={"place": "number"},
        gives={"regular": {}, "already_regular": {}, "no_more_dates": {}},
    ),
    action(
        "patient_did_not_come",
        "The patient says they did not get there; a link worker is told.",
        patient_did_not_come,
        takes={"place": "number"},
    ),
    action("champion_met", "The champion says the patient came.", champion_met, takes={"meeting": "number"}),
    action(
        "champion_did_not_meet",
        "The champion says the patient did not come.",
        champion_did_not_meet,
        takes={"meeting": "number"},
    ),
)
