"""A conversation as one SVG picture. The table beside it says the same in words."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from html import escape

from markupsafe import Markup

from wellbeing_bot.conversation.script import ANY, Script, Step
from wellbeing_bot.web.desk.diagram.layers import Road, lay_out
from wellbeing_bot.web.desk.diagram.places import BOX, across

HIGH = 46
LEVEL = 104
EDGE = 14
TIP = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
    'orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker></defs>'
)
WAYS = {ANY: "else", "timeout": "no answer"}
LETTERS = 24


def draw(script: Script) -> Markup:
    """The picture: questions, what is done, and where each answer leads."""
    steps = dict(script.steps)
    leads = {name: [target for _, target in step.leads_to()] for name, step in steps.items()}
    layout = lay_out(script.starts, leads)
    xs = {name: x + EDGE for name, x in across(layout, steps).items()}
    ys = {name: EDGE + level * LEVEL for level, layer in enumerate(layout.layers) for name in layer}
    wide = max(xs[name] + (BOX / 2 if name in steps else 0) for name in xs) + EDGE
    high = EDGE * 2 + (len(layout.layers) - 1) * LEVEL + HIGH
    feet, heads = _ports(layout.roads.values(), xs, foot=True), _ports(layout.roads.values(), xs, foot=False)
    roads = [
        _road(road, _points(road, xs, ys, feet, heads), _labels(steps[source], target))
        for (source, target), road in layout.roads.items()
    ]
    boxes = [_box(step, xs[name], ys[name], starts=name == script.starts) for name, step in steps.items()]
    title = escape(f"{script.name.replace('_', ' ')}: its steps and where each answer leads")
    return Markup(  # every word in it was escaped above
        f'<svg class="desk-flow" viewBox="0 0 {wide:.0f} {high}" width="{wide:.0f}" height="{high}" '
        f'role="img" aria-label="{title}">{TIP}'
        f"{''.join(roads)}{''.join(boxes)}</svg>"
    )


def _labels(step: Step, target: str) -> str:
    labels = [label for label, leads in step.leads_to() if leads == target]
    if len(step.then) == 1 and ANY in step.then:
        labels = [label for label in labels if label != ANY]
    words = ", ".join(WAYS.get(label, label.replace("_", " ")) for label in labels)
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 3].rstrip(', ')}..."


def _ports(roads: Iterable[Road], xs: Mapping[str, float], *, foot: bool) -> dict[tuple[str, ...], float]:
    """Where on its box each road begins (or ends), side by side in the order in which they go apart."""
    by_box: dict[str, list[Road]] = {}
    for road in roads:
        by_box.setdefault(road.passes[0 if foot else -1], []).append(road)
    ports: dict[tuple[str, ...], float] = {}
    for name, here in by_box.items():
        here.sort(key=lambda road: xs[road.passes[1 if foot else -2]])
        for place, road in enumerate(here):
            ports[road.passes] = xs[name] + BOX * 0.84 * ((place + 0.5) / len(here) - 0.5)
    return ports


def _points(
    road: Road,
    xs: Mapping[str, float],
    ys: Mapping[str, float],
    feet: Mapping[tuple[str, ...], float],
    heads: Mapping[tuple[str, ...], float],
) -> list[tuple[float, float]]:
    """From the foot of the upper box to the head of the lower, past both ends of every layer between."""
    top, *between, bottom = road.passes
    points = [(feet[road.passes], ys[top] + HIGH)]
    for name in between:
        points += [(xs[name], ys[name]), (xs[name], ys[name] + HIGH)]
    return [*points, (heads[road.passes], ys[bottom])]


def _road(road: Road, points: list[tuple[float, float]], label: str) -> str:
    """A curve through the points, with the answer that leads along it beside its beginning."""
    path = f"M{points[0][0]:.0f} {points[0][1]:.0f}"
    for (x, y), (next_x, next_y) in itertools.pairwise(points):
        half = (next_y - y) / 2
        path += f"C{x:.0f} {y + half:.0f} {next_x:.0f} {next_y - half:.0f} {next_x:.0f} {next_y:.0f}"
    ends = 'marker-start="url(#tip)"' if road.back else 'marker-end="url(#tip)"'
    line = f'<path class="road{" back" if road.back else ""}" d="{path}" {ends}/>'
    if not label:
        return line
    at, along = (points[-1], points[-2]) if road.back else (points[0], points[1])
    x, y = at[0] * 0.8 + along[0] * 0.2, at[1] * 0.66 + along[1] * 0.34
    return f'{line}<text class="way" x="{x:.0f}" y="{y:.0f}" text-anchor="middle">{escape(label)}</text>'


def _box(step: Step, middle: float, y: float, *, starts: bool) -> str:
    kind = "asks" if step.expects else "ends" if step.ends or step.continue_with else "does"
    look = f"step {kind}{' starts' if starts else ''}"
    middle_x, corner = f"{middle:.0f}", 18 if kind == "ends" else 4
    return (
        f'<g class="{look}"><rect x="{middle - BOX / 2:.0f}" y="{y:.0f}" width="{BOX:.0f}" '
        f'height="{HIGH}" rx="{corner}"/>'
        f'<text class="name" x="{middle_x}" y="{y + 19:.0f}" text-anchor="middle">'
        f"{escape(_short(step.name))}</text>"
        f'<text x="{middle_x}" y="{y + 36:.0f}" text-anchor="middle">'
        f"{escape(_short(_under(step)))}</text></g>"
    )


def _under(step: Step) -> str:
    """What the step does, in a word or two."""
    if step.expects:
        return f"asks: {step.expects.value}"
    for verb, what in (
        ("ends:", step.ends),
        ("goes on with", step.continue_with),
        ("does", step.do),
        ("checks", step.check),
    ):
        if what:
            return f"{verb} {what}"
    return "says something"


def _short(words: str) -> str:
    plain = words.replace("_", " ")
    return plain if len(plain) <= LETTERS else f"{plain[: LETTERS - 3]}..."
