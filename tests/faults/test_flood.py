"""A flood is contained: it costs what the settings allow, slows nobody, and hides nothing urgent."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from tests.channels.stubs import hang
from tests.faults.outbox import Outbox, live_outbox
from wellbeing_bot.messages import Address, DeliveryState, Inbound, InboundKind
from wellbeing_bot.service.hearing.flooding import MOST_WITHIN
from wellbeing_bot.service.questionnaires.looking import A_DAY, plan
from wellbeing_bot.service.sending.claiming import Room, claim
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    AddressRow,
    InboundRow,
    Network,
    OutboundRow,
    Person,
    PersonRole,
    Referral,
    Reminder,
    Spending,
)
from wellbeing_bot.store.states import InboundState, OutboundKind, ReferralState, Role

FLOOD = int(os.environ.get("FLOOD_TEXTS", str(MOST_WITHIN + 20)))
"""Texts from one phone within a minute; ``make faults`` asks for more."""

PEOPLE = int(os.environ.get("FLOOD_PEOPLE", "2000"))
"""People with a message each, as after a large import."""

JEAN, TOM = "+447700900101", "+447700900102"
_IDS = itertools.count(1)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with live_outbox(tmp_path) as outbox:
        yield outbox


def comes_in(outbox: Outbox, number: str, text: str) -> None:
    outbox.app.road.receive(
        Inbound(
            provider_id=f"twilio:SM{next(_IDS):032x}",
            kind=InboundKind.TEXT,
            sender=Address("sms", number),
            line=outbox.twilio.number,
            text=text,
            received_at=outbox.now,
        )
    )


def test_one_phone_that_texts_without_end_is_listened_to_and_answered_no_more(outbox: Outbox) -> None:
    for i in range(FLOOD):
        comes_in(outbox, JEAN, f"message number {i}, where is everybody")
    outbox.look()
    assert len(outbox.twilio.texts_to(JEAN)) <= 40, "no more than a day's cap"
    assert len(outbox.tasks("flood")) == 1
    with outbox.app.database.reading() as session:
        states = session.scalars(select(InboundRow.state)).all()
    assert states == [InboundState.HANDLED] * FLOOD, "each has had its turn"


def test_urgent_words_inside_a_flood_raise_and_are_answered(outbox: Outbox) -> None:
    for i in range(MOST_WITHIN + 5):
        comes_in(outbox, JEAN, f"message number {i}, where is everybody")
    for _ in range(10):
        comes_in(outbox, JEAN, "I want to kill myself")
    outbox.look()
    assert len(outbox.tasks("urgent_words")) == 1
    assert sum("999" in text for text in outbox.twilio.texts_to(JEAN)) == 1


def test_stop_inside_a_flood_is_obeyed(outbox: Outbox) -> None:
    for i in range(MOST_WITHIN + 5):
        comes_in(outbox, JEAN, f"message number {i}, where is everybody")
    comes_in(outbox, JEAN, "STOP")
    with outbox.app.database.reading() as session:
        assert session.scalars(select(AddressRow.opted_out_at).where(AddressRow.value == JEAN)).one()


def test_when_the_flood_is_over_they_are_answered_again(outbox: Outbox) -> None:
    outbox.allow(cap_per_address_a_day=1_000)
    for i in range(MOST_WITHIN + 5):
        comes_in(outbox, JEAN, f"message number {i}, where is everybody")
    outbox.look()
    before = len(outbox.twilio.texts_to(JEAN))
    outbox.later(minutes=11)
    comes_in(outbox, JEAN, "hello, can I join the walk")
    outbox.look()
    assert len(outbox.twilio.texts_to(JEAN)) > before


AWAY = "Thank you for your message. I am out of the office until {} January and will reply on my return."


def test_a_machine_that_answers_by_itself_is_not_answered_for_ever(outbox: Outbox) -> None:
    comes_in(outbox, TOM, AWAY.format(3))
    outbox.look()
    heard = 0
    for day in range(4, 24):
        said = len(outbox.twilio.texts_to(TOM))
        if said == heard:
            break
        heard = said
        comes_in(outbox, TOM, AWAY.format(day))  # the machine answers each of ours, the figures change
        outbox.later(seconds=5)
    assert len(outbox.twilio.texts_to(TOM)) <= 4
    assert len(outbox.tasks("answers_itself")) == 1


def test_somebody_who_says_the_same_to_each_question_is_answered(outbox: Outbox) -> None:
    for _ in range(8):
        comes_in(outbox, TOM, "yes please")
    outbox.look()
    assert outbox.tasks("answers_itself") == []


def test_what_the_service_begins_over_the_cap_waits_for_tomorrow_and_one_task_says_so(outbox: Outbox) -> None:
    outbox.allow(cap_per_address_a_day=3)
    keys = [outbox.say(f"sms:{JEAN}", f"Reminder {i}", OutboundKind.BEGUN) for i in range(5)]
    outbox.look()
    assert len(outbox.twilio.texts_to(JEAN)) == 3
    assert [outbox.row(key).state for key in keys[3:]] == [DeliveryState.QUEUED] * 2
    assert len(outbox.tasks("cap_of_phone")) == 1
    outbox.later(hours=15)  # midnight: a new day's cap, and quiet hours
    assert len(outbox.twilio.texts_to(JEAN)) == 3
    outbox.later(hours=8)
    assert outbox.twilio.texts_to(JEAN) == [f"Reminder {i}" for i in range(5)]


def test_an_answer_over_the_cap_is_not_sent_and_shown(outbox: Outbox) -> None:
    outbox.allow(cap_per_address_a_day=1)
    keys = [outbox.say(f"sms:{JEAN}", f"Answer {i}") for i in range(3)]
    outbox.look()
    assert outbox.twilio.texts_to(JEAN) == ["Answer 0"]
    assert [outbox.row(key).error_code for key in keys[1:]] == ["cap", "cap"]


def test_the_networks_cap_holds_over_all_phones_and_one_task_says_so(outbox: Outbox) -> None:
    outbox.allow(cap_per_network_a_day=5)
    for i in range(12):
        outbox.say(f"sms:+4477009001{i:02d}", "Reminder", OutboundKind.BEGUN)
    outbox.look()
    assert len(outbox.twilio.messages) == 5
    assert len(outbox.tasks("cap_of_network")) == 1
    with outbox.app.database.reading() as session:
        assert session.scalars(select(Spending.parts)).one() == 5


@pytest.mark.parametrize("cap", ["cap_per_address_a_day", "cap_per_network_a_day"])
def test_no_cap_holds_back_urgent_help_or_an_alert(outbox: Outbox, cap: str) -> None:
    outbox.allow(**{cap: 1})
    outbox.say(f"sms:{JEAN}", "Reminder", OutboundKind.BEGUN)
    outbox.look()
    outbox.say(f"sms:{JEAN}", "Ring 999", OutboundKind.URGENT_HELP)
    outbox.say(f"sms:{JEAN}", "Somebody needs you", OutboundKind.ALERT)
    outbox.look()
    assert outbox.twilio.texts_to(JEAN) == ["Reminder", "Ring 999", "Somebody needs you"]


def _many(outbox: Outbox, people: int, kind: OutboundKind) -> None:
    """That many phones with a message each, as after a large import."""

    def job(session: Session) -> None:
        network = session.scalars(select(Network.id)).one()
        numbers = [f"+4477008{i:05d}" for i in range(people)]
        rows = [
            {"network_id": network, "channel": "sms", "value": number, "line": "", "unsafe": False}
            for number in numbers
        ]
        session.execute(insert(AddressRow), rows)
        keys = session.scalars(select(AddressRow.id).where(AddressRow.value.like("+4477008%"))).all()
        common = {"network_id": network, "kind": kind, "key": "test.words", "text": "Hello", "buttons": []}
        moments = {"created_at": outbox.now, "due_at": outbox.now, "state": DeliveryState.QUEUED}
        session.execute(insert(OutboundRow), [{**common, **moments, "address_id": key} for key in keys])

    outbox.app.database.run(job)


ROOMS = {"sms": Room(10, 5), "telegram": Room(10, 5)}


def next_ten(outbox: Outbox) -> list[str]:
    """Whom the next ten messages go to."""
    return [
        claimed.outbound.to.value
        for claimed in outbox.app.database.run(
            lambda session: claim(session, outbox.now, ROOMS, outbox.app.deployment)  # type: ignore[arg-type]
        )
    ]


def test_an_answer_goes_before_thousands_of_reminders(outbox: Outbox) -> None:
    _many(outbox, PEOPLE, OutboundKind.BEGUN)
    outbox.clock.move_to(outbox.now + timedelta(minutes=5))
    assert len(next_ten(outbox)) == 10
    outbox.say(f"sms:{JEAN}", "An answer")
    outbox.say(f"sms:{TOM}", "Ring 999", OutboundKind.URGENT_HELP)
    assert next_ten(outbox)[:2] == [TOM, JEAN]


def test_one_phones_hundred_messages_take_one_place_at_a_time(outbox: Outbox) -> None:
    for i in range(100):
        outbox.say(f"sms:{JEAN}", f"Message {i}")
    outbox.say(f"sms:{TOM}", "An answer")
    assert next_ten(outbox) == [JEAN, TOM]


def test_what_was_to_be_said_before_an_answer_goes_before_it(outbox: Outbox) -> None:
    outbox.say(f"sms:{JEAN}", "A reminder", OutboundKind.BEGUN)
    outbox.say(f"sms:{JEAN}", "An answer")
    outbox.look()
    assert outbox.twilio.texts_to(JEAN) == ["A reminder", "An answer"]


def test_one_phone_that_hangs_holds_nobody_up(outbox: Outbox) -> None:
    outbox.twilio.behave(JEAN, hang(accepted=True))
    outbox.say(f"sms:{JEAN}", "Hello")
    for i in range(20):
        outbox.say(f"sms:+4477009002{i:02d}", "Hello")
    outbox.look()
    assert len({m.to for m in outbox.twilio.messages}) == 21
    with outbox.app.database.reading() as session:
        unknown = session.scalar(
            select(func.count()).where(OutboundRow.state == DeliveryState.UNKNOWN).select_from(OutboundRow)
        )
    assert unknown == 1


def test_newcomers_of_a_large_import_are_asked_on_many_days(outbox: Outbox) -> None:
    def job(session: Session) -> None:
        network = session.scalars(select(Network)).one()
        network.settings = {**network.settings, "questionnaires": {}}
        keys = range(100_000, 100_000 + 2 * A_DAY + 10)
        own = {"network_id": network.id, "first_name": "Jo", "created_at": outbox.now}
        session.execute(insert(Person), [{**own, "id": key} for key in keys])
        session.execute(insert(PersonRole), [{"person_id": key, "role": Role.PATIENT} for key in keys])
        active = {"network_id": network.id, "state": ReferralState.ACTIVE, "opened_at": outbox.now}
        rows = [{**active, "person_id": key, "first_contact_at": outbox.now} for key in keys]
        session.execute(insert(Referral), rows)
        plan(Work(session, outbox.now, outbox.app.deployment, network))

    outbox.app.database.run(job)
    with outbox.app.database.reading() as session:
        looks = session.scalars(select(Reminder.due_at).where(Reminder.kind == "questionnaire_look")).all()
    assert sorted(Counter(moment.date() for moment in looks).values()) == [10, A_DAY, A_DAY]
