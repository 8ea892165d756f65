"""Leaving a group for good, and keeping another: "take me off the walks but keep the lunch"."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service import meetings
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.activities.sessions import weekly_groups
from wellbeing_bot.service.changing.targets import promised, spoken_of
from wellbeing_bot.service.places import booking, signing_up
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.tasks import raise_task
from wellbeing_bot.service.words import list_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, ChampionGroup, Group, Person
from wellbeing_bot.understanding.details import read_details
from wellbeing_bot.understanding.meaning import Details
from wellbeing_bot.understanding.second_thoughts import off_and_keep


def leave(work: Work, said: str, address: AddressRow, person: Person) -> bool:
    """Take somebody off the groups a text means. False when none of theirs is meant.

    Somebody who comes for themselves and is a champion there is asked which of the two is meant; nobody
    else is.
    """
    off, keep = off_and_keep(said)
    mine, helping = groups_of(work, person), helped_groups(work, person)
    every = list({group.id: group for group in (*mine, *helping)}.values())
    kept = spoken_of(every, keep, _details(work, keep)) if keep else []
    left = spoken_of(every, off, _details(work, off))
    left = [group for group in left if group not in kept]
    if not left and kept:
        left = [group for group in every if group not in kept]
    if not left and len(every) == 1 and not keep:
        left = every
    if not left:
        return False
    both = [group for group in left if group in mine and group in helping]
    if both:
        ids: list[Fact] = [group.id for group in left]
        names = list_words([neutral_name(group) for group in left])
        start(work, "as_whom", address, person, {"groups": names, "group_ids": ids})
        return True
    leave_groups(work, address, person, left, kept)
    return True


def leave_groups(
    work: Work,
    address: AddressRow,
    person: Person,
    left: Sequence[Group],
    kept: Sequence[Group] = (),
    *,
    own: bool = True,
    helping: bool = True,
) -> None:
    """Take somebody off groups and say so in one text: ``own`` as themselves, ``helping`` as a champion."""
    mine = [group for group in left if own and group in groups_of(work, person)]
    helped = [group for group in left if helping and group in helped_groups(work, person)]
    for group in mine:
        signing_up.leave_group(work, person, group)
    for group in helped:
        stop_helping(work, person, group)
    names: list[Fact] = [neutral_name(group) for group in mine or helped]
    if mine and kept:
        stays: list[Fact] = [neutral_name(group) for group in kept]
        reply(work, address, "left_and_kept", {"groups": names, "kept": stays}, person=person)
    elif mine:
        reply(
            work, address, "left_group", {"group": list_words([str(name) for name in names])}, person=person
        )
    elif helped:
        reply(work, address, "asked_champions_no_more", {"groups": names}, person=person)


def stop_helping(work: Work, person: Person, group: Group) -> None:
    """A champion is asked about this group no more; what they had promised there goes to somebody else."""
    work.session.execute(
        delete(ChampionGroup).where(ChampionGroup.person_id == person.id, ChampionGroup.group_id == group.id)
    )
    for meeting in promised(work, person):
        if meeting.place.session.group_id == group.id:
            meetings.drop_out(work, meeting, by="champion")
    raise_task(
        work,
        "champion_left_group",
        person=person,
        occurrence=f"champion_left_group:{person.id}:{group.id}:{work.now.isoformat()}",
        summary=f"Would rather not meet people at {group.name} any more. Nobody asks them there now.",
    )


def groups_of(work: Work, person: Person) -> list[Group]:
    """The groups somebody comes to: week after week, or on a date still to come."""
    groups = weekly_groups(work, person)
    for place in booking.coming_places(work, person):
        if place.session.group not in groups:
            groups.append(place.session.group)
    return groups


def helped_groups(work: Work, person: Person) -> list[Group]:
    """The groups where somebody meets people as a champion."""
    return list(
        work.session.scalars(
            select(Group)
            .join(ChampionGroup, ChampionGroup.group_id == Group.id)
            .where(ChampionGroup.person_id == person.id)
            .order_by(Group.id)
        )
    )


def _details(work: Work, said: str) -> Details:
    return read_details(said, work.local_now)
