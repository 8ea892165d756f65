"""Keeps small groups from being read out of a report, directly or by taking one figure from another."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from wellbeing_bot.questionnaires.instrument import Number

LEAST = 5
"""People behind a figure, at the fewest."""

Slice = tuple[str, str]
"""(family, name): ("group", "Tuesday walk")."""


@dataclass(frozen=True, slots=True)
class Bin:
    """How many values lie between two ends, both included. None: open-ended."""

    lowest: Number | None
    highest: Number | None
    count: int


def hidden(
    slices: Mapping[Slice, frozenset[Hashable]], whole: frozenset[Hashable], least: int = LEAST
) -> frozenset[Slice]:
    """Which slices must not be shown beside a whole that is.

    A slice of 1 to ``least`` - 1 people is hidden. Then, until nothing more follows, a slice that is shown is
    hidden as well when a small group could be worked out from it: by taking it from the whole, by taking it
    from a larger slice that contains it, or by taking all that is shown of its family from the whole.

    Args:
        slices: the people behind each slice; those of one family should leave nobody of the whole out.
        whole: everybody.
        least: the smallest group that may be shown.
    """
    small = frozenset(key for key, people in slices.items() if _small(people, least))
    if _small(whole, least):
        return frozenset(key for key, people in slices.items() if people)
    found = set(small)
    while key := _betrays(slices, whole, found, least):
        found.add(key)
    return frozenset(found)


def _small(people: frozenset[Hashable], least: int) -> bool:
    return 0 < len(people) < least


def _betrays(
    slices: Mapping[Slice, frozenset[Hashable]], whole: frozenset[Hashable], found: set[Slice], least: int
) -> Slice | None:
    """The smallest shown slice from which a small group could be worked out."""
    shown = sorted(
        (key for key, people in slices.items() if people and key not in found),
        key=lambda key: (len(slices[key]), key),
    )
    for key in shown:
        larger = [whole, *(slices[other] for other in shown if slices[key] < slices[other])]
        if any(_small(container - slices[key], least) for container in larger):
            return key
    for key in shown:
        family = [slices[other] for other in shown if other[0] == key[0]]
        if _small(whole - frozenset().union(*family), least):
            return key
    return None


def bins(values: Sequence[Number], least: int = LEAST) -> tuple[Bin, ...]:
    """A distribution in which every bin holds at least ``least`` values; neighbours are put together.

    Fewer than ``least`` values give no bins at all.
    """
    return bins_within([values], least) if len(values) >= least else ()


def bins_within(parts: Sequence[Sequence[Number]], least: int = LEAST) -> tuple[Bin, ...]:
    """Bins that keep within parts (falls, noughts, rises), each of which holds at least ``least`` values."""
    return tuple(_open_ended([run for part in parts for run in _merged(sorted(part), least)]))


def fit(*counts: int, least: int = LEAST) -> bool:
    """Whether these counts may be shown together: each is none, or large enough."""
    return all(count == 0 or count >= least for count in counts)


def _merged(ordered: list[Number], least: int) -> list[list[Number]]:
    """Runs of neighbouring values of at least this length; equal values stay together."""
    runs: list[list[Number]] = []
    for value in ordered:
        if runs and (len(runs[-1]) < least or runs[-1][-1] == value):
            runs[-1].append(value)
        else:
            runs.append([value])
    if len(runs) > 1 and len(runs[-1]) < least:
        last = runs.pop()
        runs[-1].extend(last)
    return runs


def _open_ended(runs: list[list[Number]]) -> list[Bin]:
    """The outer end of a mixed outer bin is not said: it may be one person's."""
    last = len(runs) - 1
    return [
        Bin(
            None if place == 0 and run[0] != run[-1] else run[0],
            None if place == last and run[0] != run[-1] else run[-1],
            len(run),
        )
        for place, run in enumerate(runs)
    ]
