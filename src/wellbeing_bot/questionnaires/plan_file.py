"""A network's own settings for questionnaires, read from YAML: plans, hours, and what to watch for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wellbeing_bot.questionnaires import forms
from wellbeing_bot.questionnaires.instrument import Instrument, Item, Watch
from wellbeing_bot.questionnaires.loader import Instruments
from wellbeing_bot.questionnaires.nodes import Notes, Section, read
from wellbeing_bot.questionnaires.plans import Begins, Plan, Plans, Point, Quiet
from wellbeing_bot.questionnaires.scoring import Watches

_UNITS = {"minute": "minutes", "hour": "hours", "day": "days", "week": "weeks"}
_SPAN = re.compile(r"(\d+) (minute|hour|day|week)s?")


@dataclass(frozen=True, slots=True)
class Settings:
    """What one network has decided."""

    plans: Plans
    watches: Watches


def standard(instruments: Instruments) -> Settings:
    """The settings of a network that has none of its own: ``standard_plans.yaml`` beside this file."""
    text = (files("wellbeing_bot.questionnaires") / "standard_plans.yaml").read_text(encoding="utf-8")
    return read_settings(text, "standard_plans.yaml", instruments)


def read_settings(text: str, file: str, instruments: Instruments) -> Settings:
    """Read a network's settings.

    Args:
        text: the YAML.
        file: its name, for errors.
        instruments: what ``loader.load`` found; a plan may name an instrument that is off here.

    Raises:
        FileErrors: everything that is wrong, each with its line and a cure.
    """
    notes = Notes(file)
    top = read(text, notes)
    usual = Plans(())
    quiet = top.section("quiet")
    plans = Plans(
        plans=tuple(_plan(section, instruments) for section in top.sections("plans")),
        zone=_zone(top),
        ask_at=_clock(top, "ask_at") or usual.ask_at,
        quiet=_quiet(quiet) if quiet else usual.quiet,
        merge_days=_span(top, "merge_within", timedelta(days=usual.merge_days)).days,
        most_questions=top.whole("most_questions", usual.most_questions, "12"),
        bereavement_rest_days=_span(
            top, "rest_after_bereavement", timedelta(days=usual.bereavement_rest_days)
        ).days,
    )
    watches = _watches(top, instruments)
    top.done()
    return notes.finish(Settings(plans, watches))


def _plan(section: Section, instruments: Instruments) -> Plan:
    written = section.text("from", "referral")
    if written and written not in set(Begins):
        section.wrong(
            "from", "bad_start", f"Days cannot be counted from {written!r}.", f"one of: {', '.join(Begins)}"
        )
    points = section.section("points")
    if points is None:
        section.missing("points", "entry, and when")
    found = tuple(_point(points, name) for name in points.entries()) if points else ()
    _check_order(points, found)
    instrument = section.text("ask", "ons4")
    if instrument and instrument not in {*instruments.on, *instruments.off}:
        _unknown(section, "ask", instrument, instruments)
    plan = Plan(
        instrument=instrument,
        begins=Begins(written) if written in set(Begins) else Begins.REFERRAL,
        points=found,
        concerns=frozenset(section.words("concerns")),
        group_kinds=frozenset(section.words("group_kinds")),
    )
    section.done()
    return plan


def _point(points: Section, name: str) -> Point:
    inner = points.section(name)
    if inner is None:
        return Point(name)
    point = Point(
        name=name,
        after_days=_span(inner, "after", timedelta()).days,
        at=_clock(inner, "at"),
        good_for=_span(inner, "good_for", timedelta(days=28)),
        follows=inner.text("follows", "entry", required=False) or None,
    )
    inner.done()
    return point


def _check_order(section: Section | None, points: tuple[Point, ...]) -> None:
    earlier: list[str] = []
    for point in points:
        if section and point.follows is not None and point.follows not in earlier:
            wrong = f"{point.name!r} follows {point.follows!r}, which does not stand above it."
            section.wrong(
                point.name, "bad_follows", wrong, "the name of a point above, or leave 'follows' out"
            )
        earlier.append(point.name)


def _quiet(section: Section) -> Quiet:
    usual = Quiet()
    found = Quiet(_clock(section, "from") or usual.begins, _clock(section, "to") or usual.ends)
    section.done()
    return found


def _zone(top: Section) -> str:
    zone = top.text("zone", "Europe/London", required=False) or "Europe/London"
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        top.wrong("zone", "bad_zone", f"{zone!r} is no time zone.", "zone: Europe/London")
    return zone


def _clock(section: Section, key: str) -> time | None:
    text = section.text(key, '"10:30"', required=False)
    if not text:
        return None
    if match := re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", text):
        return time(int(match[1]), int(match[2]))
    section.wrong(key, "bad_time", f"{text!r} is no time of day.", f'{key}: "10:30"')
    return None


def _span(section: Section, key: str, usual: timedelta) -> timedelta:
    text = section.text(key, "84 days", required=False)
    if not text:
        return usual
    if not (match := _SPAN.fullmatch(text)):
        section.wrong(
            key,
            "bad_span",
            f"{text!r} is no length of time.",
            f"{key}: 84 days (minutes, hours, days, weeks)",
        )
        return usual
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _watches(top: Section, instruments: Instruments) -> Watches:
    section = top.section("watch")
    found: dict[tuple[str, str], Watch] = {}
    for name in section.entries() if section else ():
        instrument = instruments.on.get(name)
        if section and instrument is None and name not in instruments.off:
            _unknown(section, name, name, instruments)
        inner = section.section(name) if section and instrument else None
        if inner and instrument:
            found |= {(name, id): watch for id, watch in _own_limits(inner, instrument)}
    return Watches(found)


def _own_limits(section: Section, instrument: Instrument) -> Iterator[tuple[str, Watch]]:
    known = [measure.id for measure in instrument.measures]
    for id in section.entries():
        if id not in known:
            wrong = f"{instrument.id} has no {id!r}."
            section.wrong(id, "unknown_item", wrong, f"one of: {', '.join(known)}")
        elif inner := section.section(id):
            yield id, forms.limits(inner, *_ends(instrument, id))


def _unknown(section: Section, key: str, name: str, instruments: Instruments) -> None:
    known = ", ".join(sorted({*instruments.on, *instruments.off}))
    section.wrong(key, "unknown_instrument", f"There is no instrument {name!r}.", f"one of: {known}")


def _ends(instrument: Instrument, id: str) -> tuple[float, float]:
    items = {item.id: item for item in instrument.items}
    total = {total.id: total for total in instrument.totals}.get(id)
    parts: list[Item] = [items[name] for name in total.items] if total else [items[id]]
    return sum(part.lowest for part in parts), sum(part.highest for part in parts)
