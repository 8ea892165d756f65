"""Puts the entry and the follow-up of each person together. Every person counts once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wellbeing_bot.questionnaires.instrument import Instrument, Number, comparable
from wellbeing_bot.questionnaires.rows import PersonTime
from wellbeing_bot.questionnaires.scoring import Scores, score


@dataclass(frozen=True, slots=True)
class Case:
    """One person: their entry, and their follow-up if there is one."""

    person: tuple[str, str]  # (network, person)
    groups: frozenset[str]
    concerns: frozenset[str]
    before: Scores
    after: Scores | None
    alike: bool  # both points had the same mode and a comparable version
    ripe: bool  # the follow-up is closed, or its time is over

    def values(self, measure: str) -> tuple[Number | None, Number | None]:
        """The value of a measure before and after."""
        after = self.after.find(measure).value if self.after else None
        return self.before.find(measure).value, after

    def pair(self, measure: str) -> tuple[Number, Number] | None:
        """Both values, when they are there and may be compared."""
        before, after = self.values(measure)
        return (before, after) if self.alike and before is not None and after is not None else None


def cases(
    instrument: Instrument,
    rows: Iterable[PersonTime],
    *,
    before: str,
    after: str,
    today: date,
    ripe_days: int,
) -> tuple[Case, ...]:
    """One case for each person who was asked at the first point.

    A person with several episodes counts with the first that has both points answered, or else with their
    first. Of several askings at one point of an episode the first entry and the last follow-up count.
    """
    episodes: dict[tuple[str, str, str], list[PersonTime]] = defaultdict(list)
    for row in rows:
        if row.instrument == instrument.id:
            episodes[row.network, row.person, row.episode].append(row)
    people: dict[tuple[str, str], list[tuple[date, Case]]] = defaultdict(list)
    for (network, person, _), found in sorted(episodes.items()):
        entries = sorted((row for row in found if row.point == before), key=lambda row: row.asked_on)
        if not entries:
            continue
        later = sorted((row for row in found if row.point == after), key=lambda row: row.asked_on)
        case = _case(
            instrument, (network, person), entries[0], later[-1] if later else None, today, ripe_days
        )
        people[network, person].append((entries[0].asked_on, case))
    return tuple(_counted(found) for found in people.values())


def _case(
    instrument: Instrument,
    person: tuple[str, str],
    entry: PersonTime,
    later: PersonTime | None,
    today: date,
    ripe_days: int,
) -> Case:
    alike = later is not None and entry.mode is later.mode and comparable(entry.version, later.version)
    done = later is not None and later.how is not None
    return Case(
        person=person,
        groups=entry.groups | (later.groups if later else frozenset()),
        concerns=entry.concerns | (later.concerns if later else frozenset()),
        before=score(instrument, entry.answers),
        after=score(instrument, later.answers) if later else None,
        alike=alike,
        ripe=done or today >= entry.asked_on + timedelta(days=ripe_days),
    )


def _counted(found: list[tuple[date, Case]]) -> Case:
    ordered = [case for _, case in sorted(found, key=lambda pair: pair[0])]
    both = (case for case in ordered if case.before.answered and case.after and case.after.answered)
    return next(both, ordered[0])
