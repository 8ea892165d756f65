"""Pure rules that scripts route by: the facts in, the name of a road out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from wellbeing_bot.conversation import Facts, Rule


def _known(fact: str) -> Rule:
    def decide(facts: Facts) -> str:
        return "known" if facts.get(fact) not in (None, "", []) else "unknown"

    return Rule(
        name=f"know_{fact}",
        about=f"Whether {fact} has been said already, so that it is not asked twice.",
        takes=(fact,),
        gives=("known", "unknown"),
        proves={"known": (fact,)},
        function=decide,
    )


FIRST_WISHES = (
    "join_group",
    "transport",
    "volunteer",
    "carer_referral",
    "attendance_next",
    "self_referral",
    "signpost",
    "clinic",
)


def _first_wish(facts: Facts) -> str:
    wish = facts.get("wish")
    return wish if isinstance(wish, str) and wish in FIRST_WISHES else "self_referral"


def _wants_group(facts: Facts) -> str:
    if facts.get("wish") in {"join_group", "transport", "attendance_next"} or facts.get("group_words"):
        return "yes"
    return "no"


def _afraid_alone(facts: Facts) -> str:
    return "yes" if facts.get("alone") else "no"


def _asked_for_lift(facts: Facts) -> str:
    return "yes" if facts.get("needs_lift") or facts.get("wish") == "transport" else "no"


_HOUSE = re.compile(r"\d|\b(?:house|cottage|court|flat|lodge|farm|villa|home|hall)\b", re.IGNORECASE)


def _address_enough(facts: Facts) -> str:
    """A driver can find it: two words or more, with a number or the name of a house among them."""
    written = str(facts.get("pick_up") or "")
    return "yes" if len(written.split()) > 1 and _HOUSE.search(written) else "no"


def _only_one_offered(facts: Facts) -> str:
    return "yes" if facts.get("only_one") else "no"


def _writes_on(facts: Facts) -> str:
    return "telegram" if facts.get("channel") == "telegram" else "sms"


RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        _known("heard"),
        _known("first_name"),
        _known("for_whom"),
        _known("postcode"),
        _known("access_needs"),
        _known("group_words"),
        _known("concerns"),
        _known("ways"),
        _known("how_long"),
        _known("party"),
        _known("pick_up"),
        Rule(
            name="asked_for_lift",
            about="Whether they asked for a lift themselves, so that it is not offered as well.",
            takes=("needs_lift", "wish"),
            gives=("yes", "no"),
            function=_asked_for_lift,
        ),
        Rule(
            name="address_enough",
            about="Whether a driver could find the address.",
            takes=("pick_up",),
            gives=("yes", "no"),
            function=_address_enough,
        ),
        Rule(
            name="only_one_offered",
            about="Whether there is only one date to move to.",
            takes=("only_one",),
            gives=("yes", "no"),
            function=_only_one_offered,
        ),
        Rule(
            name="first_wish",
            about="What the first text asked for.",
            takes=("wish",),
            gives=FIRST_WISHES,
            function=_first_wish,
        ),
        Rule(
            name="writes_on",
            about="The channel somebody writes on.",
            takes=("channel",),
            gives=("telegram", "sms"),
            function=_writes_on,
        ),
        Rule(
            name="wants_group",
            about="Whether a group was asked for already.",
            takes=("wish", "group_words"),
            gives=("yes", "no"),
            function=_wants_group,
        ),
        Rule(
            name="afraid_alone",
            about="Whether they said they would rather not walk in alone.",
            takes=("alone",),
            gives=("yes", "no"),
            function=_afraid_alone,
        ),
    )
}
