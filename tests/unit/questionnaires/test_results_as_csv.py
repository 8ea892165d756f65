"""CSV files: the columns that are documented, one row an answer, one row a person-time."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wellbeing_bot.questionnaires.asking import Closed
from wellbeing_bot.questionnaires.export import (
    ANSWER_COLUMNS,
    CHANGE_COLUMNS,
    PERSON_TIME_COLUMNS,
    write_answers,
    write_change,
    write_person_times,
)
from wellbeing_bot.questionnaires.loader import Instruments
from wellbeing_bot.questionnaires.outcomes import paired_change
from wellbeing_bot.questionnaires.plans import Mode
from wellbeing_bot.questionnaires.rows import PersonTime

DOCS = (Path(__file__).parents[3] / "docs" / "outcomes.md").read_text(encoding="utf-8")
DAY = date(2026, 3, 3)
JEAN = PersonTime(
    network="churchdown",
    person="p1",
    episode="r1",
    instrument="ons4",
    version="1.0",
    point="entry",
    asked_on=DAY,
    closed_on=DAY,
    how=Closed.COMPLETE,
    mode=Mode.TEXT,
    answers={"satisfied": 3, "worthwhile": None, "happy": 7, "anxious": 10},
    groups=frozenset({"walk", "choir"}),
    concerns=frozenset({"loneliness"}),
)
LONELY = replace(
    JEAN, instrument="ucla3", answers={"companionship": 1, "left_out": 3, "isolated": 2, "lonely": 5}
)


def read(out: io.StringIO) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_one_row_an_answer(everything: Instruments) -> None:
    out = io.StringIO()
    assert write_answers(out, everything.on, [JEAN, LONELY]) == 8
    rows = read(out)
    assert tuple(rows[0]) == ANSWER_COLUMNS
    assert [(row["item"], row["value"], row["words"], row["band"]) for row in rows] == [
        ("satisfied", "3", "3", "low"),
        ("worthwhile", "", "", ""),
        ("happy", "7", "7", "high"),
        ("anxious", "10", "10", "high"),
        ("companionship", "1", "Hardly ever or never", ""),
        ("left_out", "3", "Often", ""),
        ("isolated", "2", "Some of the time", ""),
        ("lonely", "5", "Never", ""),
    ]
    assert {(row["asked_on"], row["how_closed"], row["mode"]) for row in rows} == {
        ("2026-03-03", "complete", "text")
    }


def test_one_row_a_person_time_with_a_column_for_each_measure(everything: Instruments) -> None:
    out = io.StringIO()
    assert write_person_times(out, everything.on["ucla3"], [JEAN, LONELY]) == 1
    (row,) = read(out)
    assert tuple(row) == (*PERSON_TIME_COLUMNS, "companionship", "left_out", "isolated", "lonely", "total")
    assert (row["groups"], row["concerns"]) == ("choir; walk", "loneliness")
    assert (row["questions"], row["answered"], row["total"]) == ("4", "4", "6")


def test_swemwbs_has_its_metric_score_and_its_raw_sum(everything: Instruments) -> None:
    out = io.StringIO()
    row = replace(JEAN, instrument="swemwbs", answers={f"s{n}": 3 for n in range(1, 8)})
    write_person_times(out, everything.on["swemwbs"], [row])
    (found,) = read(out)
    assert (found["total"], found["total_raw"]) == ("19.25", "21")


def test_a_group_whose_name_is_a_formula_stays_words(everything: Instruments) -> None:
    out = io.StringIO()
    write_person_times(out, everything.on["ons4"], [replace(JEAN, groups=frozenset({"=1+1"}))])
    assert read(out)[0]["groups"] == "'=1+1"


def test_an_asking_that_is_still_open_has_no_end(everything: Instruments) -> None:
    out = io.StringIO()
    write_answers(out, everything.on, [replace(JEAN, how=None, closed_on=None)])
    assert {(row["closed_on"], row["how_closed"]) for row in read(out)} == {("", "")}


def test_a_report_is_written_as_it_was_suppressed(everything: Instruments) -> None:
    rows = [
        replace(
            JEAN,
            person=f"p{n}",
            point=point,
            groups=frozenset({"walk"} if n < 2 else {"choir"}),
            answers=answers,
        )
        for n in range(9)
        for point, answers in (("entry", {"satisfied": 3}), ("week_12", {"satisfied": 4 + n % 2}))
    ]
    out = io.StringIO()
    write_change(out, paired_change(everything.on["ons4"], rows, today=DAY))
    found = {(row["slice"], row["measure"]): row for row in read(out)}
    assert tuple(next(iter(found.values()))) == CHANGE_COLUMNS
    whole, walk = found["all", "satisfied"], found["walk", "satisfied"]
    assert (whole["pairs"], whole["mean_change"], whole["few_pairs"]) == ("9", "1.44", "yes")
    assert whole["change_distribution"] == "any: 9"
    assert (walk["suppressed"], walk["pairs"], walk["mean_change"]) == ("yes", "", "")
    assert found["choir", "satisfied"]["suppressed"] == "yes", "9 less 7 would give the 2 away"


@pytest.mark.parametrize("columns", [ANSWER_COLUMNS, PERSON_TIME_COLUMNS, CHANGE_COLUMNS])
def test_every_column_is_documented(columns: tuple[str, ...]) -> None:
    for column in columns:
        assert f"`{column}`" in DOCS
