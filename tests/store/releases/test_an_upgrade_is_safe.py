"""The first release's database, in the middle of several conversations, goes on under today's release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from tests.faults.invariants import moment
from tests.store.releases.first import on_postgres, on_sqlite, taken_over
from tests.story import Story
from tests.town import NUMBERS
from wellbeing_bot.channels.simulator import SimulatorChannel
from wellbeing_bot.store import Base, OutboundRow
from wellbeing_bot.store.database import Database
from wellbeing_bot.store.migrate import is_current, migrate


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def old_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The first release's database on each kind of database."""
    if request.param == "sqlite":
        return on_sqlite(tmp_path)
    return on_postgres(tmp_path, request.getfixturevalue("empty_postgres_url"))


@pytest.fixture
def story(old_url: str, tmp_path: Path) -> Iterator[Story]:
    story = taken_over(tmp_path, old_url)
    yield story
    story.close()


def got(rows: list[OutboundRow], story: Story) -> list[tuple[str, str]]:
    return [(story.phone(row.address_id), row.key.removesuffix(".say")) for row in rows]


def answer(story: Story, who: str, text: str, question: str) -> list[tuple[str, str]]:
    """What follows an answer. A question whose words the new release changed is put once more first."""
    story.text(who, text)
    after = got(story.new_messages(), story)
    if after == [(who, question)]:
        story.text(who, text)
        after = got(story.new_messages(), story)
    return sorted(after)


def test_what_was_on_its_way_arrives_once_and_what_waited_has_its_turn(story: Story) -> None:
    story.until(moment("2026-11-24T10:05"))
    channel = story.app.channels["sms"]
    assert isinstance(channel, SimulatorChannel)
    texts = {str(message.to): message.text for message in channel.given}
    assert len(texts) == len(channel.given) == 3
    assert texts[NUMBERS["Ned"]] == texts[NUMBERS["Gill"]]  # hers was queued, his was being handed over
    assert "Wellbeing Lunch" in texts[NUMBERS["Kath"]]  # her text was recorded and had had no turn


def test_people_half_way_through_a_conversation_carry_on(story: Story) -> None:
    story.until(moment("2026-11-24T10:30"))
    story.new_messages()
    after = answer(story, "Jean", "CT5 1AA", "self_referral.postcode")
    assert after == [("Jean", "self_referral.practice")]
    assert answer(story, "Mary", "about three", "staff_question.ask") == [("Mary", "staff_question.thanks")]
    assert answer(story, "Ruth", "hello?", "") == []


def test_a_champion_who_was_asked_before_answers_after(story: Story) -> None:
    story.until(moment("2026-11-24T10:30"))
    story.new_messages()
    assert answer(story, "Bea", "yes of course", "meet_request.ask") == [
        ("Bea", "meet_request.thanks"),
        ("Tom", "notices.you_will_be_met"),
    ]


def test_reminders_that_were_due_go_out_once(story: Story) -> None:
    story.until(moment("2026-11-24T12:00"))
    story.restart()
    story.until(moment("2026-11-27T12:00"))
    told = Counter(got(story.new_messages(), story))
    for who in ("Tom", "Vi"):
        assert told[(who, "notices.day_before")] == 1
    assert told[("Wilf", "notices.morning")] == 1
    assert not [key for key, count in told.items() if count > 1]
    assert not [key for who, key in told if who == "Ruth"]  # she texted STOP


def test_the_migrations_make_exactly_the_tables_of_the_program(old_url: str) -> None:
    database = Database(old_url)
    migrate(database.writer)
    assert is_current(database.writer)
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    database.close()
