"""A network with a Twilio account of its own: nothing of it leaves, or is believed, through another's."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import func, select
from starlette.applications import Starlette

from tests.channels.conftest import MARJORIE, outbound
from tests.channels.stubs import TwilioStub
from tests.town import fresh_sqlite
from wellbeing_bot.app import build_live
from wellbeing_bot.channels.base import Absent, Found
from wellbeing_bot.channels.sms import TwilioChannel
from wellbeing_bot.channels.twilio_accounts import TwilioAccounts
from wellbeing_bot.config import Settings, SettingsError, check_for_demo, read_settings
from wellbeing_bot.messages import DeliveryState
from wellbeing_bot.store import InboundRow
from wellbeing_bot.web import webhooks

OURS, THEIRS = "+447700900000", "+447700900002"
THEIR_ACCOUNT, THEIR_TOKEN = "AC" + "6" * 32, "another-token-for-tests"
LONG_AGO = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def next_door() -> Iterator[TwilioStub]:
    """Another network's account."""
    with TwilioStub() as stub:
        stub.account_sid, stub.auth_token, stub.number = THEIR_ACCOUNT, THEIR_TOKEN, THEIRS
        yield stub


@pytest.fixture
async def both(twilio: TwilioStub, next_door: TwilioStub) -> AsyncIterator[TwilioAccounts]:
    first, second = (
        TwilioChannel(stub.account_sid, stub.auth_token, stub.number, api_base_url=stub.url)
        for stub in (twilio, next_door)
    )
    channel = TwilioAccounts(first, {THEIRS: second})
    yield channel
    await channel.close()


async def test_a_text_leaves_through_the_account_of_its_line(
    both: TwilioAccounts, twilio: TwilioStub, next_door: TwilioStub
) -> None:
    await both.send(outbound("from ours", line=OURS))
    await both.send(outbound("from theirs", line=THEIRS))
    await both.send(outbound("from no line", line=""))
    assert twilio.texts_to(MARJORIE) == ["from ours", "from no line"]
    assert next_door.texts_to(MARJORIE) == ["from theirs"]
    assert [message.from_ for message in next_door.messages] == [THEIRS]


async def test_a_text_of_unknown_outcome_is_looked_for_where_it_was_sent(both: TwilioAccounts) -> None:
    await both.send(outbound("hello", line=THEIRS))
    assert isinstance(await both.look_up(outbound("hello", line=THEIRS), LONG_AGO), Found)
    assert isinstance(await both.look_up(outbound("hello", line=OURS), LONG_AGO), Absent)


async def test_what_came_in_is_asked_of_each_account_for_its_own_lines(
    both: TwilioAccounts, twilio: TwilioStub, next_door: TwilioStub
) -> None:
    twilio.text_comes_in(MARJORIE, "to ours")
    next_door.text_comes_in(MARJORIE, "to theirs")
    found = await both.recent_inbound(LONG_AGO, [OURS, THEIRS])
    assert {(inbound.line, inbound.text) for inbound in found} == {(OURS, "to ours"), (THEIRS, "to theirs")}


async def test_the_account_that_took_a_text_is_asked_what_became_of_it(
    both: TwilioAccounts, next_door: TwilioStub
) -> None:
    sent = await both.send(outbound("hello", line=THEIRS))
    next_door.report_silently(next_door.messages[0], "undelivered", 30003)
    report = await both.report_on(sent.provider_id)
    assert report is not None
    assert report.state is DeliveryState.UNDELIVERED


def _settings(folder: Path) -> Settings:
    return read_settings(
        database_url=f"sqlite:///{fresh_sqlite(folder)}",
        secret_key="for tests only " * 4,
        public_base_url="https://bot.example.org",
        twilio_account_sid=TwilioStub.account_sid,
        twilio_auth_token=TwilioStub.auth_token,
        twilio_from_number=OURS,
        twilio_more_accounts=f"{THEIR_ACCOUNT}:{THEIR_TOKEN}={THEIRS}",
        _env_file=None,
    )


@pytest.mark.parametrize(
    ("line", "signer", "believed"),
    [
        (OURS, (TwilioStub.account_sid, TwilioStub.auth_token), True),
        (THEIRS, (THEIR_ACCOUNT, THEIR_TOKEN), True),
        (OURS, (THEIR_ACCOUNT, THEIR_TOKEN), False),
        (THEIRS, (TwilioStub.account_sid, TwilioStub.auth_token), False),
    ],
    ids=["ours", "theirs", "theirs speaks for ours", "ours speaks for theirs"],
)
@pytest.mark.parametrize("path", ["message", "status"])
async def test_only_the_token_of_a_numbers_own_account_speaks_for_it(
    tmp_path: Path,
    twilio: TwilioStub,
    path: str,
    line: str,
    signer: tuple[str, str],
    believed: bool,
) -> None:
    twilio.account_sid, twilio.auth_token = signer
    twilio.number = line
    fields = twilio.text_comes_in(MARJORIE, "hello")
    if path == "status":
        fields |= {"From": line, "To": MARJORIE, "MessageStatus": "delivered"}
    app = build_live(_settings(tmp_path))
    url = f"{app.settings.public_base_url}/webhooks/twilio/{path}"
    service = httpx.ASGITransport(app=Starlette(routes=webhooks.routes(app)))
    try:
        async with httpx.AsyncClient(transport=service) as client:
            headers = {"X-Twilio-Signature": twilio.sign(url, fields)}
            answer = await client.post(url, data=fields, headers=headers)
        with app.database.reading() as session:
            told = session.scalar(select(func.count()).select_from(InboundRow))
    finally:
        await app.close()
    assert answer.is_success is believed
    assert believed or (answer.status_code, told) == (403, 0)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("AC1:s3cret", "write each account"),
        ("AC1=+447700900002", "write each account"),
        ("MG1:s3cret=+447700900002", "write each account"),
        ("AC1:s3cret=07700900002", "write each account"),
        ("AC1:s3cret=+447700900002, AC2:u=+447700900002", "one account"),
    ],
)
def test_accounts_that_cannot_be_read_are_refused_without_showing_a_token(written: str, wrong: str) -> None:
    with pytest.raises(SettingsError, match=wrong) as refused:
        read_settings(twilio_more_accounts=written, _env_file=None)
    assert "s3cret" not in str(refused.value)


def test_the_demo_does_not_run_beside_another_networks_account() -> None:
    settings = read_settings(twilio_more_accounts=f"AC1:t={THEIRS}", _env_file=None)
    with pytest.raises(SettingsError, match="TWILIO_MORE_ACCOUNTS"):
        check_for_demo(settings)


def test_no_account_shows_its_token(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    assert THEIR_TOKEN not in repr(settings)
    assert THEIR_TOKEN not in repr(settings.more_accounts)
