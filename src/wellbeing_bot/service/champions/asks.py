"""How often, where and whether a champion is asked, as they say it by text."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service import changing, meetings
from wellbeing_bot.service.activities.finding import neutral_name
from wellbeing_bot.service.champions import rota
from wellbeing_bot.service.people import open_referral
from wellbeing_bot.service.places.booking import coming_places
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import close, open_conversations, start
from wellbeing_bot.service.tasks import due_in, raise_task
from wellbeing_bot.service.words import list_words
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Champion, ChampionGroup, Group, Meeting, Person
from wellbeing_bot.store.states import MeetingState
from wellbeing_bot.understanding.meaning import Details


def pause(work: Work, address: AddressRow, person: Person) -> None:
    """Ask them nothing until BACK ON. What they have promised is asked about, not taken away."""
    champion = work.session.get_one(Champion, person.id)
    champion.paused = True
    for meeting in _asked(work, person):
        for row in open_conversations(work, address):
            if row.meeting_id == meeting.id:
                close(work, row, "paused")
        meetings.decline(work, meeting)
    kept = changing.promised(work, person)
    if not kept:
        reply(work, address, "asks_paused", person=person)
        return
    start(
        work,
        "keep_meetings",
        address,
        person,
        {"whom": list_words(rota.own_lines(work, person, Details())), "how_many": len(kept)},
    )


def leave(work: Work, address: AddressRow, person: Person) -> None:
    """They would rather not do it any more: they are asked nothing, and a person thanks them and closes it.

    Whom they have promised to meet is asked about first, as with a pause.
    """
    raise_task(
        work,
        "champion_leaving",
        person=person,
        address=address,
        occurrence=f"champion_leaving:{person.id}:{work.local_now.date()}",
        due_at=due_in(work, 72),
        summary="Would rather not be a champion any more; is asked nothing now. Please thank them.",
    )
    if changing.promised(work, person):
        pause(work, address, person)
        return
    work.session.get_one(Champion, person.id).paused = True
    reply(work, address, "asks_no_more_at_all", person=person)


def _asked(work: Work, champion: Person) -> list[Meeting]:
    return list(
        work.session.scalars(
            select(Meeting).where(Meeting.champion_id == champion.id, Meeting.state == MeetingState.ASKED)
        )
    )


def give_up_all(work: Work, person: Person) -> None:
    """Somebody else meets those they had promised to meet."""
    for meeting in changing.promised(work, person):
        meetings.drop_out(work, meeting, by="champion")


def back_on(work: Work, address: AddressRow, person: Person) -> None:
    """They may be asked again, from today."""
    champion = work.session.get_one(Champion, person.id)
    champion.paused = False
    champion.away_from = champion.away_until = None
    person.paused_from = person.paused_until = None
    work.session.flush()
    reply(work, address, "asks_back_on", person=person)


def no_more_than(work: Work, address: AddressRow, person: Person, most: int | None) -> None:
    """The most they are asked to meet in a month; none is no limit."""
    work.session.get_one(Champion, person.id).most_a_month = most
    work.session.flush()
    if most is None:
        reply(work, address, "asks_no_limit", person=person)
    else:
        reply(work, address, "asks_most_noted", {"most": most}, person=person)


def tell_rota(work: Work, address: AddressRow, person: Person, details: Details) -> None:
    """Whom they are meeting."""
    lines = rota.own_lines(work, person, details)
    if lines:
        reply(work, address, "meeting_these", {"lines": "\n".join(lines)}, person=person)
    else:
        reply(work, address, "meeting_nobody", person=person)


def tell_staff_rota(work: Work, address: AddressRow, person: Person, details: Details) -> None:
    """Who meets whom, to a member of staff who asks by text."""
    lines = rota.staff_lines(work, details)
    reply(work, address, "rota", {"lines": "\n".join(lines) or "Nobody is to be met."}, person=person)


def help_at(work: Work, address: AddressRow, person: Person, group: Group) -> None:
    """They would meet people at this group as well."""
    if work.session.get(ChampionGroup, (person.id, group.id)) is None:
        work.session.add(ChampionGroup(person_id=person.id, group_id=group.id))
        raise_task(
            work,
            "champion_new_group",
            person=person,
            occurrence=f"champion_new_group:{person.id}:{group.id}:{work.now.isoformat()}",
            summary=f"Would now meet people at {group.name} as well, and is asked there.",
        )
    work.session.flush()
    reply(work, address, "champion_helps_at", {"group": neutral_name(group)}, person=person)


def comes_for_themselves(work: Work, person: Person) -> bool:
    """Whether a champion is a patient too just now."""
    return open_referral(work, person) is not None or bool(coming_places(work, person))
