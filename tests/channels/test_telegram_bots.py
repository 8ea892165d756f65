"""Several bots, one for each network: what a network says leaves by its own bot or not at all."""

from __future__ import annotations

import pytest

from wellbeing_bot.channels.base import Misconfigured
from wellbeing_bot.channels.telegram import TelegramChannel
from wellbeing_bot.channels.telegram_bots import TelegramBots
from wellbeing_bot.config import SettingsError, read_settings


def bots(*tokens: str) -> TelegramBots:
    return TelegramBots([TelegramChannel(token) for token in tokens])


def test_a_line_finds_its_own_bot() -> None:
    channel = bots("111:a", "222:b")
    assert [channel.of_line(line).bot_id for line in ("111", "222")] == [111, 222]


@pytest.mark.parametrize("line", ["", "333", "+447700900000", "two"])
def test_no_other_bot_speaks_for_a_network_whose_own_is_missing(line: str) -> None:
    with pytest.raises(Misconfigured):
        bots("111:a", "222:b").of_line(line)


def test_where_there_is_one_bot_it_needs_no_name() -> None:
    assert bots("111:a").of_line("").bot_id == 111


def test_two_tokens_of_one_bot_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="one bot"):
        bots("111:a", "111:b")


def test_tokens_and_services_are_read_from_the_settings() -> None:
    settings = read_settings(
        _env_file=None,
        telegram_bot_token="111:a",
        telegram_more_bot_tokens=" 222:b , 333:c",
        twilio_messaging_services="+447700900001=MG1, +447700900002=MG2",
    )
    assert settings.bot_tokens == ("111:a", "222:b", "333:c")
    assert settings.services_by_line == {"+447700900001": "MG1", "+447700900002": "MG2"}


@pytest.mark.parametrize("written", ["MG1", "+447700900001", "+447700900001=SM1", "07700900001=MG1"])
def test_a_service_without_its_number_is_refused(written: str) -> None:
    with pytest.raises(SettingsError, match="TWILIO_MESSAGING_SERVICES"):
        read_settings(_env_file=None, twilio_messaging_services=written)
