"""Scores count what they say they count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understand_command import run
from wellbeing_bot.understanding.evaluate import (
    Outcome,
    outcome_of,
    same,
    score_answers,
    score_crisis,
    score_first,
)
from wellbeing_bot.understanding.samples import Shape, left_out, shape_of
from wellbeing_bot.understanding.score_table import answer_table, crisis_table, first_table


def first(intent: str, got: str, *, text: str = "x", also_ok: list[str] | None = None, **more: Any) -> Any:
    return {"text": text, "intent": intent, "also_ok": also_ok or []}, {"intent": got, **more}


def answer(expect: Any, got: Any, *, kind: str = "yes_no", also_ok: list[Any] | None = None) -> Any:
    return {"text": "x", "question": {"kind": kind}, "expect": expect, "also_ok": also_ok or []}, got


def urgent(crisis: bool, got: bool, *, kind: str = "suicide", borderline: bool = False) -> Any:
    row = {"text": "x", "crisis": crisis, "kind": kind if crisis else "none", "borderline": borderline}
    return row, {"crisis": got, "kind": kind}


@pytest.mark.parametrize(
    ("row", "shape"),
    [
        ({"text": "x", "intent": "help"}, Shape.FIRST),
        ({"text": "x", "question": {"kind": "name"}, "expect": None}, Shape.ANSWER),
        ({"text": "x", "crisis": True, "kind": "abuse"}, Shape.CRISIS),
    ],
)
def test_the_three_shapes_are_told_apart_by_their_keys(row: dict[str, Any], shape: Shape) -> None:
    assert shape_of(row) is shape


def test_a_line_of_no_shape_is_an_error() -> None:
    with pytest.raises(ValueError, match="one of"):
        shape_of({"text": "x"})


def test_a_question_for_a_date_of_birth_is_left_out() -> None:
    assert left_out({"text": "x", "question": {"kind": "date", "sense": "date_of_birth"}})
    assert not left_out({"text": "x", "question": {"kind": "date"}})


def test_first_texts_are_scored_strictly_leniently_and_by_intent() -> None:
    scores = score_first(
        [
            first("help", "help"),
            first("transport", "change_or_cancel", also_ok=["change_or_cancel"]),
            first("transport", "help"),
            first("other", "help"),
        ]
    )

    assert scores.strict.rate == 0.25
    assert scores.lenient.rate == 0.5
    assert scores.by_intent["transport"].rate == 0.5
    assert scores.macro_recall == pytest.approx(1 / 3)


@pytest.mark.parametrize(("offered", "credit"), [(["transport", "help"], 0.5), (["other"], 0.0)])
def test_a_clarifying_question_is_worth_half_if_it_offers_the_right_intent(
    offered: list[str], credit: float
) -> None:
    scores = score_first([first("transport", "transport", clarify=offered)])

    assert scores.lenient.rate == credit
    assert scores.clarified.rate == 1


def test_stop_is_scored_apart() -> None:
    scores = score_first(
        [
            first("stop", "stop", text="STOP please"),
            first("stop", "help", text="Opt out"),
            first("stop", "help", text="no more of your messages"),
            first("transport", "stop", text="bus stop"),
        ]
    )

    assert (scores.bare_stop.part, scores.bare_stop.whole) == (1, 2)
    assert (scores.taken_for_stop.part, scores.taken_for_stop.whole) == (1, 1)


def test_crisis_and_medical_emergency_count_together_as_found() -> None:
    scores = score_first(
        [
            first("crisis", "medical_emergency"),
            first("medical_emergency", "help"),
            first("help", "crisis"),
            first("join_group", "crisis", also_ok=["crisis"]),
        ]
    )

    assert scores.urgent_recall.rate == 0.5
    assert (scores.false_urgent.part, scores.false_urgent.whole) == (1, 1)


@pytest.mark.parametrize(
    ("expect", "got", "outcome"),
    [
        (True, True, Outcome.EXACT),
        (True, False, Outcome.WRONG_VALUE),
        (True, None, Outcome.ASKED_AGAIN),
        (True, {"skip": True}, Outcome.WRONG_VALUE),
        (True, {"interrupt": "stop"}, Outcome.FALSE_INTERRUPT),
        (None, None, Outcome.EXACT),
        (None, True, Outcome.STORED_UNCLEAR),
        (None, {"interrupt": "help"}, Outcome.FALSE_INTERRUPT),
        ({"skip": True}, None, Outcome.ASKED_AGAIN),
        ({"skip": True}, True, Outcome.WRONG_VALUE),
        ({"interrupt": "crisis"}, True, Outcome.INTERRUPT_MISSED),
        ({"interrupt": "crisis"}, None, Outcome.INTERRUPT_MISSED),
        ({"interrupt": "crisis"}, {"interrupt": "help"}, Outcome.INTERRUPT_MISSED),
    ],
)
def test_each_mistake_counts_as_the_harm_it_does(expect: Any, got: Any, outcome: Outcome) -> None:
    row, _ = answer(expect, got)

    assert outcome_of(row, got) is outcome


def test_what_a_line_also_allows_is_right_but_not_exact() -> None:
    scores = score_answers([answer(None, True, also_ok=[True]), answer(False, False)])

    assert scores.lenient.rate == 1
    assert scores.exact.rate == 0.5
    assert all(share.part == 0 for share in scores.harms.values())


@pytest.mark.parametrize(
    ("kind", "one", "other", "expected"),
    [
        ("party_size", True, 1, False),
        ("name", "jean  tolhurst", "Jean Tolhurst", True),
        ("choice", "walk", "Walk", False),
        ("access_needs", ["stick", "carer"], ["carer", "stick"], True),
    ],
)
def test_values_are_the_same_as_the_samples_mean_it(kind: str, one: Any, other: Any, expected: bool) -> None:
    assert same(kind, one, other) is expected


def test_urgent_texts_are_scored_by_kind_and_the_borderline_apart() -> None:
    scores = score_crisis(
        [
            urgent(True, True),
            urgent(True, False, kind="abuse"),
            urgent(True, False, borderline=True),
            urgent(False, True),
            urgent(False, False),
            urgent(False, True, borderline=True),
        ]
    )

    assert scores.recall.rate == 0.5
    assert {kind: share.rate for kind, share in scores.by_kind.items()} == {"abuse": 0.0, "suicide": 1.0}
    assert scores.false_alarms.rate == 0.5
    assert (scores.borderline_found.rate, scores.borderline_false.rate) == (0.0, 1.0)


@given(st.lists(st.tuples(st.sampled_from([True, None, 7]), st.sampled_from([True, None, 7]))))
def test_every_answer_is_right_or_exactly_one_harm(lines: list[tuple[Any, Any]]) -> None:
    scores = score_answers([answer(expect, got) for expect, got in lines])

    wrong = sum(share.part for share in scores.harms.values())
    assert scores.lenient.part + wrong == len(lines)


def test_tables_show_every_measure_with_its_counts() -> None:
    shown = "\n".join(
        [
            first_table(score_first([first("stop", "stop", text="stop"), first("help", "help")])),
            answer_table(score_answers([answer(True, False)])),
            crisis_table(score_crisis([urgent(True, True), urgent(False, False)])),
        ]
    )

    for words in ("right (lenient)", "bare STOP", "wrong value stored", "false alarms", "1 of 1", "yes_no"):
        assert words in shown


def test_the_command_writes_each_line_with_what_it_got(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[dict[str, Any]] = [
        {"text": "lift please", "intent": "transport"},
        {"text": "yes", "question": {"kind": "yes_no", "prompt": "Can we expect you?"}, "expect": True},
        {
            "text": "2nd nov 52",
            "question": {"kind": "date", "prompt": "Born?", "sense": "date_of_birth"},
            "expect": "1952-11-02",
        },
        {"text": "see you at lunch", "crisis": False, "kind": "none"},
    ]
    file, out = tmp_path / "lines.jsonl", tmp_path / "got.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")

    assert run(file, out) == 0

    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in written] == [row["text"] for row in rows]
    assert written[0]["got"]["intent"] == "transport"
    assert [row["got"] for row in written[1:]] == [True, None, {"crisis": False, "kind": "none"}]
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "3 texts" in shown.err


def test_the_command_writes_to_standard_output_when_no_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"text": "lift please", "intent": "transport"}\n', encoding="utf-8")

    assert run(file) == 0
    assert json.loads(capsys.readouterr().out)["got"]["intent"] == "transport"


@pytest.mark.parametrize("content", ["not json", '{"text": "no shape"}'])
def test_a_line_that_cannot_be_read_is_named_with_its_place(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text(content, encoding="utf-8")

    assert run(file) == 2
    assert "lines.jsonl:1:" in capsys.readouterr().err
