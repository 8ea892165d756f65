"""Where the steps of a conversation stand: in layers from the beginning down, with few crossings.

The way of Sugiyama, Tagawa and Toda (1981) in its simplest form: roads that lead back are turned round,
each step is put one layer below the lowest that leads to it, long roads get a place in every layer they
pass, and each layer is ordered by the middle of its neighbours.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SWEEPS = 6


@dataclass(frozen=True)
class Road:
    """One arrow: the names it passes from top to bottom, and whether it leads back up."""

    passes: tuple[str, ...]
    back: bool


@dataclass(frozen=True)
class Layout:
    """Names in layers, each from left to right; names that are no step are where long roads pass."""

    layers: tuple[tuple[str, ...], ...]
    roads: Mapping[tuple[str, str], Road]


def lay_out(start: str, leads_to: Mapping[str, Sequence[str]]) -> Layout:
    """Layers for a graph. Steps that nothing leads to stand in the first layer."""
    backward = _backward(start, leads_to)
    forward = _forward(leads_to, backward)
    depth = _depths(start, leads_to, forward)
    layers: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for name in depth:
        layers[depth[name]].append(name)
    roads: dict[tuple[str, str], Road] = {}
    neighbours: dict[str, list[str]] = {name: [] for name in depth}
    for source in leads_to:
        for target in dict.fromkeys(leads_to[source]):
            if source == target:
                continue
            back = (source, target) in backward
            top, bottom = (target, source) if back else (source, target)
            passes = _passes(top, bottom, depth, layers, neighbours)
            roads[source, target] = Road(passes, back)
    for _ in range(SWEEPS):
        _order(layers, neighbours)
    return Layout(tuple(tuple(layer) for layer in layers), roads)


def _backward(start: str, leads_to: Mapping[str, Sequence[str]]) -> set[tuple[str, str]]:
    """Roads to a step that is on the way to their own: without them nothing goes round."""
    found: set[tuple[str, str]] = set()
    done: set[str] = set()
    for root in (start, *leads_to):
        if root in done:
            continue
        way: list[tuple[str, list[str]]] = [(root, list(leads_to.get(root, ())))]
        on_way = {root}
        while way:
            name, left = way[-1]
            if not left:
                way.pop()
                on_way.discard(name)
                done.add(name)
                continue
            target = left.pop(0)
            if target in on_way:
                found.add((name, target))
            elif target not in done:
                way.append((target, list(leads_to.get(target, ()))))
                on_way.add(target)
    return found


def _forward(leads_to: Mapping[str, Sequence[str]], backward: set[tuple[str, str]]) -> dict[str, list[str]]:
    """Every road downwards; those that lead back are turned round."""
    made: dict[str, list[str]] = {name: [] for name in leads_to}
    for source, targets in leads_to.items():
        for target in targets:
            if source == target:
                continue
            top, bottom = (target, source) if (source, target) in backward else (source, target)
            made.setdefault(top, []).append(bottom)
    return made


def _depths(
    start: str, leads_to: Mapping[str, Sequence[str]], forward: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    depth = dict.fromkeys((start, *leads_to), 0)
    for _ in depth:  # no way is longer than there are steps
        changed = False
        for source, targets in forward.items():
            for target in targets:
                if depth[target] < depth[source] + 1:
                    depth[target] = depth[source] + 1
                    changed = True
        if not changed:
            break
    return depth


def _passes(
    top: str,
    bottom: str,
    depth: Mapping[str, int],
    layers: list[list[str]],
    neighbours: dict[str, list[str]],
) -> tuple[str, ...]:
    """The names a road goes through, a new one in each layer between its ends."""
    names = [top]
    for level in range(depth[top] + 1, depth[bottom]):
        name = f"{top}>{bottom}>{level}"
        if name not in neighbours:
            neighbours[name] = []
            layers[level].append(name)
        names.append(name)
    names.append(bottom)
    for one, other in itertools.pairwise(names):
        neighbours[one].append(other)
        neighbours[other].append(one)
    return tuple(names)


def _order(layers: list[list[str]], neighbours: Mapping[str, Sequence[str]]) -> None:
    """Each layer by the mean place of what its names are joined to in the layer before, down and then up."""
    for order in (range(1, len(layers)), range(len(layers) - 2, -1, -1)):
        for level in order:
            other = layers[level - 1] if order.step > 0 else layers[level + 1]
            place = {name: index for index, name in enumerate(other)}
            now = {name: index for index, name in enumerate(layers[level])}

            def middle(name: str, place: dict[str, int] = place, now: dict[str, int] = now) -> float:
                joined = [place[one] for one in neighbours[name] if one in place]
                return sum(joined) / len(joined) if joined else float(now[name])

            layers[level].sort(key=middle)
