"""What a champion texts about their volunteering, told apart from what they want for themselves."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.activities.finding import is_named
from wellbeing_bot.service.champions import asks, workshop
from wellbeing_bot.service.changing.leaving import helped_groups, leave_groups
from wellbeing_bot.service.changing.targets import promised, speaks_of
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.wishes.good_to_know import ask_the_team
from wellbeing_bot.service.wishes.to_staff import for_staff
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Champion, Group, InboundRow, Person
from wellbeing_bot.store.states import ChampionState, Role
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Intent, InterruptKind, Meaning
from wellbeing_bot.understanding.people_words import (
    as_whom,
    asks_whom_again,
    champion_wish,
    meets_at,
    most_a_month,
    name_asked_about,
    names_said,
)
from wellbeing_bot.understanding.practical import asks_something
from wellbeing_bot.understanding.second_thoughts import says_back

NOT_YET = frozenset({ChampionState.INTERESTED, ChampionState.INVITED, ChampionState.CHECKING})
"""They have offered to help, and meet nobody yet."""

FEW_WORDS = 6
"""A longer text that says "back" is about more than that."""

LIMIT = "most_a_month"


def take_up(
    work: Work, inbound: InboundRow, address: AddressRow, people: Sequence[Person], meaning: Meaning
) -> bool:
    """True when the text was about a champion's asks, groups or rota, and has been dealt with."""
    champions = [person for person in people if is_champion(work, person)]
    staff = [p for p in people if p.has(Role.COORDINATOR) or p.has(Role.LINK_WORKER)]
    wish = champion_wish(inbound.text)
    if champions and (
        _asks_after(work, champions[0], inbound.text) or _asks_again(work, champions[0], inbound.text)
    ):
        wish = "rota"
    if wish == "rota" and (champions or staff):
        details = read_details(inbound.text, work.local_now)
        if champions:
            asks.tell_rota(work, address, champions[0], details)
        else:
            asks.tell_staff_rota(work, address, staff[0], details)
        return True
    if not champions:
        return wish == LIMIT and bool(people) and _of_what(work, inbound, address, people)
    person = champions[0]
    return (
        _of_asks(work, inbound.text, address, person, wish)
        or _of_being_one(work, inbound, address, person, wish, meaning)
        or _of_groups(work, inbound.text, address, person, meaning)
    )


def is_a_limit(text: str) -> bool:
    """Whether a text says how often ("no more than 2 a month"), which is no "no", whoever says it."""
    return champion_wish(text) in {LIMIT, "no_limit"}


def keep_limit(work: Work, text: str, address: AddressRow, people: Sequence[Person]) -> None:
    """ "Yes, but no more than 2 a month": the limit beside a champion's answer."""
    champion = next((person for person in people if is_champion(work, person)), None)
    if champion is not None:
        asks.no_more_than(work, address, champion, most_a_month(text))


def _of_what(work: Work, inbound: InboundRow, address: AddressRow, people: Sequence[Person]) -> bool:
    """ "No more than 1 a month", from somebody who is no champion: a person finds out what they mean."""
    for_staff(work, inbound, address, list(people))
    reply(work, address, "how_often_passed_on", person=people[0] if len(people) == 1 else None)
    return True


def _asks_after(work: Work, champion: Person, text: str) -> bool:
    """ "Is Jean still coming?", from the champion who meets her."""
    name = name_asked_about(text)
    return bool(name and names_said(name, [one.place.person.first_name for one in promised(work, champion)]))


def _asks_again(work: Work, champion: Person, text: str) -> bool:
    """ "Who is it again?", from a champion who meets somebody."""
    return asks_whom_again(text) and bool(promised(work, champion))


def is_champion(work: Work, person: Person) -> bool:
    """Whether somebody meets people for us, or has said that they would like to."""
    row = work.session.get(Champion, person.id)
    return row is not None and row.state is not ChampionState.LEFT


def _of_asks(work: Work, text: str, address: AddressRow, person: Person, wish: str | None) -> bool:
    match wish:
        case "most_a_month":
            asks.no_more_than(work, address, person, most_a_month(text))
        case "no_limit":
            asks.no_more_than(work, address, person, None)
        case "back_on":
            asks.back_on(work, address, person)
        case None if _is_back(work, text, person):
            asks.back_on(work, address, person)
        case "pause_asks":
            _pause(work, text, address, person)
        case _:
            return False
    return True


def _is_back(work: Work, text: str, person: Person) -> bool:
    """ "I'm back now", from somebody who had asked to be left in peace as a champion."""
    champion = work.session.get_one(Champion, person.id)
    return champion.paused and says_back(text) and len(text.split()) <= FEW_WORDS


def _of_being_one(
    work: Work, inbound: InboundRow, address: AddressRow, person: Person, wish: str | None, meaning: Meaning
) -> bool:
    """Giving it up, the workshop, one's checks, and what it is to help: none is an offer to help anew."""
    if wish == "leaves":
        asks.leave(work, address, person)
        return True
    if wish == "workshop" and workshop.tell_when(work, address, person):
        return True
    intents = set(meaning.about.intents) if meaning.about else set()
    new = work.session.get_one(Champion, person.id).state in NOT_YET
    asks_us = wish in {"workshop", "checks"} and asks_something(inbound.text)
    if asks_us or (Intent.VOLUNTEER in intents and meets_at(inbound.text) is None):
        ask_the_team(work, inbound, address, person)
        return True
    asks_for_help = intents == {Intent.HELP} or meaning.command is InterruptKind.HELP
    if new and asks_for_help and asks_something(inbound.text):
        ask_the_team(work, inbound, address, person)
        return True
    return False


def _pause(work: Work, text: str, address: AddressRow, person: Person) -> None:
    """Somebody who comes for themselves as well may mean either; nobody else is asked."""
    whom = as_whom(text)
    if whom == "champion" or not asks.comes_for_themselves(work, person) or "ask" in text.lower():
        asks.pause(work, address, person)
    elif whom == "self":
        start(work, "pause", address, person, {})
    else:
        start(work, "pause_whom", address, person, {})


def _of_groups(work: Work, text: str, address: AddressRow, person: Person, meaning: Meaning) -> bool:
    groups = groups_named(work, text)
    if not groups:
        return False
    meets = meets_at(text)
    if meets is False:
        helped = [group for group in groups if group in helped_groups(work, person)]
        leave_groups(work, address, person, helped, own=False)
        return bool(helped)
    if meets and len(groups) == 1:
        asks.help_at(work, address, person, groups[0])
        return True
    wants_to_join = meaning.about is not None and Intent.JOIN_GROUP in meaning.about.intents
    if not wants_to_join or len(groups) != 1 or as_whom(text) == "self":
        return False
    if asks.comes_for_themselves(work, person):
        return False
    facts: dict[str, Fact] = {"group": groups[0].id, "own_words": text}
    start(work, "join_as", address, person, facts)
    return True


def groups_named(work: Work, text: str) -> list[Group]:
    """The groups a text names; those it speaks of by their kind, where it names none."""
    details = read_details(text, work.local_now)
    groups = list(
        work.session.scalars(
            select(Group)
            .where(Group.network_id == work.network.id, Group.ended_on.is_(None))
            .order_by(Group.id)
        )
    )
    return [group for group in groups if is_named(group, text)] or [
        group for group in groups if speaks_of(group, text, details)
    ]
