"""Verbs of a transcript that are about who is behind a phone. The harness: ``story_runner``.

person Edith phone=no landline=01632960005 last_name=Hart      (on record, with her phone unless "no")
person Tom phone=Jean                                          (Tom has no phone but Jean's)
also Asha sms:+447700900109                                    (one more address of hers)
booked Jean harbour-walk 2026-11-26                            (a place, with its reminders)
helps Jean harbour-walk                                        (she is an active champion there)
meets Sam Jean                                                 (he has said he will meet her the first time)
referral Edith carer waiting                                   (her newest one: its source and state)
proxy Ruth Jean daughter                                       (Ruth gets Jean's messages, consent on record)
unsafe Jean                                                    (somebody else may read her phone)
is Jean under_16 True                                          (what is on record of a person)
champion_is Sam paused True
agreed Tom yes
same Jean                                                      (one record of that name)
not_kept dementia                                              (that word is nowhere in what is kept of texts)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import select

from tests.story import Story
from tests.town import BOT, LINE, NUMBERS
from wellbeing_bot.messages import Address
from wellbeing_bot.service.people import (
    address_row,
    addresses_of,
    find_address,
    give_role,
    link_address,
    new_person,
    people_at,
)
from wellbeing_bot.service.places.reminders import plan_for_meeting
from wellbeing_bot.service.places.signing_up import sign_up
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    Agreement,
    Champion,
    ChampionGroup,
    ConversationRow,
    Group,
    InboundRow,
    Meeting,
    OutboundRow,
    Person,
    Place,
    Proxy,
    Referral,
    Session_,
    TaskNote,
)
from wellbeing_bot.store.states import ChampionState, MeetingState, ReferralState, Role


def named(work: Work, name: str) -> Person:
    """The one of that first name, merged records aside; whoever is behind the phone while it is not known."""
    query = select(Person).where(Person.first_name == name, Person.merged_into_id.is_(None))
    found = work.session.scalars(query).all()
    if not found:
        row = find_address(work, Address.parse(NUMBERS[name]))
        found = people_at(work, row) if row is not None else []
    assert len(found) == 1, f"{len(found)} people of that name"
    return found[0]


def _pairs(words: tuple[str, ...]) -> dict[str, str]:
    return {name: value for name, _, value in (word.partition("=") for word in words)}


def _person(story: Story, name: str, *more: str) -> None:
    details = _pairs(more)
    phone = details.pop("phone", name)

    def enter(work: Work) -> None:
        person = new_person(work, Role.PATIENT, first_name=name)
        for field, value in details.items():
            setattr(person, field, value == "yes" if value in {"yes", "no"} else value)
        if phone != "no":
            reached(work, person, NUMBERS[phone])
        work.session.add(
            Referral(
                network_id=work.network.id,
                person_id=person.id,
                state=ReferralState.BOOKED,
                source="gp",
                concerns=[],
                opened_at=work.now,
            )
        )

    story.write(enter)


def reached(work: Work, person: Person, written: str) -> None:
    """Reach somebody at an address, with their agreement on record."""
    address = Address.parse(written)
    row = address_row(work, address, line=LINE if address.channel == "sms" else BOT)
    row.line = LINE if address.channel == "sms" else BOT
    link_address(work, person, row)
    work.session.add(
        Agreement(person_id=person.id, address_id=row.id, wording="entered_by_staff", at=work.now)
    )


def _also(story: Story, name: str, written: str) -> None:
    story.write(lambda work: reached(work, named(work, name), NUMBERS.get(written, written)))


def _booked(story: Story, name: str, key: str, day: str) -> None:
    def book(work: Work) -> None:
        session = work.session.scalars(
            select(Session_)
            .join(Group, Group.id == Session_.group_id)
            .where(Group.key == key, Session_.occurs_on == date.fromisoformat(day))
        ).one()
        sign_up(work, named(work, name), session)

    story.write(book)


def _helps(story: Story, name: str, key: str) -> None:
    def enter(work: Work) -> None:
        person = named(work, name)
        give_role(work, person, Role.CHAMPION)
        if work.session.get(Champion, person.id) is None:
            work.session.add(
                Champion(
                    person_id=person.id,
                    network_id=work.network.id,
                    state=ChampionState.ACTIVE,
                    dbs_until=date(2029, 6, 1),
                    entered_at=work.now,
                )
            )
        group = work.session.scalars(select(Group).where(Group.key == key)).one()
        work.session.add(ChampionGroup(person_id=person.id, group_id=group.id))

    story.write(enter)


def _proxy(story: Story, name: str, of: str, relation: str = "") -> None:
    def record(work: Work) -> None:
        work.session.add(
            Proxy(
                person_id=named(work, of).id,
                proxy_id=named(work, name).id,
                relation=relation,
                consent="said so at the surgery",
                since=work.now,
            )
        )

    story.write(record)


def _meets(story: Story, champion: str, name: str) -> None:
    def promise(work: Work) -> None:
        place = work.session.scalars(
            select(Place).where(Place.person_id == named(work, name).id).order_by(Place.id.desc()).limit(1)
        ).one()
        place.wants_meeting, place.meet_round = True, 1
        meeting = Meeting(
            network_id=work.network.id,
            place_id=place.id,
            session_id=place.session_id,
            champion_id=named(work, champion).id,
            state=MeetingState.ACCEPTED,
            asked_at=work.now,
            deadline=work.now,
        )
        work.session.add(meeting)
        work.session.flush()
        plan_for_meeting(work, meeting)

    story.write(promise)


def _referral(story: Story, name: str, source: str, state: str) -> None:
    def look(work: Work) -> tuple[str, str]:
        row = work.session.scalars(
            select(Referral)
            .where(Referral.person_id == named(work, name).id)
            .order_by(Referral.id.desc())
            .limit(1)
        ).one()
        return row.source, row.state.value

    have = story.read(look)
    assert have == (source, state), f"it is {have}"


def _unsafe(story: Story, name: str) -> None:
    def mark(work: Work) -> None:
        for row in addresses_of(work, named(work, name)):
            row.unsafe = True

    story.write(mark)


def _is(story: Story, name: str, field: str, value: str) -> None:
    have = story.read(lambda work: str(getattr(named(work, name), field)))
    assert have == value, f"it is {have}"


def _champion_is(story: Story, name: str, field: str, value: str) -> None:
    have = story.read(lambda work: str(getattr(work.session.get(Champion, named(work, name).id), field)))
    assert have == value, f"it is {have}"


def _agreed(story: Story, name: str, given: str) -> None:
    def look(work: Work) -> list[bool]:
        person = named(work, name)
        return list(work.session.scalars(select(Agreement.given).where(Agreement.person_id == person.id)))

    have = story.read(look)
    assert have[-1:] == [given == "yes"], f"the agreements are {have}"


def _same(story: Story, name: str) -> None:
    story.read(lambda work: named(work, name))


def _not_kept(story: Story, word: str) -> None:
    def look(work: Work) -> list[str]:
        columns = (
            InboundRow.text,
            OutboundRow.text,
            ConversationRow.state,
            TaskNote.text,
            Referral.own_words,
        )
        return [text for column in columns for text in work.session.scalars(select(column)) if word in text]

    have = story.read(look)
    assert not have, f"it is kept: {have}"


ACTS: Mapping[str, Callable[..., None]] = {
    "person": _person,
    "also": _also,
    "booked": _booked,
    "helps": _helps,
    "meets": _meets,
    "proxy": _proxy,
    "unsafe": _unsafe,
}


CHECKS: Mapping[str, Callable[..., None]] = {
    "is": _is,
    "champion_is": _champion_is,
    "agreed": _agreed,
    "referral": _referral,
    "same": _same,
    "not_kept": _not_kept,
}


def names_no_sensitive_group(story: Story) -> None:
    """Nothing that was ever queued names a group marked sensitive, except what staff wrote themselves."""

    def look(work: Work) -> list[str]:
        names = [name.lower() for name in work.session.scalars(select(Group.name).where(Group.sensitive))]
        texts = work.session.scalars(select(OutboundRow.text).where(OutboundRow.by_user == ""))
        return [text for text in texts if any(name in text.lower() for name in names)]

    have = story.read(look)
    assert not have, f"a sensitive group is named: {have}"
