"""Clock times: half 2 in the daytime is 14:30, and what lies outside the hours offered is asked about."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ANY_TEXT, ask, reply, table, value_of
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Unclear

COLLECT = ask(AnswerKind.TIME, "What time shall the driver collect you? (between 9am and 4pm)")
ANY_TIME = ask(AnswerKind.TIME, "What time shall Sarah ring you?")
EVENING = ask(AnswerKind.TIME, "What time in the evening is best to text you?")
HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


@pytest.mark.parametrize(
    ("text", "clock"),
    table(
        """
        9 | 09:00
        half 2 | 14:30
        half past nine | 09:30
        ½ past 10 | 10:30
        quarter to 12 | 11:45
        quarter to one | 12:45
        ten to three | 14:50
        twenty five to twelve | 11:35
        five and twenty past 2 | 14:25
        12.15 | 12:15
        1030 | 10:30
        10 30 | 10:30
        ten thirty | 10:30
        14:15 | 14:15
        3pm | 15:00
        3 in the afternoon | 15:00
        noon | 12:00
        elevenish | 11:00
        about 11 | 11:00
        10 0 clock | 10:00
        10 no make it 11 | 11:00
        not 10, 11 | 11:00
        lunch is at 12.30 so 12 | 12:00
        2 of us at 11 | 11:00
        thursday at 10 | 10:00
        in half an hour | 10:30
        """
    ),
)
def test_a_time_is_read(text: str, clock: str) -> None:
    assert value_of(COLLECT, text) == time.fromisoformat(clock)


@pytest.mark.parametrize(
    "text",
    [
        "any time",
        "morning",
        "10 or 11",
        "10 or half past",
        "between 10 and 12",
        "10-10.30",
        "after 10",
        "not before 10",
        "quarter to",
        "8am",
        "5",
        "6pm",
        "10:75",
        "25:00",
        "two hours before",
        "maybe 10",
    ],
)
def test_what_is_no_one_time_or_out_of_hours_is_asked_about(text: str) -> None:
    assert isinstance(reply(COLLECT, text), Unclear)


def test_without_hours_to_choose_from_daytime_is_meant() -> None:
    assert value_of(ANY_TIME, "3") == time(15)
    assert value_of(ANY_TIME, "9.15") == time(9, 15)
    assert value_of(ANY_TIME, "8pm") == time(20)
    assert value_of(ANY_TIME, "7") is None


def test_a_question_about_the_evening_is_answered_in_the_evening() -> None:
    assert value_of(EVENING, "7") == time(19)
    assert value_of(EVENING, "half 8") == time(20, 30)


@given(st.times(time(9), time(16)))
def test_any_time_in_the_hours_offered_is_read_back(clock: time) -> None:
    clock = clock.replace(second=0, microsecond=0)
    twelve = clock.strftime("%I.%M").lstrip("0")
    for written in (clock.strftime("%H:%M"), twelve, f"{twelve}{'am' if clock.hour < 12 else 'pm'}"):
        assert reply(COLLECT, written) == Answered(clock, read_back=True)


@given(hour=st.integers(1, 12), part=st.sampled_from([("half past ", 30), ("quarter past ", 15), ("", 0)]))
def test_hours_in_words_are_read(hour: int, part: tuple[str, int]) -> None:
    question = ask(AnswerKind.TIME, "When? (between 9am and 8.59pm)")
    assert value_of(question, f"{part[0]}{HOURS[hour - 1]}") == time(
        hour if hour >= 9 else hour + 12, part[1]
    )


@given(ANY_TEXT)
def test_a_time_that_is_stored_is_in_the_hours_offered(text: str) -> None:
    found = value_of(COLLECT, text)
    assert found is None or (isinstance(found, time) and time(9) <= found <= time(16))
