"""The small written forms inside an instrument file: ranges, bands, limits, options, tables."""

from __future__ import annotations

import re
from itertools import pairwise

from wellbeing_bot.questionnaires.instrument import Band, Better, Level, Limit, Number, Option, Scale, Watch
from wellbeing_bot.questionnaires.nodes import Section

_NUMBER = r"(-?\d+(?:\.\d+)?)"
_RANGE = re.compile(rf"{_NUMBER} to {_NUMBER}")
_BAND = re.compile(r"(\d+(?:\.\d+)?)\s*-\s*(\d+(?:\.\d+)?)")
_LIMIT = re.compile(rf"at (most|least) {_NUMBER}")


def number(text: str) -> Number:
    """``7`` as a whole number, ``7.0`` as a decimal one."""
    return float(text) if "." in text else int(text)


def reach(text: str) -> tuple[Number, Number] | None:
    """``0 to 10`` as its two ends, the smaller first; None when it is written otherwise."""
    if not (match := _RANGE.fullmatch(text)):
        return None
    lowest, highest = number(match[1]), number(match[2])
    return (lowest, highest) if lowest < highest else None


def better(section: Section) -> Better:
    """``better: higher`` or ``lower``; neither when it is left out."""
    if not section.has("better"):
        return Better.NEITHER
    text = section.text("better", "higher")
    if text in {"higher", "lower"}:
        return Better(text)
    section.wrong("better", "bad_better", f"{text!r} is not a way to be better.", "better: higher, or lower")
    return Better.NEITHER


def bands(section: Section, lowest: Number, highest: Number) -> tuple[Band, ...]:
    """``bands: {low: 0-4, medium: 5-6, ...}``: from one end to the other, no gap and no overlap."""
    inner = section.section("bands")
    if inner is None:
        return ()
    found = [_band(inner, name) for name in inner.entries()]
    good = [band for band in found if band]
    if len(good) == len(found) and not _joined(good, lowest, highest):
        section.wrong(
            "bands",
            "bad_bands",
            f"The bands do not run from {lowest:g} to {highest:g} without gap or overlap.",
            f"bands that begin at {lowest:g}, follow each other and end at {highest:g}",
        )
    return tuple(good)


def _band(section: Section, name: str) -> Band | None:
    match = _BAND.fullmatch(section.text(name, "0-4"))
    if not match:
        section.wrong(name, "bad_bands", f"The band {name!r} is not two numbers with a dash.", f"{name}: 0-4")
        return None
    return Band(name, number(match[1]), number(match[2]))


def _joined(found: list[Band], lowest: Number, highest: Number) -> bool:
    if not found or found[0].lowest != lowest or found[-1].highest != highest:
        return False
    whole = all(later.lowest == band.highest + 1 for band, later in pairwise(found))
    return whole and all(band.lowest <= band.highest for band in found)


def watch(section: Section, lowest: Number, highest: Number) -> Watch:
    """``watch: {low: at most 2, urgent: at most 0}``; either may be left out."""
    inner = section.section("watch")
    return limits(inner, lowest, highest) if inner else Watch()


def limits(section: Section, lowest: Number, highest: Number) -> Watch:
    """The ``low`` and ``urgent`` of a section, each between the two ends."""
    found = Watch(_limit(section, Level.LOW, lowest, highest), _limit(section, Level.URGENT, lowest, highest))
    section.done()
    return found


def _limit(section: Section, level: Level, lowest: Number, highest: Number) -> Limit | None:
    if not section.has(level):
        return None
    match = _LIMIT.fullmatch(section.text(level, "at most 2"))
    if not match or not lowest <= number(match[2]) <= highest:
        section.wrong(
            level,
            "bad_watch",
            f"{str(level)!r} is not a limit between {lowest:g} and {highest:g}.",
            f"{level}: at most 2, or at least 9",
        )
        return None
    value = number(match[2])
    return Limit(at_most=value) if match[1] == "most" else Limit(at_least=value)


def scale(section: Section, name: str) -> Scale:
    """A scale: a list of ``- {value: 1, words: Never, also: [not once]}``, at least two, none twice."""
    options = []
    for entry in section.sections(name):
        value = entry.text("value", "1")
        if value and not re.fullmatch(r"-?\d+", value):
            entry.wrong("value", "not_a_number", f"{value!r} is not a whole number.", "value: 1")
            value = ""
        options.append(Option(int(value or 0), entry.text("words", "Never"), entry.words("also")))
        entry.done()
    values, words = {o.value for o in options}, {o.words.lower() for o in options}
    if len(options) < 2 or len(values) < len(options) or len(words) < len(options):
        section.wrong(
            name,
            "bad_scale",
            f"The scale {name!r} has fewer than two answers, or the same value or words twice.",
            "two answers or more, each with its own value and words",
        )
    return Scale(name, tuple(options))


def table(section: Section, lowest: int, highest: int) -> dict[int, float] | None:
    """``table: {7: 7.00, 8: 9.51, ...}``: one entry for every possible sum, rising."""
    inner = section.section("table")
    if inner is None:
        return None
    found: dict[int, float] = {}
    for key in inner.entries():
        written = inner.scalar(key)
        if not key.isdecimal() or not re.fullmatch(r"\d+(\.\d+)?", written):
            inner.wrong(key, "bad_table", f"The row {key!r} is not 'sum: score' in numbers.", "7: 7.00")
            return None
        found[int(key)] = float(written)
    scores = list(found.values())
    if list(found) != list(range(lowest, highest + 1)) or scores != sorted(scores):
        section.wrong(
            "table",
            "bad_table",
            f"The table does not have one rising row for every sum from {lowest} to {highest}.",
            f"a row for each whole number from {lowest} to {highest}, in order",
        )
    return found
