"""Verbs of a transcript that are about phones, and about calls to people who have none.

The harness: ``story_runner``.

behaves Tom landline                     (how a simulated phone behaves from now on)
code Tom Asha                            (Tom texts the code that came to Asha)
silent Jean                              (nothing is queued for that phone)
behind Jean Jean Tom                     (who is behind Jean's phone, in order)
outcome Edith not_coming                 (typed in for the oldest call to her)
refused Edith left_word                  (the desk says no to that outcome)
call Edith day_before coming             (a call to make: words, and what it asks)
no_call Edith
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import select

from tests.story import Story
from tests.story_people import named
from tests.town import NUMBERS
from wellbeing_bot.channels.simulator import SimulatorChannel
from wellbeing_bot.messages import Address, DeliveryState
from wellbeing_bot.service.calls.putting import waiting
from wellbeing_bot.service.desk.base import DeskError
from wellbeing_bot.service.people import (
    find_address,
    people_at,
)
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import (
    OutboundRow,
)


def _behaves(story: Story, name: str, how: str) -> None:
    address = Address.parse(NUMBERS[name])
    channel = story.app.sender.channels[address.channel]
    assert isinstance(channel, SimulatorChannel)
    channel.behave(address, how)  # type: ignore[arg-type]


def _code(story: Story, name: str, came_to: str) -> None:
    def last(work: Work) -> str:
        rows = work.session.scalars(
            select(OutboundRow).where(OutboundRow.key.contains("link_code")).order_by(OutboundRow.id.desc())
        )
        text = next(row.text for row in rows if story.phone(row.address_id) == came_to)
        return "".join(sign for sign in text.split("there: ")[1] if sign.isdigit())

    story.text(name, str(story.read(last)))


def _outcome(story: Story, name: str, outcome: str) -> None:
    call = story.read(lambda work: waiting(work, named(work, name))[0].id)
    story.desk("call_outcome", call=call, outcome=outcome)


def _refused(story: Story, name: str, outcome: str) -> None:
    try:
        _outcome(story, name, outcome)
    except DeskError:
        return
    raise AssertionError("the desk took that outcome")


def _call(story: Story, name: str, words: str, asks: str = "") -> None:
    def look(work: Work) -> list[tuple[str, str]]:
        return [(call.key, call.asks) for call in waiting(work, named(work, name))]

    have = story.read(look)
    assert any(words in key and (not asks or asks == what) for key, what in have), f"the calls are {have}"


def _no_call(story: Story, name: str) -> None:
    have = story.read(lambda work: [call.key for call in waiting(work, named(work, name))])
    assert not have, f"the calls are {have}"


def _behind(story: Story, phone: str, *names: str) -> None:
    def look(work: Work) -> list[str]:
        row = find_address(work, Address.parse(NUMBERS.get(phone, phone)))
        return [person.first_name for person in people_at(work, row)] if row else []

    have = story.read(look)
    assert have == list(names), f"behind it: {have}"


def _silent(story: Story, phone: str) -> None:
    def look(work: Work) -> list[str]:
        row = find_address(work, Address.parse(NUMBERS.get(phone, phone)))
        assert row is not None
        queued = select(OutboundRow.key).where(
            OutboundRow.address_id == row.id, OutboundRow.state == DeliveryState.QUEUED
        )
        return list(work.session.scalars(queued))

    have = story.read(look)
    assert not have, f"queued: {have}"


ACTS: Mapping[str, Callable[..., None]] = {
    "behaves": _behaves,
    "code": _code,
    "outcome": _outcome,
    "refused": _refused,
}
CHECKS: Mapping[str, Callable[..., None]] = {
    "call": _call,
    "no_call": _no_call,
    "behind": _behind,
    "silent": _silent,
}
