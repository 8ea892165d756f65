"""Both halves of the text sets have the shapes that this folder's README describes."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from wellbeing_bot.understanding.meaning import AnswerKind, Intent, InterruptKind, UrgentKind

Row = dict[str, Any]

HALVES = ("build", "measure")
INTENTS = {intent.value for intent in Intent}
KINDS = {kind.value for kind in AnswerKind} - {AnswerKind.FREE_TEXT.value}
INTERRUPTS = {
    kind.value
    for kind in (
        InterruptKind.STOP,
        InterruptKind.CRISIS,
        InterruptKind.HELP,
        InterruptKind.TALK_TO_PERSON,
        InterruptKind.CANCEL,
    )
}
ACCESS_TAGS = {
    *("wheelchair", "walking_frame", "stick", "crutches", "scooter", "guide_dog", "sight"),
    *("hearing", "no_steps", "oxygen", "carer", "toilet", "other"),
}
QUESTION_KEYS = {"kind", "prompt", "options", "scale", "reference", "sender", "previous_answer"}
DRAMA_NUMBER = re.compile(r"\+44(7700900\d{3}|1632960\d{3})")
LONG_NUMBER = re.compile(r"(?:\+44|0044|0)(?:[\s().-]*\d){9,}")
DRAMA_START = re.compile(r"(?:\+44|0044|0)0?(7700900|1632960)")
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?( \d[A-Z]{2})?")


def rows(half: str, name: str) -> list[Row]:
    """Every line of one file."""
    path = Path(__file__).parent / half / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def is_text_value(value: str, question: Row) -> bool:
    """Whether a value that is written as text could answer ``question``."""
    kind: str = question["kind"]
    match kind:
        case "choice" | "likert":
            options: list[str] = question["options"]
            return value in options
        case "date":
            return date.fromisoformat(value).isoformat() == value
        case "time":
            return f"{time.fromisoformat(value):%H:%M}" == value
        case "phone":
            return DRAMA_NUMBER.fullmatch(value) is not None
        case "postcode":
            return POSTCODE.fullmatch(value) is not None
        case _:
            return kind == "name" and value.strip() == value != ""


def is_value(value: object, question: Row) -> bool:
    """Whether ``value`` could be stored as an answer to ``question``."""
    kind: str = question["kind"]
    if isinstance(value, bool):
        return kind == "yes_no"
    if isinstance(value, int):
        return kind in {"scale_0_10", "party_size"} and 0 <= value <= (10 if kind == "scale_0_10" else 99)
    if isinstance(value, list):
        return kind == "access_needs" and value == sorted(set(value)) and set(value) <= ACCESS_TAGS
    return isinstance(value, str) and is_text_value(value, question)


def is_meaning(meaning: object, question: Row) -> bool:
    """Whether ``meaning`` is one of the forms that ``expect`` may take."""
    if meaning is None or meaning == {"skip": True}:
        return True
    if isinstance(meaning, dict):
        return set(meaning) == {"interrupt"} and meaning["interrupt"] in INTERRUPTS
    return is_value(meaning, question)


@pytest.mark.parametrize("half", HALVES)
def test_first_messages_say_a_text_and_what_it_is_about(half: str) -> None:
    for row in rows(half, "first_messages"):
        assert {"text", "intent"} <= set(row) <= {"text", "intent", "also_ok", "notes"}, row
        assert {row["intent"], *row.get("also_ok", [])} <= INTENTS, row
        assert row["intent"] not in row.get("also_ok", []), row


@pytest.mark.parametrize("half", HALVES)
def test_answers_expect_something_the_question_can_hold(half: str) -> None:
    for row in rows(half, "answers"):
        question = row["question"]
        assert (
            {"question", "text", "expect"} <= set(row) <= {"question", "text", "expect", "also_ok", "note"}
        ), row
        assert {"kind", "prompt"} <= set(question) <= QUESTION_KEYS, row
        assert question["kind"] in KINDS, row
        meanings = [row["expect"], *row.get("also_ok", [])]
        assert all(is_meaning(meaning, question) for meaning in meanings), row
        assert row["expect"] is None or row["expect"] not in row.get("also_ok", []), row
        if "previous_answer" in question:
            assert is_value(question["previous_answer"], question), row


@pytest.mark.parametrize("half", HALVES)
def test_questions_bring_what_their_kind_needs(half: str) -> None:
    needed = {
        "choice": "options",
        "likert": "options",
        "date": "reference",
        "time": "reference",
        "phone": "sender",
    }
    for row in rows(half, "answers"):
        question = row["question"]
        if question["kind"] in needed:
            assert question.get(needed[question["kind"]]), row
        if "reference" in question:
            assert datetime.fromisoformat(question["reference"]).tzinfo is None, row
        if "sender" in question:
            assert DRAMA_NUMBER.fullmatch(question["sender"]), row


@pytest.mark.parametrize("half", HALVES)
def test_crisis_lines_have_a_kind_exactly_when_urgent(half: str) -> None:
    kinds = {kind.value for kind in UrgentKind}
    for row in rows(half, "crisis"):
        assert {"text", "crisis", "kind"} <= set(row) <= {"text", "crisis", "kind", "borderline", "notes"}, (
            row
        )
        assert type(row["crisis"]) is bool, row
        assert row["kind"] in (kinds if row["crisis"] else {"none"}), row


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("name", ["first_messages", "answers", "crisis"])
def test_no_line_is_there_twice(half: str, name: str) -> None:
    lines = Counter(json.dumps([row.get("question"), row["text"]]) for row in rows(half, name))
    assert [line for line, times in lines.items() if times > 1] == []


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("name", ["first_messages", "answers", "crisis"])
def test_every_full_phone_number_is_kept_for_drama(half: str, name: str) -> None:
    for row in rows(half, name):
        for number in LONG_NUMBER.findall(row["text"]):
            assert DRAMA_START.match(re.sub(r"[^\d+]", "", number)), row
