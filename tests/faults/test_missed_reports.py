"""What became of a text whose delivery report never came is asked for: forward only, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import respx
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.channels.stubs import server_error
from tests.faults.outbox import Outbox, live_outbox
from wellbeing_bot.conversation import Say
from wellbeing_bot.messages import Address, DeliveryState, StatusReport
from wellbeing_bot.service.people import address_row, link_address, new_person
from wellbeing_bot.service.sending import unreported
from wellbeing_bot.service.sending.outbox import put
from wellbeing_bot.service.sending.reports import report
from wellbeing_bot.service.sending.unreported import AFTER, AGAIN, UNTIL
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import Network
from wellbeing_bot.store.states import OutboundKind, Role

JEAN, TOM = "+447700900101", "+447700900102"


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with live_outbox(tmp_path) as outbox:
        yield outbox


def sent(outbox: Outbox, number: str = JEAN) -> int | None:
    """A text that the provider has taken."""
    key = outbox.say(f"sms:{number}", "See you at the Oyster Hall")
    outbox.look()
    assert outbox.row(key).state is DeliveryState.SENT
    return key


def a_look(outbox: Outbox) -> None:
    """What is done at every start and every few minutes."""
    outbox.loop.run_until_complete(outbox.app.reconcile())


def asked(outbox: Outbox) -> int:
    return len(outbox.twilio.calls_of("fetch"))


@pytest.mark.parametrize(
    ("status", "code", "state", "tasks"),
    [
        ("delivered", None, DeliveryState.DELIVERED, 0),
        ("undelivered", 30003, DeliveryState.UNDELIVERED, 1),
        ("failed", 30005, DeliveryState.FAILED, 1),
        ("sent", None, DeliveryState.SENT, 0),
    ],
)
def test_what_the_report_would_have_said_is_learned_with_all_it_leads_to(
    outbox: Outbox, status: str, code: int | None, state: DeliveryState, tasks: int
) -> None:
    key = sent(outbox)
    outbox.twilio.report_silently(outbox.twilio.messages[0], status, code)
    outbox.clock.move_to(outbox.now + AFTER)
    a_look(outbox)
    assert outbox.row(key).state is state
    assert len(outbox.tasks("message_failed")) == tasks


def test_nothing_is_asked_while_reports_come(outbox: Outbox) -> None:
    key = sent(outbox)
    a_look(outbox)
    assert asked(outbox) == 0, "too early: it may come by itself"
    provider_id = outbox.row(key).provider_id
    assert provider_id is not None
    status = StatusReport(provider_id, DeliveryState.DELIVERED)
    outbox.app.database.run(lambda session: report(session, status, outbox.now, outbox.app.deployment))
    outbox.clock.move_to(outbox.now + AFTER)
    a_look(outbox)
    assert asked(outbox) == 0


def test_a_report_that_comes_while_the_provider_is_asked_is_not_undone(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = sent(outbox)
    provider_id = outbox.row(key).provider_id
    outbox.clock.move_to(outbox.now + AFTER)

    async def an_older_word(asked_for: str) -> StatusReport:
        def job(session: Session) -> None:
            report(
                session,
                StatusReport(asked_for, DeliveryState.DELIVERED),
                outbox.now,
                outbox.app.deployment,
            )

        await outbox.app.database.arun(job)
        return StatusReport(asked_for, DeliveryState.UNDELIVERED, "30003")

    monkeypatch.setattr(outbox.app.channels["sms"], "report_on", an_older_word)
    a_look(outbox)
    assert provider_id
    assert outbox.row(key).state is DeliveryState.DELIVERED
    assert outbox.tasks("message_failed") == []


def test_a_carrier_that_reports_nothing_is_asked_a_few_times_and_then_left(outbox: Outbox) -> None:
    sent(outbox)
    end = outbox.now + UNTIL + timedelta(days=1)
    while outbox.now < end:
        outbox.clock.move_to(outbox.now + timedelta(hours=1))
        a_look(outbox)
    assert asked(outbox) == UNTIL // AGAIN


def test_one_look_asks_after_no_more_than_so_many_and_comes_to_all_in_turn(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unreported, "MOST", 4)
    keys = [sent(outbox, f"+4477009003{i:02d}") for i in range(10)]
    for message in outbox.twilio.messages:
        outbox.twilio.report_silently(message, "delivered")
    outbox.clock.move_to(outbox.now + AFTER)
    for most in (4, 8, 10, 10):
        a_look(outbox)
        assert asked(outbox) == most
    assert {outbox.row(key).state for key in keys} == {DeliveryState.DELIVERED}


def test_while_the_provider_cannot_be_asked_nothing_changes_and_the_next_look_asks_again(
    outbox: Outbox,
) -> None:
    keys = [sent(outbox, number) for number in (JEAN, TOM)]
    for message in outbox.twilio.messages:
        outbox.twilio.report_silently(message, "delivered")
    outbox.clock.move_to(outbox.now + AFTER)
    outbox.twilio.fail_always(server_error(), on="fetch")
    a_look(outbox)
    assert {outbox.row(key).state for key in keys} == {DeliveryState.SENT}
    outbox.twilio.recover()
    a_look(outbox)
    assert {outbox.row(key).state for key in keys} == {DeliveryState.DELIVERED}


def test_it_is_one_request_for_one_message(outbox: Outbox) -> None:
    key = sent(outbox)
    message = outbox.twilio.messages[0]
    where = f"{outbox.twilio.url}/2010-04-01/Accounts/{outbox.twilio.account_sid}/Messages/{message.sid}.json"
    outbox.clock.move_to(outbox.now + AFTER)
    with respx.mock(assert_all_called=True) as web:
        web.route(url__regex=r".*/Messages\.json.*").pass_through()
        known = message.as_json(outbox.twilio.account_sid)
        web.get(where).mock(return_value=httpx.Response(200, json={**known, "status": "delivered"}))
        a_look(outbox)
    assert outbox.row(key).state is DeliveryState.DELIVERED


def on_two_phones(outbox: Outbox) -> None:
    """Asha has a mobile and Telegram, and was answered on the mobile."""

    def job(session: Session) -> None:
        work = Work(session, outbox.now, outbox.app.deployment, session.scalars(select(Network)).one())
        asha = new_person(work, Role.PATIENT, first_name="Asha")
        mobile, chat = (address_row(work, Address.parse(to)) for to in (f"sms:{JEAN}", "telegram:7700103"))
        for address in (mobile, chat):
            link_address(work, asha, address)
        put(work, mobile, Say("test.words", "Which day suits you?"), kind=OutboundKind.REPLY, person=asha)

    outbox.app.database.run(job)
    outbox.look()


def test_an_answer_found_undelivered_at_night_goes_to_the_other_phone_in_the_morning(outbox: Outbox) -> None:
    outbox.later(hours=10)  # seven in the evening
    on_two_phones(outbox)
    outbox.twilio.report_silently(outbox.twilio.messages[0], "undelivered", 30003)
    outbox.clock.move_to(outbox.now + timedelta(hours=5))
    a_look(outbox)
    outbox.look()
    assert outbox.telegram.texts_to(7700103) == []
    outbox.through(timedelta(hours=9), timedelta(hours=1))
    assert outbox.telegram.texts_to(7700103) == ["Which day suits you?"]
