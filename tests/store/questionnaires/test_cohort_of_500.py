"""Half a year of 500 people through the real service; its figures against a calculation of the test's own."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.store.questionnaires.cohort import (
    CONCERNS,
    DAYS,
    GROUPS,
    ONS4,
    START,
    Cohort,
    Given,
    Said,
)
from wellbeing_bot.questionnaires.outcomes import Report, paired_change
from wellbeing_bot.questionnaires.processes import processes
from wellbeing_bot.service.questionnaires.doings import activity
from wellbeing_bot.service.questionnaires.figures import person_times
from wellbeing_bot.service.questionnaires.network import library
from wellbeing_bot.store import Asking, Network
from wellbeing_bot.store.states import AskingState

pytestmark = pytest.mark.slow

PEOPLE, TEXTING = 500, 25
TODAY = START.date() + timedelta(days=DAYS)
RIPE = 84 + 28 + 14


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cohort]:
    found = Cohort(tmp_path_factory.mktemp("cohort"), PEOPLE, TEXTING)
    found.run()
    yield found
    found.app.database.close()


def _report(cohort: Cohort, instrument: str) -> Report:
    with cohort.app.database.reading() as session:
        network = session.scalars(select(Network)).one()
        instruments = library(cohort._work(session)).instruments
        rows = person_times(session, instruments, network)
    return paired_change(instruments.on[instrument], rows, today=TODAY)


def _total(given: Given) -> int | None:
    three = [given.get(item) for item in ("companionship", "left_out", "isolated")]
    return None if None in three else sum(value for value in three if value is not None)


def _of(item: str) -> Callable[[Given], int | None]:
    return _total if item == "total" else lambda given: given.get(item)


def _slices() -> list[tuple[tuple[str, str], Callable[[Said], bool]]]:
    found: list[tuple[tuple[str, str], Callable[[Said], bool]]] = [(("all", "all"), lambda one: True)]
    for name in GROUPS:
        found.append((("group", name), lambda one, name=name: name in one.groups))  # type: ignore[misc]
    for tag in sorted({tag for tags in CONCERNS for tag in tags}):
        found.append((("concern", tag), lambda one, tag=tag: tag in one.concerns))  # type: ignore[misc]
    return found


@pytest.mark.parametrize("item", ONS4)
def test_paired_change_equals_a_calculation_of_our_own(cohort: Cohort, item: str) -> None:
    report = _report(cohort, "ons4")
    for slice, belongs in _slices():
        asked = [one for one in cohort.said.values() if belongs(one) and _time_has_come(one, TODAY)]
        pairs = [
            (before, after)
            for one in asked
            if (before := one.entry.get(item)) is not None and (after := one.week_12.get(item)) is not None
        ]
        row = report.find(slice, item)
        assert not row.suppressed
        assert (row.asked, row.pairs) == (len(asked), len(pairs))
        assert row.missing == len(asked) - len(pairs)
        assert row.completion == round(len(pairs) / len(asked), 3)
        assert row.mean_change == pytest.approx(
            sum(after for _, after in pairs) / len(pairs) - sum(before for before, _ in pairs) / len(pairs),
            abs=0.006,
        )
        assert row.median_change == statistics.median(after - before for before, after in pairs)


def _time_has_come(one: Said, today: date) -> bool:
    """By the end everybody's follow-up is over, or could not come: they were all asked long enough ago."""
    return (today - one.began).days >= RIPE or one.asked_again


@pytest.mark.parametrize("item", ["companionship", "lonely", "total"])
def test_loneliness_of_those_it_was_asked_of(cohort: Cohort, item: str) -> None:
    report = _report(cohort, "ucla3")
    lonely = [one for one in cohort.said.values() if "loneliness" in one.concerns]
    value = _of(item)
    pairs = [
        (before, after)
        for one in lonely
        if (before := value(one.entry)) is not None and (after := value(one.week_12)) is not None
    ]
    row = report.find(("all", "all"), item)
    assert (row.asked, row.pairs) == (len(lonely), len(pairs))
    if item == "lonely":
        assert row.mean_change is None, "the direct question is a distribution, never a mean"
    else:
        expected = statistics.fmean(after - before for before, after in pairs)
        assert row.mean_change == pytest.approx(expected, abs=0.006)


def test_everybody_was_asked_at_entry_and_only_those_who_answered_were_asked_again(cohort: Cohort) -> None:
    answered = {id for id, one in cohort.said.items() if any(v is not None for v in one.entry.values())}
    with cohort.app.database.reading() as session:
        rows = session.execute(select(Asking.person_id, Asking.point, Asking.instrument)).all()
        still_open = session.scalars(select(Asking).where(Asking.state == AskingState.OPEN)).all()
    assert {id for id, point, _ in rows if point == "entry"} == set(cohort.said)
    assert {id for id, point, _ in rows if point == "week_12"} == answered
    assert len(rows) == len(set(rows)), "nobody is asked the same thing twice"
    assert not still_open


def test_there_is_no_figure_over_the_four_of_ons4(cohort: Cohort) -> None:
    assert {row.measure for row in _report(cohort, "ons4").rows} == set(ONS4)


def test_what_was_done_is_counted_for_the_same_people(cohort: Cohort) -> None:
    with cohort.app.database.reading() as session:
        network = session.scalars(select(Network)).one()
        found = processes(activity(session, network), START.date(), TODAY)
    assert found.referrals == PEOPLE
    assert found.contacts == PEOPLE
    assert found.connections == sum(len(one.groups) for one in cohort.said.values())
    assert found.to_first_contact.median == 0
