"""Layers to pixels: each name gets a place beside the middle of what it is joined to, none overlapping."""

from __future__ import annotations

from collections.abc import Mapping

from wellbeing_bot.web.desk.diagram.layers import Layout

BOX = 168.0
PASS = 20.0
GAP = 22.0
ROUNDS = 8


def widths(layout: Layout, steps: Mapping[str, object]) -> dict[str, float]:
    """How wide each name is: steps are boxes, passing roads are narrow."""
    return {name: BOX if name in steps else PASS for layer in layout.layers for name in layer}


def across(layout: Layout, steps: Mapping[str, object]) -> dict[str, float]:
    """The middle of every name, in pixels from the left."""
    width = widths(layout, steps)
    xs: dict[str, float] = {}
    for layer in layout.layers:
        x = 0.0
        for name in layer:
            xs[name] = x + width[name] / 2
            x += width[name] + GAP
    joined: dict[str, list[str]] = {name: [] for name in xs}
    for road in layout.roads.values():
        for one, other in zip(road.passes, road.passes[1:], strict=False):
            joined[one].append(other)
            joined[other].append(one)
    for _ in range(ROUNDS):
        for layer in layout.layers:
            wanted = [
                sum(xs[one] for one in joined[name]) / len(joined[name]) if joined[name] else xs[name]
                for name in layer
            ]
            _settle(layer, wanted, width, xs)
    left = min(xs[name] - width[name] / 2 for name in xs)
    return {name: x - left for name, x in xs.items()}


def _settle(
    layer: tuple[str, ...], wanted: list[float], width: Mapping[str, float], xs: dict[str, float]
) -> None:
    """As near to what is wanted as fits: pushed right from the left, left from the right, and the mean."""
    right = list(wanted)
    for place in range(1, len(layer)):
        least = (width[layer[place - 1]] + width[layer[place]]) / 2 + GAP
        right[place] = max(right[place], right[place - 1] + least)
    left = list(wanted)
    for place in range(len(layer) - 2, -1, -1):
        least = (width[layer[place + 1]] + width[layer[place]]) / 2 + GAP
        left[place] = min(left[place], left[place + 1] - least)
    for place, name in enumerate(layer):
        xs[name] = (left[place] + right[place]) / 2
