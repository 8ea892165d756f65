"""What a vehicle can carry, and what a passenger needs, in words. Pure.

A volunteer is never asked to take what their car cannot carry. Anything that must be agreed with the driver
beforehand (a guide dog, oxygen, a scooter) counts as not carried until it is on their record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from wellbeing_bot.service.words import list_words

WHEELCHAIR = "wheelchair"

AGREED_BEFOREHAND = frozenset({"guide_dog", "oxygen", "scooter"})
"""Needs that a driver must have said they can carry."""

IN_WORDS = {
    WHEELCHAIR: "wheelchair",
    "scooter": "mobility scooter",
    "walking_frame": "walking frame",
    "stick": "walking stick",
    "crutches": "crutches",
    "guide_dog": "guide dog",
    "oxygen": "oxygen",
    "no_steps": "cannot manage steps",
    "sight": "does not see well",
    "hearing": "does not hear well",
    "carer": "comes with a carer",
}
"""What the driver is told. Other needs (a toilet close by, a condition) are not the driver's business."""


class Vehicle(Protocol):
    """What matters of a provider."""

    takes_wheelchair: Any
    carries: Any
    seats: Any


def can_carry(vehicle: Vehicle, needs: Iterable[str], party: int) -> bool:
    """Whether somebody with these needs, and those with them, can be taken."""
    wanted = set(needs)
    if WHEELCHAIR in wanted and not vehicle.takes_wheelchair:
        return False
    if not (wanted & AGREED_BEFOREHAND) <= set(vehicle.carries):
        return False
    return vehicle.seats is None or party <= vehicle.seats


def for_the_driver(needs: Iterable[str]) -> list[str]:
    """The needs that concern the driver, in the order of ``IN_WORDS``."""
    wanted = set(needs)
    return [need for need in IN_WORDS if need in wanted]


def needs_words(needs: Sequence[str]) -> str:
    """``wheelchair and oxygen``; empty where there is nothing for the driver to know."""
    return list_words([IN_WORDS[need] for need in for_the_driver(needs)])
