"""A provider's answer as a file: taken whole, or not at all with every error and its line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.service.rides.answer_file import (
    Answer,
    AnswerFileError,
    Asked,
    read_answers,
    read_time,
)
from wellbeing_bot.service.rides.manifest import COLUMNS, Line, Manifest, to_csv

HEAD = ",".join(COLUMNS)
ASKED = {
    1: Asked(1, there=True, starts="12:30"),
    2: Asked(2, there=True, starts="12:30"),
    3: Asked(3, there=False, starts="12:30"),
}


def lines(*rows: str) -> str:
    return "\n".join(["ride,pick_up_from,pick_up_until,refused", *rows])


@pytest.mark.parametrize(
    ("row", "answer"),
    [
        ("1,11:15,11:45,", Answer(1, "11:15", "11:45")),
        ("1,11.15am,11.45 am,", Answer(1, "11:15", "11:45")),
        ("1,11:15,,", Answer(1, "11:15", "11:15")),
        ("1,11:15:00,11:45:00,no", Answer(1, "11:15", "11:45")),
        ("1,9,10,", Answer(1, "09:00", "10:00")),
        ("3,1.35pm,,", Answer(3, "13:35", "13:35")),
        ("2,,,no seat left", Answer(2, refused="no seat left")),
        ("2,,,yes", Answer(2, refused="yes")),
        ("#2,,,Yes", Answer(2, refused="Yes")),
    ],
)
def test_a_line_is_a_window_or_a_refusal(row: str, answer: Answer) -> None:
    assert read_answers(lines(row), ASKED) == [answer]


@pytest.mark.parametrize("row", ["1,,,", "1,,,no", "", ",,,"])
def test_a_line_with_nothing_filled_in_has_no_answer_yet(row: str) -> None:
    assert read_answers(lines(row), ASKED) == []


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("9,11:15,11:45,", "no such ride"),
        (",11:15,11:45,", "no such ride"),
        ("one,11:15,11:45,", "no such ride"),
        ("1,25:00,,", "pick_up_from is not a time"),
        ("1,11:15,soon,", "pick_up_until is not a time"),
        ("1,11:75,,", "pick_up_from is not a time"),
        ("1,11:45,11:15,", "before it begins"),
        ("1,12:30,,", "too late"),
        ("1,12:00,12:45,", "too late"),
        ("1,,11:45,", "pick_up_from is empty"),
        ("1,11:15,11:45,yes", "refused and has a time"),
    ],
)
def test_what_is_wrong_in_a_line_is_said_with_its_number(row: str, wrong: str) -> None:
    with pytest.raises(AnswerFileError) as caught:
        read_answers(lines("2,11:00,,", row), ASKED)
    assert [error.line for error in caught.value.errors] == [3]
    assert wrong in str(caught.value)


def test_every_error_is_found_and_nothing_of_the_file_is_taken() -> None:
    with pytest.raises(AnswerFileError) as caught:
        read_answers(lines("1,late,,", "2,11:00,,", "2,11:15,,", "9,,,no"), ASKED)
    assert [error.line for error in caught.value.errors] == [2, 4, 5]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "no column ride"),
        ("ride,pick_up_from\n1,11:15", "no column pick_up_until, refused"),
        ("name;phone\nJean;07700 900101", "no column ride"),
        (lines('1,"11:15,,'), "quotation mark"),
    ],
)
def test_a_file_that_is_not_the_list_is_refused(text: str, wrong: str) -> None:
    with pytest.raises(AnswerFileError, match=wrong):
        read_answers(text, ASKED)


def test_no_error_repeats_what_is_written_in_a_cell() -> None:
    with pytest.raises(AnswerFileError) as caught:
        read_answers(lines("Jean Marsh,4 Mill Lane,07700 900101,"), ASKED)
    assert not any(word in str(caught.value) for word in ("Jean", "Mill", "900101"))


def test_a_file_saved_by_a_spreadsheet_is_read() -> None:
    text = "\ufeff" + "Ride,Name,Pick up from,Pick up until,Refused\r\n1,Jean M.,11:15,11:45,\r\n"
    assert read_answers(text, ASKED) == [Answer(1, "11:15", "11:45")]


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("11:15", "11:15"),
        ("11.15", "11:15"),
        ("1pm", "13:00"),
        ("12pm", "12:00"),
        ("12am", "00:00"),
        ("9:05 AM", "09:05"),
        ("'11:15", "11:15"),
        ("", ""),
    ],
)
def test_times_are_read_as_people_write_them(written: str, time: str) -> None:
    assert read_time(written) == time


CLOCK = st.integers(9 * 60, 12 * 60).map(lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}")


@given(st.lists(st.tuples(CLOCK, CLOCK, st.booleans()), min_size=1, max_size=6))
def test_the_list_filled_in_comes_back_as_it_was_filled_in(given_: list[tuple[str, str, bool]]) -> None:
    made = tuple(
        Line(n, f"Person {n}", 1, "4 Mill Lane, Seabank", "07700 900101", "", True, True)
        for n in range(1, len(given_) + 1)
    )
    listed = Manifest("Council", "Wednesday", "12.30pm", "1.30pm", "the hall", "", "now", made)
    rows = list(csv.DictReader(io.StringIO(to_csv(listed))))
    expected = []
    for row, (one, other, refused) in zip(rows, given_, strict=True):
        start, until = min(one, other), max(one, other)
        if refused:
            row["refused"] = "full"
            expected.append(Answer(int(row["ride"]), refused="full"))
        else:
            row["pick_up_from"], row["pick_up_until"] = start, until
            expected.append(Answer(int(row["ride"]), start, until))
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    asked = {line.ride: Asked(line.ride, there=True, starts="12:30") for line in made}
    assert read_answers(out.getvalue(), asked) == expected
