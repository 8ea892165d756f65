"""Texts that may mean "I am not coming": a place is given up only when that was said; else they are asked.

"My hip is bad today, not sure" and "no, I will come" are both near to calling off. Taking somebody off
who means to come is worse than one more question.
"""

from __future__ import annotations

from collections.abc import Sequence

from wellbeing_bot.conversation.facts import Fact
from wellbeing_bot.service.changing.targets import Target
from wellbeing_bot.service.talking import close, open_conversations, start
from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Person
from wellbeing_bot.understanding.commands import read_command
from wellbeing_bot.understanding.intents import plainly_about
from wellbeing_bot.understanding.meaning import Intent, InterruptKind
from wellbeing_bot.understanding.ride_words import is_not_coming
from wellbeing_bot.understanding.second_thoughts import in_two_minds, says_not_coming

SCRIPT = "still_coming"

_TO_DO = {"meeting": "meet", "driving": "drive"}
"""How a label begins that names what was promised, and how a question says it."""


def in_doubt(work: Work, said: str) -> bool:
    """Whether a text leaves open that they are coming, so that they are asked before anything is given up."""
    if in_two_minds(said):
        return True
    if says_not_coming(said) or is_not_coming(said):
        return False
    if read_command(said, answering=False) is InterruptKind.CANCEL:
        return False
    wish = plainly_about(said, now=work.local_now)
    return wish is None or Intent.CHANGE_OR_CANCEL not in wish.intents


def ask(work: Work, address: AddressRow, person: Person, found: Sequence[Target]) -> None:
    """Ask whether they are coming; silence keeps what they have."""
    for row in open_conversations(work, address):
        if row.script == SCRIPT and row.person_id == person.id:
            close(work, row, "asked_again")
    offered: list[Fact] = [{"value": target.value, "label": target.label} for target in found]
    facts: dict[str, Fact] = {"offered": offered, "target": "all", "what": _what(found[0])}
    start(work, SCRIPT, address, person, facts, session_id=found[0].session.id)


def _what(target: Target) -> str:
    """ "Harbour Walk, Thursday 5 November at 10am", or "meet Jean at" it, after "still coming to"."""
    first, space, rest = target.label.partition(" ")
    return f"{_TO_DO.get(first, first)}{space}{rest}" if target.kind != "place" else target.label
