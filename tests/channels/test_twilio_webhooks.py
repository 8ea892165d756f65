"""What Twilio posts to us."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from wellbeing_bot.channels.base import MalformedWebhook
from wellbeing_bot.channels.sms import EMPTY_TWIML, parse_message, parse_status, verify
from wellbeing_bot.messages import Address, DeliveryState, InboundKind

NOW = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
URL = "https://bot.example.org/webhooks/twilio/message"
TOKEN = "12345"
MESSAGE = {
    "MessageSid": "SM" + "a" * 32,
    "From": "+447700900123",
    "To": "+447700900000",
    "Body": "I'd like to come on the harbour walk",
    "NumMedia": "0",
}
PUBLISHED_URL = "https://mycompany.com/myapp.php?foo=1&bar=2"
PUBLISHED = {
    "CallSid": "CA1234567890ABCDE",
    "Digits": "1234",
    "From": "+14158675309",
    "To": "+18005551212",
    "Caller": "+14158675309",
}


def test_the_signature_twilio_publishes_as_its_example_is_right() -> None:
    assert verify(PUBLISHED_URL, PUBLISHED, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", TOKEN)


@pytest.mark.parametrize(
    ("url", "params", "signature", "token"),
    [
        (PUBLISHED_URL, PUBLISHED, None, TOKEN),
        (PUBLISHED_URL, PUBLISHED, "", TOKEN),
        (PUBLISHED_URL, PUBLISHED, "RSOYDt4T1cUTdK1PDd93/VVr8B8", TOKEN),
        (PUBLISHED_URL, PUBLISHED, "rsoydt4t1cutdk1pdd93/vvr8b8=", TOKEN),
        (PUBLISHED_URL, PUBLISHED, "é" * 28, TOKEN),
        (PUBLISHED_URL, PUBLISHED, "\ud800", TOKEN),
        (PUBLISHED_URL, PUBLISHED, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "54321"),
        (PUBLISHED_URL, {**PUBLISHED, "Digits": "12345"}, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", TOKEN),
        (PUBLISHED_URL, {**PUBLISHED, "More": ""}, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", TOKEN),
        (PUBLISHED_URL + "3", PUBLISHED, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", TOKEN),
    ],
)
def test_a_missing_wrong_or_borrowed_signature_is_refused(
    url: str, params: dict[str, str], signature: str | None, token: str
) -> None:
    assert not verify(url, params, signature, token)


HOSTS = st.sampled_from(
    ["https://bot.example.org", "https://bot.example.org:8443", "http://127.0.0.1:8000", "http://localhost"]
)
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
VALUES = st.text(st.characters(codec="utf-8"), max_size=40)


@given(
    host=HOSTS,
    query=st.sampled_from(["", "?network=lakeside&b=2"]),
    params=st.dictionaries(NAMES, VALUES, max_size=8),
    token=NAMES,
    tampered=st.booleans(),
    other_host=HOSTS,
)
def test_it_agrees_with_twilios_own_validator(
    host: str, query: str, params: dict[str, str], token: str, tampered: bool, other_host: str
) -> None:
    validator = RequestValidator(token)
    signature = validator.compute_signature(f"{other_host}/hook{query}", params)
    if tampered:
        params = {**params, "Body": "changed on the way"}
    url = f"{host}/hook{query}"
    assert verify(url, params, signature, token) == validator.validate(url, params, signature)


def test_a_text_is_read() -> None:
    inbound = parse_message(MESSAGE, NOW)
    assert inbound.provider_id == "twilio:SM" + "a" * 32
    assert inbound.kind is InboundKind.TEXT
    assert inbound.sender == Address("sms", "+447700900123")
    assert inbound.line == "+447700900000"
    assert inbound.text == MESSAGE["Body"]
    assert inbound.received_at == NOW


@pytest.mark.parametrize(
    ("fields", "kind", "media"),
    [
        ({"Body": ""}, InboundKind.TEXT, ()),
        (
            {"Body": "", "NumMedia": "1", "MediaContentType0": "image/jpeg"},
            InboundKind.MEDIA,
            ("image/jpeg",),
        ),
        (
            {"Body": "my knee", "NumMedia": "1", "MediaContentType0": "image/jpeg"},
            InboundKind.TEXT,
            ("image/jpeg",),
        ),
        (
            {"Body": " ", "NumMedia": "2", "MediaContentType0": "video/mp4"},
            InboundKind.MEDIA,
            ("video/mp4", "attachment"),
        ),
        ({"Body": "", "NumMedia": "99999999999"}, InboundKind.MEDIA, ("attachment",) * 10),
        ({"NumMedia": "-1"}, InboundKind.TEXT, ()),
        ({"NumMedia": "many"}, InboundKind.TEXT, ()),
        ({"NumMedia": "²"}, InboundKind.TEXT, ()),
    ],
)
def test_attachments_are_named_by_kind(
    fields: dict[str, str], kind: InboundKind, media: tuple[str, ...]
) -> None:
    inbound = parse_message({**MESSAGE, **fields}, NOW)
    assert (inbound.kind, inbound.media) == (kind, media)


@pytest.mark.parametrize("word", ["STOP", "START", "HELP"])
def test_a_keyword_that_the_carrier_took_itself_says_so_and_keeps_its_words(word: str) -> None:
    inbound = parse_message({**MESSAGE, "Body": "Cancel", "OptOutType": word}, NOW)
    assert (inbound.kind, inbound.carrier_opt_out, inbound.text) == (InboundKind.OPT_OUT, word, "Cancel")


def test_an_opt_out_type_nobody_knows_is_an_ordinary_text() -> None:
    inbound = parse_message({**MESSAGE, "OptOutType": "PERHAPS"}, NOW)
    assert (inbound.kind, inbound.carrier_opt_out) == (InboundKind.TEXT, None)


def test_a_very_long_text_keeps_every_word() -> None:
    body = "word " * 400
    assert parse_message({**MESSAGE, "Body": body}, NOW).text == body


def test_characters_no_database_holds_are_taken_out() -> None:
    assert parse_message({**MESSAGE, "Body": "a\x00b \ud83d c"}, NOW).text == "ab ? c"


@pytest.mark.parametrize("field", ["MessageSid", "From", "To"])
@pytest.mark.parametrize("value", [None, "", "x" * 65, "+4477\n00900123", "\x00"])
def test_a_webhook_without_its_fields_is_malformed(field: str, value: str | None) -> None:
    params = {name: text for name, text in MESSAGE.items() if name != field}
    if value is not None:
        params[field] = value
    with pytest.raises(MalformedWebhook, match=field):
        parse_message(params, NOW)


def test_what_is_wrong_is_said_without_repeating_what_was_sent() -> None:
    with pytest.raises(MalformedWebhook) as caught:
        parse_message({**MESSAGE, "From": "+447700900123\n"}, NOW)
    assert "7700" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("accepted", DeliveryState.SENT),
        ("queued", DeliveryState.SENT),
        ("sending", DeliveryState.SENT),
        ("sent", DeliveryState.SENT),
        ("delivered", DeliveryState.DELIVERED),
        ("Delivered", DeliveryState.DELIVERED),
        ("read", DeliveryState.READ),
        ("undelivered", DeliveryState.UNDELIVERED),
        ("failed", DeliveryState.FAILED),
        ("canceled", DeliveryState.FAILED),
        ("a-word-of-next-year", DeliveryState.SENT),
    ],
)
def test_a_delivery_report_says_where_the_message_is(status: str, state: DeliveryState) -> None:
    report = parse_status({"MessageSid": "SM1", "MessageStatus": status})
    assert (report.provider_id, report.state, report.error_code) == ("twilio:SM1", state, None)


@pytest.mark.parametrize(("given_code", "code"), [("30003", "30003"), ("", None), ("<script>", None)])
def test_a_delivery_report_carries_the_carriers_code(given_code: str, code: str | None) -> None:
    report = parse_status({"MessageSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": given_code})
    assert report.error_code == code


@pytest.mark.parametrize("missing", ["MessageSid", "MessageStatus"])
def test_a_delivery_report_without_its_fields_is_malformed(missing: str) -> None:
    params = {"MessageSid": "SM1", "MessageStatus": "sent"}
    del params[missing]
    with pytest.raises(MalformedWebhook, match=missing):
        parse_status(params)


def test_the_answer_to_twilio_says_nothing() -> None:
    assert b"<Response></Response>" in EMPTY_TWIML
