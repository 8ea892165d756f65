"""What is due to be asked of one person now. Pure: the same plans, state and moment give the same answer."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from wellbeing_bot.questionnaires.instrument import Instrument
from wellbeing_bot.questionnaires.plans import (
    Begins,
    Mode,
    PastAsking,
    PersonState,
    Plan,
    Plans,
    Point,
    Start,
)


class Why(enum.StrEnum):
    """Why somebody, or one instrument, is not asked now."""

    OPTED_OUT = "opted_out"
    NO_MORE = "no_more"
    PAUSED = "paused"
    BEREAVED = "bereaved"
    ONE_AT_A_TIME = "one_at_a_time"
    QUIET_HOURS = "quiet_hours"
    NO_PROXY = "no_proxy"  # staff may read it out to the person instead
    TOO_YOUNG = "too_young"
    OFF = "off"  # the instrument is not available here


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One point of one plan for one start. ``key`` is unique and makes a repeat harmless."""

    key: str  # "ons4/referral:12/week_12"
    instrument: str
    start: Start
    point: str
    due: datetime  # aware, the network's zone
    until: datetime
    mode: Mode


@dataclass(frozen=True, slots=True)
class Ask:
    """One asking to open now: its instruments in order, and every occurrence it stands for."""

    instruments: tuple[str, ...]
    covers: tuple[Occurrence, ...]
    mode: Mode


@dataclass(frozen=True, slots=True)
class Agenda:
    """What to do for one person now, and when to look again."""

    ask: Ask | None = None
    look_again: datetime | None = None
    held: Why | None = None  # why nothing is asked although something may be due
    left_out: tuple[tuple[str, Why], ...] = ()  # (instrument, why it is not asked at all)


def due(plans: Plans, instruments: Mapping[str, Instrument], person: PersonState, now: datetime) -> Agenda:
    """What to ask one person now.

    Args:
        plans: the network's settings.
        instruments: those that are on here (``loader.Instruments.on``).
        person: what is known of them.
        now: an aware moment; it is read in the network's zone.
    """
    now = now.astimezone(plans.local(now.date(), plans.ask_at).tzinfo)
    waiting, left_out = _waiting(plans, instruments, person, now)
    if not waiting:
        return Agenda(left_out=left_out)
    if rest := held(plans, person, now):
        why, until = rest
        return Agenda(None, until, why, left_out)
    ready = [occurrence for occurrence in waiting if occurrence.due <= now]
    if not ready:
        return Agenda(None, waiting[0].due, None, left_out)
    if plans.quiet.covers(now.time()):
        return Agenda(None, plans.quiet.after(now), Why.QUIET_HOURS, left_out)
    return Agenda(_merged(plans, instruments, ready[0], waiting, now), None, None, left_out)


def questions(ask: Ask, instruments: Mapping[str, Instrument]) -> tuple[tuple[str, str], ...]:
    """The (instrument, item) pairs of an asking, in the order they are asked."""
    return tuple((name, item.id) for name in ask.instruments for item in instruments[name].items)


def _waiting(
    plans: Plans, instruments: Mapping[str, Instrument], person: PersonState, now: datetime
) -> tuple[list[Occurrence], tuple[tuple[str, Why], ...]]:
    found: dict[str, Occurrence] = {}
    left_out: dict[str, Why] = {}
    for start in person.starts:
        for plan in plans.plans:
            if not _for(plan, start):
                continue
            if why := _unfit(instruments.get(plan.instrument), person):
                left_out[plan.instrument] = why
                continue
            for occurrence in _unasked(plans, plan, start, person):
                if occurrence.until > now:
                    found.setdefault(occurrence.key, occurrence)
    # A stable sort: what is due at the same moment keeps the order of the plan file.
    return sorted(found.values(), key=lambda o: o.due), tuple(sorted(left_out.items()))


def _for(plan: Plan, start: Start) -> bool:
    if plan.begins is not start.begins:
        return False
    if not plan.concerns and not plan.group_kinds:
        return True
    return bool(plan.concerns & start.concerns) or start.group_kind in plan.group_kinds


def _unfit(instrument: Instrument | None, person: PersonState) -> Why | None:
    if instrument is None or instrument.typed_in:
        return Why.OFF
    if person.age is not None and person.age < instrument.from_age:
        return Why.TOO_YOUNG
    return None


def _unasked(plans: Plans, plan: Plan, start: Start, person: PersonState) -> Iterator[Occurrence]:
    """The points of one plan that nobody has asked yet, without those whose earlier point has no answer."""
    asked: dict[str, PastAsking | None] = {}
    for point in plan.points:
        earlier = asked.get(point.follows) if point.follows else None
        occurrence = _occurrence(plans, plan, start, point, earlier.mode if earlier else Mode.TEXT)
        asked[point.name] = _standing_for(plans, occurrence, person)
        if asked[point.name] is not None:
            continue
        if point.follows is None or (earlier is not None and plan.instrument in earlier.answered):
            yield occurrence


def _occurrence(plans: Plans, plan: Plan, start: Start, point: Point, mode: Mode) -> Occurrence:
    day = start.on + timedelta(days=point.after_days)
    moment = plans.quiet.after(plans.local(day, point.at or plans.ask_at))
    return Occurrence(
        key=f"{plan.instrument}/{start.id}/{point.name}",
        instrument=plan.instrument,
        start=start,
        point=point.name,
        due=moment,
        until=moment + point.good_for,
        mode=mode,
    )


def _standing_for(plans: Plans, occurrence: Occurrence, person: PersonState) -> PastAsking | None:
    """The asking that was this occurrence, or that makes it needless.

    Another start had the same instrument asked within ``merge_days``: once is enough. Sessions are apart:
    before and after a lunch are two askings however close together.
    """
    same = [past for past in person.past if occurrence.instrument in past.instruments]
    for past in same:
        if occurrence.key in past.covers:
            return past
    if occurrence.start.begins is Begins.SESSION:
        return None
    for past in same:
        near = abs((past.on - occurrence.due.date()).days) <= plans.merge_days
        if near and not any(f"/{occurrence.start.id}/" in key for key in past.covers):
            return past
    return None


def held(plans: Plans, person: PersonState, now: datetime) -> tuple[Why, datetime | None] | None:
    """Why somebody is asked nothing at all now, and until when if that is known. ``now`` is local."""
    if person.opted_out:
        return Why.OPTED_OUT, None
    if person.no_more:
        return Why.NO_MORE, None
    if person.through_carer:
        return Why.NO_PROXY, None
    rests = []
    if person.paused_until and now.date() <= person.paused_until:
        rests.append((person.paused_until, Why.PAUSED))
    if person.bereaved_on:
        rest = person.bereaved_on + timedelta(days=plans.bereavement_rest_days)
        if now.date() <= rest:
            rests.append((rest, Why.BEREAVED))
    if rests:
        last, why = max(rests)
        return why, plans.local(last + timedelta(days=1), plans.ask_at)
    if any(past.open for past in person.past):
        return Why.ONE_AT_A_TIME, None
    return None


def _merged(
    plans: Plans,
    instruments: Mapping[str, Instrument],
    first: Occurrence,
    waiting: Iterable[Occurrence],
    now: datetime,
) -> Ask:
    """The first occurrence, and what falls due so close to it that it is asked in one go."""
    names, covers, length = [first.instrument], [first], len(instruments[first.instrument].items)
    for other in waiting:
        if other.key == first.key or not _joins(plans, first, other, covers, now):
            continue
        more = 0 if other.instrument in names else len(instruments[other.instrument].items)
        if length + more > plans.most_questions:
            continue
        length += more
        covers.append(other)
        if more:
            names.append(other.instrument)
    return Ask(tuple(names), tuple(covers), first.mode)


def _joins(
    plans: Plans, first: Occurrence, other: Occurrence, covers: list[Occurrence], now: datetime
) -> bool:
    if Begins.SESSION in {first.start.begins, other.start.begins} or first.mode is not other.mode:
        return False
    if any((o.instrument, o.start.id) == (other.instrument, other.start.id) for o in covers):
        return False  # two points of one plan are two askings
    return other.start.on <= now.date() and other.due.date() - now.date() <= timedelta(days=plans.merge_days)
