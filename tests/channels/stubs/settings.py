"""Settings of a deployment whose provider is the Twilio stub."""

from __future__ import annotations

from typing import Any

from tests.channels.stubs.twilio import TwilioStub
from wellbeing_bot.config import Settings, read_settings


def settings_with(database_url: str, twilio: TwilioStub, **more: Any) -> Settings:
    """Settings that read no file of this machine; ``more`` are settings by their names."""
    return read_settings(
        _env_file=None,
        database_url=database_url,
        secret_key="for tests only " * 4,
        public_base_url="https://bot.example.org",
        twilio_account_sid=twilio.account_sid,
        twilio_auth_token=twilio.auth_token,
        twilio_from_number=twilio.number,
        twilio_api_base_url=twilio.url,
        **more,
    )
