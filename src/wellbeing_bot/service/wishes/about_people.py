"""Texts about who people are to us: somebody new, somebody else, a champion's asks, another channel."""

from __future__ import annotations

from collections.abc import Sequence

from wellbeing_bot.service.champions import wishes as champions
from wellbeing_bot.service.linking import preferring
from wellbeing_bot.service.people import not_to_be_rung
from wellbeing_bot.service.sending.outbox import reply
from wellbeing_bot.service.wishes import newcomers, somebody_else
from wellbeing_bot.service.work import Work
from wellbeing_bot.service.workers import coming_back
from wellbeing_bot.store import AddressRow, InboundRow, Person
from wellbeing_bot.understanding.meaning import Intent, Meaning
from wellbeing_bot.understanding.people_words import channel_wished, not_by_phone, wants_linking

ABOUT_RINGING = frozenset(
    {Intent.TALK_TO_PERSON, Intent.COMPLAINT, Intent.HELP, Intent.THANKS_SMALLTALK, Intent.OTHER}
)
"""What "do not ring me" may sound like that asks for nothing more."""


def take_up(
    work: Work,
    inbound: InboundRow,
    address: AddressRow,
    people: Sequence[Person],
    meaning: Meaning,
) -> bool:
    """True when a text that answers no question was about one of these, and has been dealt with."""
    name = newcomers.introduced(people, meaning)
    if name is not None and meaning.about is not None:
        newcomers.welcome(work, inbound, address, meaning.about, name)
        return True
    if _not_to_be_rung(work, inbound.text, address, people, meaning):
        return True
    if champions.take_up(work, inbound, address, people, meaning):
        return True
    if somebody_else.take_up(work, inbound, address, people, meaning):
        return True
    if _channels(work, inbound.text, address, people):
        return True
    return coming_back.take_up(work, inbound, address, people, meaning)


def _not_to_be_rung(
    work: Work, text: str, address: AddressRow, people: Sequence[Person], meaning: Meaning
) -> bool:
    """ "I am deaf, do not ring me": staff see it wherever they would ring from. False: they want more."""
    if len(people) != 1 or not not_by_phone(text):
        return False
    not_to_be_rung(people[0])
    wishes = meaning.about.intents if meaning.about else ()
    if set(wishes) - ABOUT_RINGING:
        return False
    reply(work, address, "will_not_ring", person=people[0])
    return True


def _channels(work: Work, text: str, address: AddressRow, people: Sequence[Person]) -> bool:
    """ "Use telegram", and "I am on your Telegram already"."""
    known = people[0] if len(people) == 1 else None
    if wants_linking(text) and len(people) < 2:
        preferring.link(work, address, known)
        return True
    channel = channel_wished(text)
    if channel is None or known is None:
        return False
    preferring.wish(work, address, known, channel)
    return True
