"""Every mistake an author can make is named with its file, its line and its cure, and is in the docs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from wellbeing_bot.questionnaires.instrument import Off
from wellbeing_bot.questionnaires.loader import Instruments, load, load_one
from wellbeing_bot.questionnaires.parse import parse
from wellbeing_bot.questionnaires.plan_file import read_settings, standard
from wellbeing_bot.questionnaires.plans import Begins
from wellbeing_bot.questionnaires.problems import Code, FileErrors

DOCS = (Path(__file__).parents[3] / "docs" / "questionnaires.md").read_text(encoding="utf-8")

OWN = """\
instrument: garden
version: "1.0"
title: Our garden group
source: Written by the garden group
licence: Ours to use
purpose: "{service} here, with {questions} questions. {worker} reads them."
scales:
  Agree:
    - {value: 1, words: "No"}
    - {value: 2, words: A bit}
    - {value: 3, words: "Yes"}
items:
  belong:
    ask: Do you feel you belong here?
    answer: Agree
    better: higher
  useful:
    ask: Do you feel useful here?
    answer: Agree
    better: higher
  energy:
    ask: How much energy do you have today?
    answer: 0 to 10
    bands: {low: 0-4, high: 5-10}
    watch: {low: at most 1}
totals:
  total:
    add: [belong, useful]
    table: {2: 2.0, 3: 3.1, 4: 4.0, 5: 5.2, 6: 6.0}
"""

# code, what is written, what the author wrote instead, the line the error must name
INSTRUMENT_ERRORS: list[tuple[Code, str, str, int]] = [
    ("bad_answer", "answer: 0 to 10", "answer: 0 to 5", 23),
    (
        "bad_answer",
        "answer: Agree\n    better: higher\n  useful",
        "answer: Agre\n    better: higher\n  useful",
        15,
    ),
    ("bad_bands", "high: 5-10", "high: 6-10", 24),
    ("bad_bands", "high: 5-10", "high: lots", 24),
    ("bad_better", "better: higher\n  useful", "better: more\n  useful", 16),
    ("bad_name", "instrument: garden", "instrument: gardening", 1),
    ("bad_name", "  energy:", "  Energy Today:", 21),
    ("bad_placeholder", "{worker}", "{doctor}", 6),
    ("bad_placeholder", "{worker}", "{worker", 6),
    ("bad_scale", '    - {value: 2, words: A bit}\n    - {value: 3, words: "Yes"}\n', "", 8),
    ("bad_scale", "value: 2", "value: 1", 8),
    ("bad_table", "6: 6.0", "7: 6.0", 29),
    ("bad_table", "6: 6.0", "6: six", 29),
    ("bad_version", '"1.0"', "first", 2),
    ("bad_watch", "at most 1", "below 1", 25),
    ("bad_watch", "at most 1", "at most 12", 25),
    ("missing", "title: Our garden group\n", "", 1),
    ("missing", "    ask: Do you feel useful here?\n", "", 17),
    ("never_add", "totals:", "never_add: yes\ntotals:", 27),
    ("not_a_list", "  Agree:\n", "  Agree: yes\n  Other:\n", 8),
    ("not_a_mapping", "  belong:\n", "  belong: a feeling\n  really:\n", 13),
    ("not_a_number", "value: 2", "value: two", 10),
    ("not_a_number", "title:", "from_age: sixteen\ntitle:", 3),
    ("not_text", "title: Our garden group", "title: [Our, garden]", 3),
    ("not_text", "ask: Do you feel useful here?", "ask:", 18),
    ("not_yaml", "title: Our garden group", "title: Our: garden", 3),
    ("not_yes_no", "totals:", "never_add: perhaps\ntotals:", 26),
    ("no_statement", "ask: Do you feel useful here?", "statement: 1", 18),
    ("too_long", "with {questions} questions", "with {questions} questions " + "and more " * 40, 6),
    ("twice", "title: Our garden group", "title: Our garden group\ntitle: Ours", 4),
    ("twice", "  total:", "  belong:", 27),
    ("unknown_item", "add: [belong, useful]", "add: [belong, helpful]", 28),
    ("unknown_key", "    watch:", "    whatch:", 25),
]

PLANS = """\
zone: Europe/London
ask_at: "10:30"
plans:
  - ask: ons4
    from: referral
    points:
      entry: {after: 0 days}
      week_12: {after: 84 days, follows: entry}
watch:
  ons4:
    satisfied: {low: at most 3}
"""

PLAN_ERRORS: list[tuple[Code, str, str, int]] = [
    ("bad_follows", "follows: entry", "follows: start", 8),
    ("bad_span", "84 days", "a quarter", 8),
    ("bad_start", "from: referral", "from: birth", 5),
    ("bad_time", '"10:30"', '"25:30"', 2),
    ("bad_watch", "at most 3", "at most 30", 11),
    ("bad_zone", "Europe/London", "Europe/Canterbury", 1),
    ("missing", "    from: referral\n", "", 4),
    ("not_a_list", "plans:\n  - ask: ons4", "plans:\n    ask: ons4", 3),
    ("unknown_instrument", "ask: ons4", "ask: ons5", 4),
    ("unknown_instrument", "  ons4:\n", "  ons44:\n", 10),
    ("unknown_item", "    satisfied:", "    content:", 11),
    ("unknown_key", "ask_at:", "asks_at:", 2),
]

STATEMENTS = "statements_for: swemwbs\nlicence: registered\nstatements: [a, b, c, d, e, f, g]\n"

STATEMENT_ERRORS: list[tuple[Code, str, str, int]] = [
    ("wrong_instrument", "for: swemwbs", "for: wemwbs", 1),
    ("wrong_number", ", g]", "]", 3),
    ("missing", "licence: registered\n", "", 1),
]


def problems_of(text: str) -> list[tuple[str, int]]:
    with pytest.raises(FileErrors) as caught:
        parse(text, "garden.yaml")
    for problem in caught.value.problems:
        assert str(problem).startswith(f"garden.yaml:{problem.line}: ")
        assert " Write " in str(problem)
    return [(problem.code, problem.line) for problem in caught.value.problems]


def test_the_example_in_the_docs_is_right() -> None:
    assert f"```yaml\n{OWN}```" in DOCS
    garden = parse(OWN, "garden.yaml")
    assert [item.id for item in garden.items] == ["belong", "useful", "energy"]
    assert garden.totals[0].items == ("belong", "useful")


@pytest.mark.parametrize(("code", "right", "wrong", "line"), INSTRUMENT_ERRORS)
def test_an_instrument_with_a_mistake_names_the_line(code: Code, right: str, wrong: str, line: int) -> None:
    assert right in OWN
    assert (code, line) in problems_of(OWN.replace(right, wrong, 1))


@pytest.mark.parametrize(("code", "right", "wrong", "line"), PLAN_ERRORS)
def test_a_plan_with_a_mistake_names_the_line(
    everything: Instruments, code: Code, right: str, wrong: str, line: int
) -> None:
    assert right in PLANS
    with pytest.raises(FileErrors) as caught:
        read_settings(PLANS.replace(right, wrong, 1), "plans.yaml", everything)
    assert (code, line) in [(problem.code, problem.line) for problem in caught.value.problems]


@pytest.mark.parametrize(("code", "right", "wrong", "line"), STATEMENT_ERRORS)
def test_a_wrong_licensed_file_switches_the_instrument_off_and_says_where(
    tmp_path: Path, code: Code, right: str, wrong: str, line: int
) -> None:
    path = tmp_path / "statements.yaml"
    path.write_text(STATEMENTS.replace(right, wrong, 1), encoding="utf-8")
    found = load(licensed={"swemwbs": path}).find("swemwbs")
    assert isinstance(found, Off)
    assert f"{path}:{line}: " in found.reason
    assert f"[{code}]" in found.reason


def test_a_licensed_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    found = load(licensed={"swemwbs": tmp_path / "nowhere.yaml"}).find("swemwbs")
    assert isinstance(found, Off)
    assert "nowhere.yaml" in found.reason


def test_a_licensed_file_that_is_not_text_switches_the_instrument_off(tmp_path: Path) -> None:
    path = tmp_path / "statements.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    found = load(licensed={"swemwbs": path}).find("swemwbs")
    assert isinstance(found, Off)
    assert "UTF-8" in found.reason


def test_a_fault_of_the_instrument_itself_does_not_hide_behind_being_off() -> None:
    broken = OWN.replace("ask: Do you feel useful here?", "statement: 1").replace("0 to 10", "0 to 5")
    with pytest.raises(FileErrors, match="bad_answer"):
        load_one(broken, "garden.yaml")


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "garden.yaml").write_text(
        OWN.replace("0-4", "1-4").replace("at most 1", "at 1"), encoding="utf-8"
    )
    (tmp_path / "walk.yaml").write_text("instrument: walk\n", encoding="utf-8")
    with pytest.raises(FileErrors) as caught:
        load(own=tmp_path)
    assert {problem.file for problem in caught.value.problems} == {"garden.yaml", "walk.yaml"}
    assert {"bad_bands", "bad_watch", "missing"} <= {problem.code for problem in caught.value.problems}


def test_ones_own_instrument_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "garden.yaml").write_text(OWN, encoding="utf-8")
    found = load(own=tmp_path)
    assert {"garden", "ons4", "ucla3", "self_rating", "able_to_look_after_health", "pam"} <= set(found.on)
    assert isinstance(found.find("gardening"), Off)


def test_a_scalar_or_empty_file_is_refused() -> None:
    for text in ("", "just words", "- a\n- b"):
        assert [code for code, _ in problems_of(text)] == ["not_a_mapping"]


def test_the_standard_plans_ask_ons4_of_everyone_at_entry_and_twelve_weeks(everything: Instruments) -> None:
    plans = standard(everything).plans
    ons4 = next(plan for plan in plans.plans if plan.instrument == "ons4")
    assert (ons4.begins, ons4.concerns, ons4.group_kinds) == (Begins.REFERRAL, frozenset(), frozenset())
    assert [(point.name, point.after_days, point.follows) for point in ons4.points] == [
        ("entry", 0, None),
        ("week_12", 84, "entry"),
    ]
    swemwbs = next(plan for plan in plans.plans if plan.instrument == "swemwbs")
    assert "mental_health" in swemwbs.concerns


def test_every_error_is_in_the_docs_with_its_cure() -> None:
    documented = set(re.findall(r"^\| `([a-z_]+)` \|", DOCS.partition("## Every error")[2], re.MULTILINE))
    assert documented == set(get_args(Code))
    tried = {row[0] for row in (*INSTRUMENT_ERRORS, *PLAN_ERRORS, *STATEMENT_ERRORS)}
    assert tried == set(get_args(Code))
