"""Which channel somebody is written to on, when they have two."""

from __future__ import annotations

from wellbeing_bot.service.people import addresses_of, may_text
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.talking import start
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Person

IN_WORDS = {"sms": "by text", "telegram": "on Telegram"}

SCRIPT = "link_channels"


def prefer(work: Work, person: Person, channel: str) -> AddressRow | None:
    """Write to somebody on this channel from now on. None when they cannot be written to there."""
    row = next((one for one in addresses_of(work, person) if one.channel == channel and may_text(one)), None)
    if row is not None:
        person.preferred_address_id = row.id
        work.session.flush()
    return row


def wish(work: Work, address: AddressRow, person: Person, channel: str) -> None:
    """ "Use telegram": done and said, or how it can be."""
    if prefer(work, person, channel) is not None:
        reply(work, address, "prefers_noted", {"how": IN_WORDS[channel]}, person=person)
    elif channel == "telegram":
        reply(work, address, "telegram_how", person=person)
    else:
        link(work, address, person)


def link(work: Work, address: AddressRow, person: Person | None) -> None:
    """Begin to find out whether we know them from somewhere else."""
    start(work, SCRIPT, address, person, {"channel": address.channel})
