"""Schedules that can be kept, and said back in words."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from wellbeing_bot.service.activities.sessions import occurrences
from wellbeing_bot.service.importing.schedules import check_schedule
from wellbeing_bot.service.words import schedule_words

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("written", "rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TH", "FREQ=WEEKLY;BYDAY=TH", "Thursdays at 10am"),
        ("rrule:freq=weekly;byday=mo,we;", "FREQ=WEEKLY;BYDAY=MO,WE", "Mondays and Wednesdays at 10am"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every other Tuesday at 10am"),
        ("FREQ=MONTHLY;BYDAY=2WE", "FREQ=MONTHLY;BYDAY=2WE", "the second Wednesday of the month at 10am"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=-1FR", "the last Friday of the month at 10am"),
        (
            "FREQ=MONTHLY;BYDAY=1WE,3WE",
            "FREQ=MONTHLY;BYDAY=1WE,3WE",
            "the first Wednesday and third Wednesday of the month at 10am",
        ),
        (
            "FREQ=MONTHLY;BYSETPOS=3;BYDAY=MO",
            "FREQ=MONTHLY;BYSETPOS=3;BYDAY=MO",
            "the third Monday of the month at 10am",
        ),
        ("FREQ=DAILY", "FREQ=DAILY", "every day at 10am"),
        ("FREQ=WEEKLY;BYDAY=TH;UNTIL=20270331", "FREQ=WEEKLY;BYDAY=TH;UNTIL=20270331", "Thursdays at 10am"),
        ("", "", ""),
    ],
)
def test_a_schedule_is_taken_and_said(written: str, rule: str, words: str) -> None:
    assert check_schedule(written) == rule
    assert schedule_words(rule, time(10)) == words


@pytest.mark.parametrize(
    "written",
    [
        "every Thursday",
        "FREQ=YEARLY;BYDAY=TH",
        "FREQ=WEEKLY",
        "BYDAY=TH",
        "FREQ=WEEKLY;BYDAY=2TH",
        "FREQ=WEEKLY;BYDAY=TH;BYDAY=FR",
        "FREQ=WEEKLY;BYDAY=TH;BYHOUR=10",
        "FREQ=WEEKLY;BYDAY=TH\nDTSTART:19970714",
        "FREQ=WEEKLY;INTERVAL=0;BYDAY=TH",
        "FREQ=WEEKLY;BYDAY=TH;UNTIL=20270231",
        "FREQ=WEEKLY;BYDAY=TH;UNTIL=20270101T000000Z",
        "FREQ=MONTHLY;BYDAY=TH",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO",
        "FREQ=DAILY;BYDAY=MO",
        "FREQ=DAILY;BYMONTH=13",
    ],
)
def test_what_could_not_be_kept_or_said_is_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        check_schedule(written)
    context = refused.value.context
    assert context is not None
    assert context["what"]
    assert context["write"]


PART = st.sampled_from(["FREQ", "BYDAY", "INTERVAL", "COUNT", "UNTIL", "BYSETPOS", "WKST", "BYMONTH"])
VALUE = st.sampled_from(
    ["DAILY", "WEEKLY", "MONTHLY", "TH", "1TH,3FR", "-1SU", "2", "5", "20270101", "x", ""]
)


@given(st.lists(st.tuples(PART, VALUE), max_size=5))
def test_whatever_is_taken_can_be_kept_and_said(parts: list[tuple[str, str]]) -> None:
    try:
        rule = check_schedule(";".join(f"{name}={value}" for name, value in parts))
    except PydanticCustomError:
        return
    if rule:
        days = list(occurrences(rule, THURSDAY, THURSDAY, THURSDAY + timedelta(days=100)))
        assert days == sorted(set(days))
        assert schedule_words(rule, time(10)).endswith(" at 10am")
