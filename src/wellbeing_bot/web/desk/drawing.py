"""Charts as plain SVG made here. Each stands beside a table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from markupsafe import Markup, escape

from wellbeing_bot.service.showing.results_over_time import OverTime

WIDTH, HEIGHT = 560, 240
LEFT, RIGHT, TOP, BOTTOM = 40, 20, 16, 44


def lines(over_time: OverTime) -> Markup:
    """A line a measure; a time without a value breaks the line."""
    drawn = over_time.drawn
    low = min(measure.lowest for measure in drawn)
    high = max(measure.highest for measure in drawn)
    xs = _places(over_time.days)
    parts = [_frame(low, high), *(_day(x, day) for x, day in zip(xs, over_time.days, strict=True))]
    for place, measure in enumerate(drawn):
        points = [
            (x, _y(float(value.number), low, high))
            for x, value in zip(xs, measure.values, strict=True)
            if value.number is not None
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline class="line c{place}" points="{path}"/>')
        parts += [_dot(x, y, place) for x, y in points]
    return _svg(f"{over_time.title} over time; the table below says the same", parts)


def bars(title: str, rows: Sequence[tuple[str, float, float]], low: float, high: float) -> Markup:
    """Before and after, two bars a row, lying."""
    height = TOP + len(rows) * 56 + 30
    wide = WIDTH - 20
    parts = []
    for place, (label, before, after) in enumerate(rows):
        y = TOP + place * 56
        parts.append(f'<text x="10" y="{y + 10}">{escape(label)}</text>')
        for down, value, look in ((16, before, "before"), (33, after, "bar")):
            length = max(1.0, (value - low) / (high - low or 1) * (wide - 60))
            parts.append(f'<rect class="{look}" x="10" y="{y + down}" width="{length:.1f}" height="14"/>')
            parts.append(f'<text x="{16 + length:.1f}" y="{y + down + 12}">{value:g}</text>')
    return _svg(title, parts, height)


def _svg(title: str, parts: Sequence[str], height: int = HEIGHT) -> Markup:
    label = escape(title)
    inside = "".join(str(part) for part in parts)
    return Markup(  # every word in it was escaped above
        f'<svg class="desk-chart" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{label}">{inside}</svg>'
    )


def _frame(low: float, high: float) -> str:
    made = []
    for value in (low, (low + high) / 2, high):
        y = _y(value, low, high)
        made.append(f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>')
        made.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>')
    return "".join(made)


def _y(value: float, low: float, high: float) -> float:
    return TOP + (high - value) / ((high - low) or 1) * (HEIGHT - TOP - BOTTOM)


def _places(days: Sequence[date]) -> list[float]:
    """Where each day stands, true to the time between them."""
    first, last = min(days), max(days)
    span = (last - first).days
    room = WIDTH - LEFT - RIGHT - 60
    if not span:
        return [LEFT + 30 + room / 2 for _ in days]
    return [LEFT + 30 + (day - first).days / span * room for day in days]


def _day(x: float, day: date) -> str:
    words = format_date(day, "d MMM yy", locale="en_GB")
    return f'<text x="{x:.1f}" y="{HEIGHT - 20}" text-anchor="middle">{words}</text>'


def _dot(x: float, y: float, place: int) -> str:
    """Each line has marks of its own shape, so that colour is not needed to tell them apart."""
    if place == 1:
        return f'<rect class="dot d1" x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10"/>'
    if place == 2:
        return f'<path class="dot d2" d="M{x:.1f} {y - 7:.1f}l7 12h-14z"/>'
    if place == 3:
        return f'<path class="dot d3" d="M{x:.1f} {y - 7:.1f}l7 7l-7 7l-7 -7z"/>'
    return f'<circle class="dot d0" cx="{x:.1f}" cy="{y:.1f}" r="5.5"/>'
