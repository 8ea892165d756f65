"""Answers as staff type them in: one entry a question, checked before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wellbeing_bot.questionnaires.instrument import Instrument, Item, Number
from wellbeing_bot.service.desk.base import DeskError

SKIP = "skip"


def typed_answers(instrument: Instrument, written: Sequence[Any]) -> dict[str, Number | None]:
    """Item -> value; None for one that was skipped.

    Args:
        instrument: whose answers they are.
        written: "satisfied=6" or {"item": "satisfied", "value": 6}; words of a scale do as well, or skip.

    Raises:
        DeskError: an entry cannot be read, names no item, is given twice or is outside the range.
    """
    items = {item.id: item for item in instrument.items}
    given: dict[str, Number | None] = {}
    for entry in written:
        name, value = _parts(entry)
        if name not in items:
            raise DeskError(f"{instrument.title} has no {name!r}; it has {', '.join(items)}")
        if name in given:
            raise DeskError(f"{name} is there twice")
        given[name] = _value(items[name], value)
    if not given:
        raise DeskError("write at least one answer")
    return given


def _parts(entry: Any) -> tuple[str, str]:
    if isinstance(entry, Mapping):
        return str(entry.get("item", "")), str(entry.get("value", ""))
    name, found, value = str(entry).partition("=")
    if not found:
        raise DeskError("write each answer as item=value, such as satisfied=6")
    return name.strip(), value.strip()


def _value(item: Item, written: str) -> Number | None:
    if written.lower() == SKIP:
        return None
    for option in item.scale.options if item.scale else ():
        if written.lower() == option.words.lower():
            return option.value
    try:
        value = float(written)
    except ValueError:
        raise DeskError(f"{item.id} must be a number or skip") from None
    number: Number = int(value) if value.is_integer() else value
    if not item.allows(number):
        raise DeskError(f"{written} is no answer to {item.id}; {item.lowest:g} to {item.highest:g} are")
    return number
