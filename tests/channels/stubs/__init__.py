"""Providers to talk to over real HTTP: a Twilio and a Telegram on 127.0.0.1.

    with TwilioStub() as twilio:
        channel = TwilioChannel(twilio.account_sid, twilio.auth_token, "+447700900000",
                                api_base_url=twilio.url)
        twilio.fail_next(twilio.too_many(retry_after=2))
        ...
        assert twilio.texts_to("+447700900123") == ["Hello"]

Both keep every request in ``calls``, every message they took in ``messages``, and fail on demand.
"""

from tests.channels.stubs.faults import Fault, answer, hang, reset, server_error
from tests.channels.stubs.server import Call
from tests.channels.stubs.telegram import TelegramStub
from tests.channels.stubs.twilio import TwilioStub

__all__ = ["Call", "Fault", "TelegramStub", "TwilioStub", "answer", "hang", "reset", "server_error"]
