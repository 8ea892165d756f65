"""Two networks in one process, and one phone that texts both: nothing of the one is seen in the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.story import Story
from tests.town import LINE, NUMBERS
from wellbeing_bot.messages import Address
from wellbeing_bot.service.activities.planning import plan_network
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.people import address_row, give_role, link_address, new_person
from wellbeing_bot.service.places.signing_up import join_group
from wellbeing_bot.service.showing import caseloads
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    Duty,
    Group,
    Line,
    Network,
    OutboundRow,
    Person,
    PersonAddress,
    Place,
    Practice,
    Task,
)
from wellbeing_bot.store.states import Role

OTHER_LINE = "+447700900990"
HILL_NUMBERS = "Ring the Hill line, 01632 960111."


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    """The town, and Hill PCN beside it: its own number, group, words, hours, duty and urgent numbers."""
    made = Story(tmp_path)
    made.app.database.run(lambda session: _hill(made, session))
    yield made
    made.close()


def _hill(story: Story, session: Session) -> None:
    network = Network(
        slug="hill",
        name="Hill PCN",
        settings={
            "service_name": "Hill Friends",
            "questionnaires": {"plans": []},
            "quiet_until": "10:30",
            "numbers": {"suicide": HILL_NUMBERS},
            "wording": {"notices.stopped.say": "Hill says goodbye. To come back, text START."},
        },
    )
    session.add(network)
    session.flush()
    session.add(Line(network_id=network.id, channel="sms", value=OTHER_LINE))
    session.add(Practice(network_id=network.id, name="Hill Surgery", also=[]))
    session.add(
        Group(
            network_id=network.id,
            key="harbour-walk",
            name="Hilltop Ramble",
            kind="walk",
            rrule="FREQ=WEEKLY;BYDAY=FR",
            start_time="10:00",
            first_date=date(2026, 1, 1),
            meeting_point="the gate",
        )
    )
    session.flush()
    work = Work(session, story.now, story.app.deployment, network)
    worker = new_person(work, Role.LINK_WORKER, first_name="Hilda")
    link_address(work, worker, address_row(work, Address.parse("sms:+447700900991"), line=OTHER_LINE))
    give_role(work, worker, Role.COORDINATOR)
    session.add(Duty(network_id=network.id, person_id=worker.id, position=1))
    session.flush()
    plan_network(work)


def text(story: Story, words: str, line: str) -> list[tuple[str, str, str]]:
    """Jean's phone texts one of the two numbers. What went out: from which line, which words, the text."""
    story.text("Jean", words, line=line)
    return sent(story)


def sent(story: Story) -> list[tuple[str, str, str]]:
    return [(row.line, row.key, row.text) for row in story.new_messages()]


def rows(story: Story, kind: type[Any], slug: str) -> list[Any]:
    """All rows of a table that are of one network."""
    with story.app.database.reading() as session:
        network = session.scalars(select(Network).where(Network.slug == slug)).one()
        found = list(session.scalars(select(kind).where(kind.network_id == network.id)))
        session.expunge_all()
    return found


def agreed_in_both(story: Story) -> None:
    for line in (LINE, OTHER_LINE):
        for words in ("hello", "yes", "Jean", "skip", "not sure", "skip", "none", "yes", "no"):
            text(story, words, line)


def test_one_phone_texts_both_and_each_answers_as_itself(story: Story) -> None:
    first, second = text(story, "hello", LINE), text(story, "hello", OTHER_LINE)
    assert [line for line, _, _ in first] == [LINE]
    assert [line for line, _, _ in second] == [OTHER_LINE]
    assert "Seabank Wellbeing" in first[0][2]
    assert "Hill Friends" in second[0][2]
    with story.app.database.reading() as session:
        phones = session.scalars(
            select(AddressRow).where(AddressRow.value == NUMBERS["Jean"].removeprefix("sms:"))
        ).all()
        assert len({phone.network_id for phone in phones}) == len(phones) == 2


def test_places_groups_and_tasks_stay_in_their_own_network(story: Story) -> None:
    agreed_in_both(story)
    offered = text(story, "I'd like to join a walk", OTHER_LINE)
    assert offered
    assert all("Harbour" not in words and "Gentle" not in words for _, _, words in offered)
    assert any("Hilltop Ramble" in words for _, _, words in offered)
    text(story, "yes", OTHER_LINE)
    assert [place.state.value for place in rows(story, Place, "hill")] == ["booked"]
    assert rows(story, Place, "seabank") == []
    assert text(story, "what am I booked on", LINE)[0][1] == "notices.nothing_booked.say"
    assert "Hilltop" in text(story, "what am I booked on", OTHER_LINE)[0][2]
    kinds = {slug: [task.kind for task in rows(story, Task, slug)] for slug in ("seabank", "hill")}
    assert kinds["hill"].count("new_referral") == kinds["seabank"].count("new_referral") == 1
    people = {slug: {row.id for row in rows(story, Person, slug)} for slug in ("seabank", "hill")}
    for slug, other in (("seabank", "hill"), ("hill", "seabank")):
        assert {row.person_id for row in rows(story, Task, slug)} & people[other] == set()
        assert {row.person_id for row in rows(story, OutboundRow, slug)} & people[other] == set()


def test_stop_is_for_the_number_it_was_sent_to(story: Story) -> None:
    agreed_in_both(story)
    goodbye = text(story, "STOP", OTHER_LINE)
    assert [(line, words) for line, _, words in goodbye] == [
        (OTHER_LINE, "Hill says goodbye. To come back, text START.")
    ]
    assert "opted_out" not in {task.kind for task in rows(story, Task, "seabank")}
    assert text(story, "when is my next one", LINE)
    assert text(story, "when is my next one", OTHER_LINE) == []
    assert "text START" in text(story, "STOP", LINE)[0][2]


def test_urgent_words_reach_the_duty_of_the_network_they_were_sent_to(story: Story) -> None:
    agreed_in_both(story)
    out = text(story, "I want to end my life", OTHER_LINE)
    help_given = next(words for _, key, words in out if "urgent" in key)
    assert HILL_NUMBERS in help_given
    assert "Samaritans" not in help_given
    assert {line for line, _, _ in out} == {OTHER_LINE}
    assert [task.kind for task in rows(story, Task, "seabank") if task.kind == "urgent_words"] == []
    assert any("duty_alert" in key for _, key, _ in out)
    ours = text(story, "I want to end my life", LINE)
    assert any("Samaritans" in words for _, _, words in ours)
    assert {line for line, _, _ in ours} == {LINE}


def test_each_keeps_its_own_hours(story: Story) -> None:
    """Hill's quiet hours end at half past ten: what it begins at nine waits, what Seabank begins does not."""
    agreed_in_both(story)
    for slug, group in (("seabank", "Harbour Walk"), ("hill", "Hilltop Ramble")):
        _member(story, slug, group)
    story.until(datetime(2026, 11, 27, 9, 0, tzinfo=UTC))
    times = {
        row.line: row.sent_at.strftime("%H:%M")
        for row in story.new_messages()
        if "day_before" in row.key and row.sent_at
    }
    assert times[LINE] < "10:30" <= times[OTHER_LINE]


def _member(story: Story, slug: str, group: str) -> None:
    def job(session: Session) -> None:
        network = session.scalars(select(Network).where(Network.slug == slug)).one()
        work = Work(session, story.now, story.app.deployment, network)
        person = session.scalars(
            select(Person).where(Person.network_id == network.id, Person.first_name == "Jean")
        ).one()
        found = session.scalars(
            select(Group).where(Group.network_id == network.id, Group.name == group)
        ).one()
        found.nudge_time = "09:00"
        join_group(work, person, found)

    story.app.database.run(job)


def test_the_desk_of_one_finds_nothing_of_the_other(story: Story) -> None:
    agreed_in_both(story)
    theirs = next(row for row in rows(story, Person, "hill") if row.first_name == "Jean")
    with pytest.raises(DeskError, match="there is no person"):
        story.desk("reply", person=theirs.id, text="hello")
    task = next(row for row in rows(story, Task, "hill"))
    with pytest.raises(DeskError, match="there is no task"):
        story.desk("done", task=task.id)
    with story.app.database.reading() as session:
        networks = {row.slug: row.id for row in session.scalars(select(Network))}
        for slug, other in (("seabank", "hill"), ("hill", "seabank")):
            found = caseloads.find(session, networks[slug], "07700 900101")
            assert [row.network_id for row in found] == [networks[slug]]
            numbers = caseloads.counts(session, networks[slug])
            assert sum(numbers.values()) == 1, other


def test_what_staff_begin_leaves_from_their_own_number(story: Story) -> None:
    """Somebody entered at Hill has never texted: the first text must come from Hill's number all the same."""

    def enter(session: Session) -> int:
        network = session.scalars(select(Network).where(Network.slug == "hill")).one()
        work = Work(session, story.now, story.app.deployment, network)
        person = new_person(work, Role.PATIENT, first_name="Mary")
        link_address(work, person, address_row(work, Address.parse(NUMBERS["Mary"])))
        return person.id

    person = story.app.database.run(enter)
    hill = next(row.network_id for row in rows(story, Person, "hill"))
    story.until(datetime(2026, 11, 23, 11, 0, tzinfo=UTC))
    story.app.road.perform(hill, "ask", "Hilda", {"person": person, "text": "Are you well?"}, story.now)
    story.settle()
    assert [line for line, _, _ in sent(story)] == [OTHER_LINE]
    with story.app.database.reading() as session:
        owners = session.scalars(
            select(Person.network_id)
            .join(PersonAddress, PersonAddress.person_id == Person.id)
            .join(AddressRow, AddressRow.id == PersonAddress.address_id)
            .where(AddressRow.network_id != Person.network_id)
        ).all()
        assert owners == []
