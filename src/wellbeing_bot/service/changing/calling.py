"""Calling things off, and saying so in one text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import meetings
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.changing.targets import Target
from wellbeing_bot.service.clinics.times import place_time
from wellbeing_bot.service.places import signing_up
from wellbeing_bot.service.rides import drivers
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.words import list_words, when_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, DriverAsk, Meeting, Person, Place


def call_off(work: Work, address: AddressRow, person: Person, target: Target) -> None:
    """Call one thing off and say so."""
    call_off_all(work, address, person, [target])


def call_off_all(work: Work, address: AddressRow, person: Person, found: Sequence[Target]) -> None:
    """Call several things off, and say so once."""
    if not found:
        return
    at = _when(work, found[0])
    others = [name for name in (_undo(work, target) for target in found) if name]
    target = found[0]
    facts: dict[str, Fact] = {
        "group": neutral_name(target.session.group),
        "when": when_words(at, work.zone, person.language),
    }
    one_session = {one.session.id for one in found} == {target.session.id}
    kinds = {one.kind for one in found}
    if not one_session:
        notice, facts = "all_called_off", {"what": [one.label for one in found]}
    elif kinds == {"place"}:
        notice = "not_coming_noted"
    elif "place" in kinds:
        notice, facts = "not_coming_and_not_meeting", {**facts, "patients": list_words(others)}
    else:
        notice = "driver_stood_down" if kinds == {"drive"} else "champion_stood_down"
        facts = {"patient": list_words(others), "when": facts["when"]}
    reply(work, address, notice, facts, person=person, session=target.session)


def _when(work: Work, target: Target) -> datetime:
    """When it is: at a clinic, the person's own time, which goes with the place."""
    if target.kind == "place":
        return place_time(work, work.session.get_one(Place, target.key))
    return target.session.starts_at


def _undo(work: Work, target: Target) -> str:
    """Undo one thing. Returns the first name of whoever was to be met or driven."""
    if target.kind == "meeting":
        meeting = work.session.get_one(Meeting, target.key)
        meetings.drop_out(work, meeting, by="champion")
        return meeting.place.person.first_name or "them"
    if target.kind == "drive":
        ask = work.session.get_one(DriverAsk, target.key)
        drivers.drop_out(work, ask)
        return ask.ride.place.person.first_name or "them"
    signing_up.withdraw(work, work.session.get_one(Place, target.key))
    return ""
