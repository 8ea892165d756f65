"""Signed texts for the benchmarks: first texts of strangers, the turn that writes most, no two alike."""

from __future__ import annotations

from benchmarks.load import request
from tests.channels.stubs import TwilioStub
from wellbeing_bot.config import Settings

PATH = "/webhooks/twilio/message"
OPENINGS = (
    "hello there I would like some company, I live near {}",
    "can I join the walk on thursday please, my doctor in {} said to ask",
    "Hi is there a lunch club near {}? I dont get out much",
    "good morning, what is on this week around {}",
)
STREETS = ("Mill Lane", "Harbour Street", "Station Road", "Church Hill", "the green", "the old school")


def first_texts(settings: Settings, twilio: TwilioStub, count: int, batch: int) -> list[bytes]:
    """``count`` requests from as many numbers; another ``batch`` gives other numbers."""
    return [_signed(settings, twilio, batch * 100_000 + index) for index in range(count)]


def _signed(settings: Settings, twilio: TwilioStub, index: int) -> bytes:
    words = f"{STREETS[index % len(STREETS)]} {index}"
    fields = {
        "MessageSid": f"SM{index:032d}",
        "AccountSid": settings.twilio_account_sid,
        "From": f"+447{index:09d}",
        "To": settings.twilio_from_number,
        "Body": OPENINGS[index % len(OPENINGS)].format(words),
        "NumMedia": "0",
    }
    signature = twilio.sign(f"{settings.public_base_url}{PATH}", fields)
    return request(PATH, fields, {"X-Twilio-Signature": signature})
