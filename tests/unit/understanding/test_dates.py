"""Days, read the British way and always said back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ANY_TEXT, LONDON, TUESDAY, ask, reply, table, value_of
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Unclear

VISIT = ask(AnswerKind.DATE, "Which day would you like the volunteer to visit?")
START = ask(AnswerKind.DATE, "When would you like to start coming to the walk?")
PAST = ask(AnswerKind.DATE, "When did the lift not turn up?")
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@pytest.mark.parametrize(
    ("text", "day"),
    table(
        """
        weds | 2026-11-25
        thirsday | 2026-11-26
        tmrw | 2026-11-25
        2moro | 2026-11-25
        day after tomorrow | 2026-11-26
        tuesday | 2026-12-01
        mon | 2026-11-30
        next thursday | 2026-12-03
        this thursday | 2026-11-26
        thursday next week | 2026-12-03
        a week on friday | 2026-12-04
        thurs wk | 2026-12-03
        a week tomorrow | 2026-12-02
        fortnight on friday | 2026-12-11
        in ten days | 2026-12-04
        this time next week | 2026-12-01
        the 3rd | 2026-12-03
        the twenty fifth | 2026-11-25
        31st | 2026-12-31
        1/12 | 2026-12-01
        12-12-26 | 2026-12-12
        13.12.2026 | 2026-12-13
        031226 | 2026-12-03
        2 jan | 2027-01-02
        dec 3rd | 2026-12-03
        14th of the 12th | 2026-12-14
        thursday 3rd december | 2026-12-03
        first monday in december | 2026-12-07
        last friday of the month | 2026-11-27
        last day of november | 2026-11-30
        xmas eve | 2026-12-24
        boxing day | 2026-12-26
        pancake day | 2027-02-09
        mothers day | 2027-03-07
        easter monday | 2027-03-29
        august bank holiday | 2027-08-30
        not weds thurs | 2026-11-26
        thurs no fri | 2026-11-27
        no sorry I meant weds | 2026-11-25
        Im at the hospital thurs so friday please | 2026-11-27
        cant do thurs but fri ok | 2026-11-27
        Would Monday be alright? I have the nurse on Friday | 2026-11-30
        thurs at 2 | 2026-11-26
        friday 2.30 | 2026-11-27
        """
    ),
)
def test_a_day_is_read(text: str, day: str) -> None:
    assert value_of(VISIT, text) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "any day",
        "next week",
        "weekend",
        "after christmas",
        "december",
        "thursday or friday",
        "8 or 9 dec",
        "between the 3rd and 5th",
        "any day but thursday",
        "not thursday",
        "monday or later",
        "after the 3rd",
        "from monday",
        "30 feb",
        "12/13",
        "20th nov",
        "3/12/25",
        "first week in december",
        "maybe thursday",
        "at 10.30",
        "first one",
    ],
)
def test_what_is_no_one_day_is_asked_about(text: str) -> None:
    assert isinstance(reply(VISIT, text), Unclear)


def test_a_weekday_that_does_not_fit_the_date_offers_both() -> None:
    unclear = reply(VISIT, "thursday 4th december")
    assert unclear == Unclear("mismatch", (date(2026, 12, 4), date(2026, 12, 3)))


def test_the_edge_of_a_stretch_is_a_day_where_the_question_asks_for_it() -> None:
    until = ask(AnswerKind.DATE, "Until when are you away?")
    assert value_of(START, "from monday") == date(2026, 11, 30)
    assert value_of(until, "till the 3rd") == date(2026, 12, 3)
    assert value_of(VISIT, "till the 3rd") is None


def test_a_question_about_the_past_is_answered_with_a_day_that_has_been() -> None:
    assert value_of(PAST, "friday") == date(2026, 11, 20)
    assert value_of(PAST, "the 3rd") == date(2026, 11, 3)
    assert value_of(PAST, "yesterday") == date(2026, 11, 23)


def test_without_knowing_today_no_day_can_be_told() -> None:
    assert reply(ask(AnswerKind.DATE, reference=None), "thursday") == Unclear()


@given(
    today=st.dates(date(2026, 1, 1), date(2032, 12, 1)),
    ahead=st.integers(0, 300),
    written=st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%d %B", "%A %d %B", "%B %d", "%d %b %Y", "%Y-%m-%d"]),
)
def test_any_day_of_the_coming_months_is_read_back(today: date, ahead: int, written: str) -> None:
    day = today + timedelta(days=ahead)
    question = ask(AnswerKind.DATE, reference=datetime.combine(today, time(10), LONDON))
    assert reply(question, day.strftime(written)) == Answered(day, read_back=True)


@given(weekday=st.sampled_from(WEEKDAYS), today=st.dates(date(2026, 1, 1), date(2032, 1, 1)))
def test_a_weekday_is_the_next_one(weekday: str, today: date) -> None:
    question = ask(AnswerKind.DATE, reference=datetime.combine(today, time(10), LONDON))
    found = value_of(question, f"on {weekday} please")
    assert isinstance(found, date)
    assert found.weekday() == WEEKDAYS.index(weekday)
    assert 1 <= (found - today).days <= 7


@given(ANY_TEXT)
def test_a_day_that_is_stored_lies_ahead(text: str) -> None:
    found = value_of(VISIT, text)
    assert found is None or (isinstance(found, date) and found >= TUESDAY.date())
