"""Texts that came in while we were down are fetched, once, in order, and read as of when they were sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.channels.stubs import TelegramStub, TwilioStub, server_error
from tests.faults.outbox import Outbox, live_outbox
from tests.live import prepare, served
from tests.town import START
from wellbeing_bot.app import RECONCILE_SECONDS, build_live
from wellbeing_bot.channels.sms import TwilioChannel
from wellbeing_bot.channels.twilio_webhooks import parse_message
from wellbeing_bot.messages import Address, DeliveryState
from wellbeing_bot.service.people import address_row, link_address, new_person
from wellbeing_bot.service.reconciling import OVERLAP
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, InboundRow, Line, Network, OutboundRow, Person
from wellbeing_bot.store.states import InboundState, OutboundKind, Role

JEAN, TOM = "+447700900101", "+447700900102"


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with live_outbox(tmp_path) as outbox:
        yield outbox


def writes(outbox: Outbox, number: str, text: str, *, after: timedelta = timedelta(0)) -> dict[str, str]:
    """Somebody texts, and the provider cannot bring it to us."""
    outbox.twilio.now = outbox.now + after
    return outbox.twilio.text_comes_in(number, text)


def arrives(outbox: Outbox, fields: dict[str, str]) -> None:
    """The webhook of a text."""
    outbox.loop.run_until_complete(outbox.app.road.areceive(parse_message(fields, outbox.now)))
    outbox.look()


def fetch(outbox: Outbox) -> None:
    """What is done at every start and every few minutes."""
    outbox.loop.run_until_complete(outbox.app.reconcile())
    outbox.look()


def texts_on_record(outbox: Outbox, number: str) -> list[str]:
    with outbox.app.database.reading() as session:
        rows = select(InboundRow).where(InboundRow.sender == f"sms:{number}").order_by(InboundRow.id)
        found = list(session.scalars(rows))
        assert {row.state for row in found} <= {InboundState.HANDLED}
        return [row.text for row in found]


def address(outbox: Outbox, number: str) -> AddressRow:
    with outbox.app.database.reading() as session:
        return session.scalars(select(AddressRow).where(AddressRow.value == number)).one()


def test_what_was_missed_is_taken_in_once_and_in_order(outbox: Outbox) -> None:
    told = ["I would like some company please", "yes", "Jean", "CT5"]
    for minutes, text in enumerate(told):
        writes(outbox, JEAN, text, after=timedelta(minutes=minutes))
    outbox.later(minutes=20)
    for _ in range(3):
        fetch(outbox)
    # Only the first was an answer to nothing; what came after it was written before anything was asked.
    assert texts_on_record(outbox, JEAN) == told
    assert outbox.twilio.texts_to(JEAN)


def test_many_pages_are_read_to_the_end(outbox: Outbox) -> None:
    for i in range(1_150):
        writes(outbox, f"+4477008{i:05d}", "hello", after=timedelta(seconds=i // 4))
    outbox.later(minutes=10)
    stub = outbox.twilio
    channel = TwilioChannel(stub.account_sid, stub.auth_token, stub.number, api_base_url=stub.url)
    listed = outbox.loop.run_until_complete(channel.recent_inbound(START, [stub.number]))
    outbox.loop.run_until_complete(channel.close())
    assert len(listed) == len({inbound.provider_id for inbound in listed}) == 1_150
    assert [inbound.received_at for inbound in listed] == sorted(inbound.received_at for inbound in listed)


def test_what_reached_us_is_not_taken_in_again(outbox: Outbox) -> None:
    arrives(outbox, writes(outbox, JEAN, "I would like some company please"))
    before = outbox.twilio.texts_to(JEAN)
    fetch(outbox)
    assert texts_on_record(outbox, JEAN) == ["I would like some company please"]
    assert outbox.twilio.texts_to(JEAN) == before


def test_after_a_weekend_of_being_down_all_of_it_is_fetched(outbox: Outbox) -> None:
    fetch(outbox)
    writes(outbox, JEAN, "hello", after=timedelta(hours=1))
    writes(outbox, TOM, "hello", after=timedelta(hours=50))
    outbox.later(hours=60)
    outbox.die_and_start_again()
    fetch(outbox)
    assert texts_on_record(outbox, JEAN) == texts_on_record(outbox, TOM) == ["hello"]


def test_a_provider_that_cannot_be_asked_is_asked_from_the_same_moment_later(outbox: Outbox) -> None:
    fetch(outbox)
    writes(outbox, JEAN, "hello")
    outbox.twilio.fail_always(server_error(), on="list")
    outbox.later(hours=8)
    fetch(outbox)
    assert texts_on_record(outbox, JEAN) == []
    outbox.twilio.recover()
    outbox.later(hours=1)
    fetch(outbox)
    assert texts_on_record(outbox, JEAN) == ["hello"]


def test_urgent_words_that_were_missed_raise_and_are_answered_at_once_at_night_too(outbox: Outbox) -> None:
    outbox.later(hours=17)
    writes(outbox, JEAN, "I want to kill myself")
    outbox.later(hours=2)
    fetch(outbox)
    assert len(outbox.tasks("urgent_words")) == 1
    assert any("999" in text for text in outbox.twilio.texts_to(JEAN))


def test_any_other_late_answer_keeps_the_quiet_hours(outbox: Outbox) -> None:
    outbox.later(hours=9)
    fetch(outbox)
    writes(outbox, JEAN, "I would like some company please")
    outbox.later(hours=7)
    fetch(outbox)
    assert outbox.twilio.texts_to(JEAN) == []
    outbox.later(hours=7)
    assert len(outbox.twilio.texts_to(JEAN)) == 1


def test_a_stop_that_was_missed_is_obeyed_before_anything_more_is_sent(outbox: Outbox) -> None:
    arrives(outbox, writes(outbox, JEAN, "I would like some company please"))
    writes(outbox, JEAN, "STOP", after=timedelta(minutes=1))
    outbox.later(minutes=10)
    waiting = outbox.say(f"sms:{JEAN}", "It is tomorrow", OutboundKind.BEGUN)
    fetch(outbox)
    assert address(outbox, JEAN).opted_out_at is not None
    assert outbox.row(waiting).state is DeliveryState.DROPPED


def test_a_start_that_was_missed_does_not_undo_a_later_stop(outbox: Outbox) -> None:
    arrives(outbox, writes(outbox, JEAN, "STOP"))
    outbox.later(minutes=5)
    writes(outbox, JEAN, "START")
    outbox.later(minutes=5)
    arrives(outbox, writes(outbox, JEAN, "start"))
    outbox.later(minutes=5)
    arrives(outbox, writes(outbox, JEAN, "stop"))
    outbox.later(minutes=5)
    fetch(outbox)
    assert address(outbox, JEAN).opted_out_at is not None


def test_a_stop_that_was_missed_does_not_undo_a_later_start(outbox: Outbox) -> None:
    arrives(outbox, writes(outbox, JEAN, "stop"))
    outbox.later(minutes=5)
    writes(outbox, JEAN, "stop it")
    outbox.later(minutes=5)
    arrives(outbox, writes(outbox, JEAN, "START"))
    outbox.later(minutes=5)
    fetch(outbox)
    assert address(outbox, JEAN).opted_out_at is None


def test_a_late_yes_does_not_answer_a_question_that_came_after_it(outbox: Outbox) -> None:
    writes(outbox, JEAN, "yes")
    outbox.later(minutes=10)
    arrives(outbox, writes(outbox, JEAN, "I would like some company please"))
    asked = outbox.twilio.texts_to(JEAN)
    outbox.later(minutes=1)
    fetch(outbox)
    assert texts_on_record(outbox, JEAN)[-1] == "yes"
    assert asked[-1] in outbox.twilio.texts_to(JEAN)
    with outbox.app.database.reading() as session:
        keys = session.scalars(select(OutboundRow.key).order_by(OutboundRow.id)).all()
    assert "hello.name.say" not in keys


def test_tomorrow_is_the_day_after_it_was_written(outbox: Outbox) -> None:
    def on_record(session: Session) -> None:
        work = Work(session, outbox.now, outbox.app.deployment, session.scalars(select(Network)).one())
        jean = new_person(work, Role.PATIENT, first_name="Jean")
        link_address(work, jean, address_row(work, Address("sms", JEAN), line=outbox.twilio.number))

    outbox.app.database.run(on_record)
    fetch(outbox)
    writes(outbox, JEAN, "I am away from tomorrow until Friday")
    outbox.later(hours=30)
    fetch(outbox)
    with outbox.app.database.reading() as session:
        jean = session.scalars(select(Person).where(Person.first_name == "Jean")).one()
        assert jean.paused_from == (START + timedelta(days=1)).date()


def test_another_programs_numbers_in_the_same_account_are_none_of_ours(outbox: Outbox) -> None:
    writes(outbox, JEAN, "hello")
    outbox.twilio.inbound[-1].to = "+447700900999"
    outbox.later(minutes=1)
    fetch(outbox)
    assert texts_on_record(outbox, JEAN) == []
    assert outbox.tasks("unknown_line") == []


def test_each_networks_own_number_is_asked_about(outbox: Outbox) -> None:
    def second(session: Session) -> None:
        other = Network(slug="other", name="Other PCN", settings={})
        session.add(other)
        session.flush()
        session.add(Line(network_id=other.id, channel="sms", value="+447700900998"))

    outbox.app.database.run(second)
    writes(outbox, TOM, "hello")
    outbox.twilio.inbound[-1].to = "+447700900998"
    outbox.later(minutes=1)
    fetch(outbox)
    assert texts_on_record(outbox, TOM) == ["hello"]


def test_a_service_that_starts_fetches_them_by_itself(tmp_path: Path) -> None:
    with TwilioStub() as twilio, TelegramStub() as telegram:
        settings = prepare(tmp_path, twilio, telegram, datetime.now(UTC))
        twilio.text_comes_in(JEAN, "I would like some company please")
        with served(build_live(settings)):
            assert len(twilio.wait_for_texts(JEAN, 1, seconds=60)) == 1
    assert timedelta(seconds=RECONCILE_SECONDS) < OVERLAP, "and looks again before its overlap is over"
