"""What tells one change of mind from another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.second_thoughts import (
    asks_reminder,
    asks_to_be_met,
    for_good,
    gives_up,
    off_and_keep,
    only_asks,
    says_back,
    week_meant,
)


@pytest.mark.parametrize(
    ("text", "off", "keep"),
    [
        ("take me off the walks but keep the lunch", "walks", "lunch"),
        ("Keep the lunch but take me off walks", "walks", "lunch"),
        ("take me off everything except the lunch", "everything", "lunch"),
        ("no more walks for me, I still want to come to lunch", "walks", "lunch"),
        ("stop the walks and keep me on lunch", "walks", "lunch"),
        ("cancel lunch but I'll still come on the walk", "lunch", "walk"),
        ("off the walk please. Still coming to lunch", "walk", "lunch"),
        ("not the walk but I will be at the lunch", "walk", "lunch"),
    ],
)
def test_what_is_to_stay_is_told_from_what_is_to_go(text: str, off: str, keep: str) -> None:
    gone, stays = off_and_keep(text)
    assert off in gone
    assert keep in stays
    assert keep not in gone.split()


@pytest.mark.parametrize("text", ["take me off the walk list please", "cant come", "stop the lunches", ""])
def test_nothing_stays_where_nothing_was_said_of_it(text: str) -> None:
    assert off_and_keep(text)[1] == ""


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("not this week", 0),
        ("cant make this week", 0),
        ("no good for me this wk", 0),
        ("not next week sorry", 1),
        ("next wk no", 1),
        ("not thursday", None),
        ("away till 3 dec", None),
    ],
)
def test_which_week_is_meant(text: str, week: int | None) -> None:
    assert week_meant(text) == week


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("remind me wednesday", True),
        ("can you remind me on weds", True),
        ("send me a reminder tuesday", True),
        ("text me again friday", True),
        ("dont remind me", False),
        ("see you wednesday", False),
    ],
)
def test_a_reminder_is_asked_for(text: str, asked: bool) -> None:
    assert asks_reminder(text) is asked


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("swap me to tuesdays from now on", True),
        ("moving to the tuesday group for good", True),
        ("tuesday instead this week", False),
        ("can i come tues just this once", False),
        ("moving to the Tuesday one", None),
    ],
)
def test_a_change_for_good_is_told_from_one_for_once(text: str, good: bool | None) -> None:
    assert for_good(text) is good


@pytest.mark.parametrize(
    ("text", "not_wanted"),
    [
        ("can't do the blood pressure check", True),
        ("cancel my falls talk", True),
        ("dont want the check after all", True),
        ("could I have the blood pressure check", False),
        ("falls talk please", False),
    ],
)
def test_one_thing_of_several_is_given_up(text: str, not_wanted: bool) -> None:
    assert gives_up(text) is not_wanted


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("im back on the 1st", True),
        ("home again now", True),
        ("returning on friday", True),
        ("my back hurts", False),
        ("back pain is bad", False),
        ("see you friday", False),
    ],
)
def test_somebody_is_back(text: str, back: bool) -> None:
    assert says_back(text) is back


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("please meet me", True),
        ("can somebody meet me please", True),
        ("id like someone to meet me there", True),
        ("who is meeting me?", False),
        ("where do we meet", False),
    ],
)
def test_somebody_would_like_to_be_met(text: str, asked: bool) -> None:
    assert asks_to_be_met(text) is asked


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    gone, stays = off_and_keep(text)
    assert isinstance(gone + stays, str)
    week_meant(text)
    for_good(text)
    asks_reminder(text)


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("will it be the lady or the man", True),
        ("is there anyone i know there", True),
        ("can you take me off the list", False),
        ("could i come to the later one", False),
        ("is it alright if I miss this week", False),
        ("cant come", False),
    ],
)
def test_a_question_that_changes_nothing(text: str, is_it: bool) -> None:
    assert only_asks(text) is is_it
