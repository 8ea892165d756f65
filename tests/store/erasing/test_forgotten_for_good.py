"""Somebody asks to be forgotten: what they held is given back, their words go, their phone stays silent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import story_people
from tests.faults.traces import number_words, traces
from tests.story import Story
from tests.town import NUMBERS
from wellbeing_bot.erase_command import run as erase_by_command
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.erasing.suppressing import recall_new
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Network, OutboundRow, Person, Place, Suppression

JEAN = NUMBERS["Jean"]


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    story = Story(tmp_path)
    yield story
    story.close()


def do(story: Story, verb: str, *words: str) -> None:
    story_people.ACTS[verb](story, *words)
    story.settle()


def person(story: Story, name: str) -> int:
    with story.app.database.reading() as session:
        return session.scalars(select(Person.id).where(Person.first_name == name)).one()


def told(story: Story) -> list[tuple[str, str]]:
    return [(story.phone(row.address_id), row.text) for row in story.new_messages()]


def test_whoever_was_to_meet_them_hears_of_it_and_no_name_is_said(story: Story) -> None:
    do(story, "person", "Jean")
    do(story, "booked", "Jean", "harbour-walk", "2026-11-26")
    do(story, "meets", "Sam", "Jean")
    told(story)
    story.desk("erase", person=person(story, "Jean"), sure=True)
    messages = told(story)
    assert [who for who, _ in messages] == ["Sam"]
    assert "Jean" not in messages[0][1]
    assert traces(story.app.database, ["Jean", *number_words(JEAN)]) == []


def test_what_staff_and_others_wrote_about_them_goes_as_well(story: Story) -> None:
    story.desk("enter_person", first_name="Jean", last_name="Quill", mobile=JEAN, about="zqx likes birds")
    story.desk("reply", person=person(story, "Jean"), text="Dear Jean, zqx to you")
    do(story, "person", "Tom")
    story.text("Tom", "hello, is my neighbour Jean Quill coming? Her number is 07700 900101")
    story.desk("erase", person=person(story, "Jean"), sure=True)
    assert traces(story.app.database, ["Jean", "Quill", "zqx", *number_words(JEAN)]) == []
    with story.app.database.reading() as session:
        heard = session.scalars(select(Person.first_name).where(Person.first_name == "Tom")).all()
    assert heard == ["Tom"]


def test_the_other_one_on_a_shared_phone_keeps_everything(story: Story) -> None:
    do(story, "person", "Jean")
    do(story, "person", "Tom", "phone=Jean")
    do(story, "booked", "Tom", "harbour-walk", "2026-11-26")
    story.desk("erase", person=person(story, "Jean"), sure=True)
    assert traces(story.app.database, ["Jean"]) == []
    with story.app.database.reading() as session:
        assert session.scalars(select(AddressRow.opted_out_at).where(AddressRow.value == JEAN[4:])).all() == [
            None
        ]
        assert [place.state.open for place in session.scalars(select(Place))] == [True]
        assert session.scalars(select(Suppression)).all() == []


@pytest.mark.parametrize("shared", [False, True], ids=["her own phone", "a shared phone"])
def test_no_digest_of_their_last_words_is_kept(story: Story, *, shared: bool) -> None:
    do(story, "person", "Jean")
    if shared:
        do(story, "person", "Tom", "phone=Jean")
    story.text("Jean", "the doctor says my knees are worn right through")
    story.desk("erase", person=person(story, "Jean"), sure=True)
    with story.app.database.reading() as session:
        assert (
            session.scalars(select(AddressRow.same_text).where(AddressRow.same_text.is_not(None))).all() == []
        )


def test_another_person_of_the_same_name_keeps_it(story: Story) -> None:
    do(story, "person", "Jean")
    story.desk("enter_person", first_name="Jean", last_name="Other", mobile="sms:+447700900188")
    other = person_called(story, "Other")
    story.desk("reply", person=other, text="Dear Jean, see you soon")
    with story.app.database.reading() as session:
        first = session.scalars(
            select(Person.id).where(Person.first_name == "Jean").order_by(Person.id)
        ).first()
    assert first is not None
    story.desk("erase", person=first, sure=True)
    with story.app.database.reading() as session:
        assert session.get_one(Person, other).full_name == "Jean Other"
        assert "Dear Jean, see you soon" in session.scalars(select(OutboundRow.text)).all()


def person_called(story: Story, last_name: str) -> int:
    with story.app.database.reading() as session:
        return session.scalars(select(Person.id).where(Person.last_name == last_name)).one()


@pytest.mark.parametrize("how", ["texts", "is typed in", "is imported"])
def test_a_forgotten_phone_is_silent_until_it_texts_start(story: Story, how: str) -> None:
    do(story, "person", "Jean")
    story.desk("erase", person=person(story, "Jean"), sure=True)
    told(story)
    if how == "texts":
        story.text("Jean", "hello there")
    elif how == "is typed in":
        story.desk("enter_person", first_name="Joan", mobile=JEAN, agreed=True)
    else:
        imported(story)
    assert told(story) == []
    with story.app.database.reading() as session:
        row = session.scalars(select(AddressRow).where(AddressRow.value == JEAN[4:])).one()
        assert row.opted_out_at is not None
    story.text("Jean", "START")
    assert [who for who, _ in told(story)] == ["Jean"]
    with story.app.database.reading() as session:
        assert session.scalars(select(Suppression)).all() == []


def imported(story: Story) -> None:
    """An address comes in with a list, as ``wellbeing-bot import`` brings it."""

    def job(session: Session) -> None:
        network = session.scalars(select(Network)).one()
        session.add(AddressRow(network_id=network.id, channel="sms", value=JEAN[4:], line="", unsafe=False))
        session.flush()
        work = Work(session, story.now, story.app.deployment, network)
        assert recall_new(session, work.deployment.secret_key) == 1

    story.app.database.run(job)


def test_an_open_alarm_is_seen_to_first(story: Story) -> None:
    do(story, "person", "Jean")
    story.text("Jean", "I want to end it all")
    jean = person(story, "Jean")
    with pytest.raises(DeskError, match="urgent"):
        story.desk("erase", person=jean, sure=True)
    with pytest.raises(DeskError, match="sure"):
        story.desk("erase", person=jean, sure=False)


def test_erased_is_erased_and_nothing_can_be_done_with_the_record(story: Story) -> None:
    do(story, "person", "Jean")
    jean = person(story, "Jean")
    story.desk("erase", person=jean, sure=True)
    for action, args in (("erase", {"sure": True}), ("reply", {"text": "hello"}), ("resume", {})):
        with pytest.raises(DeskError, match="erased"):
            story.desk(action, person=jean, **args)


def test_the_command_does_the_same_as_the_desk(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    do(story, "person", "Jean")
    jean = person(story, "Jean")
    settings = story.app.settings
    assert erase_by_command(settings, 9999, story.now, sure=True) == 1
    assert erase_by_command(settings, jean, story.now, sure=False) == 1
    assert erase_by_command(settings, jean, story.now, sure=True) == 0
    assert "Jean" not in capsys.readouterr().out
    assert traces(story.app.database, ["Jean", *number_words(JEAN)]) == []
