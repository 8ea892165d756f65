"""The hot handover over real HTTP: signed webhooks in, the real SDKs out to stub providers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select

from tests.channels.stubs import server_error
from tests.channels.stubs.server import wait_until
from tests.live import LiveService, live_service
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.store import InboundRow, Meeting, OutboundRow, Place
from wellbeing_bot.store.states import MeetingState, PlaceState

JEAN, SAM, ASHA = "+447700900101", "+447700900201", 7700103


def answers(service: LiveService, number: str, *texts: str) -> None:
    """Text, and wait for the reply, each time."""
    for text in texts:
        before = len(service.twilio.texts_to(number))
        assert service.text(number, text) == 200
        service.twilio.wait_for_texts(number, before + 1)


def writes(service: LiveService, chat: int, *texts: str) -> None:
    for text in texts:
        before = len(service.telegram.texts_to(chat))
        assert service.write(chat, text) == 200
        service.telegram.wait_for_texts(chat, before + 1)


FIRST_VISIT = ("yes", "Jean", "CT5", "not sure", "company", "none", "yes", "yes")


def test_handover_by_sms(tmp_path: Path) -> None:
    with live_service(tmp_path) as service:
        answers(
            service,
            JEAN,
            "I'd like to come on the harbour walk but I'm scared to walk in on my own",
            *FIRST_VISIT,
        )
        service.twilio.wait_for_texts(SAM, 1)
        answers(service, SAM, "yes")
        service.until(datetime(2026, 11, 26, 14, 0, tzinfo=UTC))
        answers(service, SAM, "yes")
        answers(service, JEAN, "yes")
        with service.app.database.reading() as session:
            assert session.scalars(select(Meeting.state)).all() == [MeetingState.MET]
            assert session.scalars(select(Place.state)).first() is PlaceState.ATTENDED
        told = service.twilio.texts_to(JEAN)
        assert any("Sam will meet you" in text for text in told)


def test_handover_by_telegram(tmp_path: Path) -> None:
    with live_service(tmp_path) as service:
        writes(
            service,
            ASHA,
            "I'd like to come on the harbour walk but I'm scared to walk in on my own",
            *FIRST_VISIT,
        )
        service.twilio.wait_for_texts(SAM, 1)
        answers(service, SAM, "yes")
        service.until(datetime(2026, 11, 26, 14, 0, tzinfo=UTC))
        answers(service, SAM, "yes")
        writes(service, ASHA, "yes")
        with service.app.database.reading() as session:
            assert session.scalars(select(Place.state)).first() is PlaceState.ATTENDED


@pytest.mark.parametrize("signature", [None, "", "bm90IGEgc2lnbmF0dXJl"])
def test_a_text_without_a_good_signature_is_refused_and_stored_nowhere(
    tmp_path: Path, signature: str | None
) -> None:
    with live_service(tmp_path) as service:
        headers = {} if signature is None else {"X-Twilio-Signature": signature}
        fields = service.twilio.text_comes_in(JEAN, "hello")
        answer = httpx.post(f"{service.url}/webhooks/twilio/message", data=fields, headers=headers)
        assert answer.status_code == 403
        with service.app.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(InboundRow)) == 0


def test_an_update_without_the_secret_is_refused(tmp_path: Path) -> None:
    with live_service(tmp_path) as service:
        update = service.telegram.text(ASHA, "hello")
        assert httpx.post(f"{service.url}/webhooks/telegram", json=update).status_code == 403


@pytest.mark.parametrize("body", [b"not json", b"[]", b"{}", b'{"update_id": "x"}', b"\xff\xfe"])
def test_a_malformed_update_is_400_and_stored_nowhere(tmp_path: Path, body: bytes) -> None:
    with live_service(tmp_path) as service:
        secret = {"X-Telegram-Bot-Api-Secret-Token": "a-secret-of-ours-0123456789abcdef"}
        answer = httpx.post(f"{service.url}/webhooks/telegram", content=body, headers=secret)
        assert answer.status_code == 400
        assert b"Traceback" not in answer.content
        with service.app.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(InboundRow)) == 0


def test_a_signed_text_without_its_fields_is_400(tmp_path: Path) -> None:
    with live_service(tmp_path) as service:
        hook = "https://bot.example.org/webhooks/twilio/message"
        answer = service.twilio.sign_and_post(
            hook, {"Body": "hi"}, to=f"{service.url}/webhooks/twilio/message"
        )
        assert answer.status_code == 400


def test_the_same_text_twice_is_answered_once(tmp_path: Path) -> None:
    with live_service(tmp_path) as service:
        fields = service.twilio.text_comes_in(JEAN, "hello id like some company")
        for _ in range(3):
            service.twilio.sign_and_post(
                "https://bot.example.org/webhooks/twilio/message",
                fields,
                to=f"{service.url}/webhooks/twilio/message",
            )
        service.twilio.wait_for_texts(JEAN, 1)
        answers(service, JEAN, "yes")
        assert len(service.twilio.texts_to(JEAN)) == 2


def test_delivery_reports_move_a_message_forward_only(tmp_path: Path) -> None:
    with live_service(tmp_path) as service:
        answers(service, JEAN, "hello id like some company")
        message = service.twilio.messages[0]
        for status in ("delivered", "sent", "queued"):
            answer = service.twilio.report(message, status, to=f"{service.url}/webhooks/twilio/status")
            assert answer.status_code == 204
        with service.app.database.reading() as session:
            assert session.scalars(select(OutboundRow.state)).first() is DeliveryState.DELIVERED


def test_a_failing_provider_is_tried_again_and_texts_once(tmp_path: Path) -> None:
    with live_service(tmp_path) as service:
        service.twilio.fail_next(server_error(503), 1)
        assert service.text(JEAN, "hello id like some company") == 200
        wait_until(lambda: len(service.twilio.calls_of("create")) >= 1)
        service.until(datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
        service.twilio.wait_for_texts(JEAN, 1)
        assert len(service.twilio.texts_to(JEAN)) == 1
