"""What a text says about a lift: which way, and what goes wrong on the day."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.ride_words import (
    Legs,
    Trouble,
    asks_about_lift,
    cannot_drive,
    is_not_coming,
    read_legs,
    read_trouble,
)

DROP_BOTH = Legs(there=False, back=False)


@pytest.mark.parametrize(
    ("text", "legs"),
    [
        ("dont need the lift there but still need one home", Legs(False, True)),
        ("Wont be needing the lift in to lunch on Wed now but I do still want one home", Legs(False, True)),
        ("I wont need the minibus there but i still need it home", Legs(False, True)),
        ("my son is taking me there but need bringing home", Legs(False, True)),
        ("daughter can run me there so just need one home please", Legs(False, True)),
        ("only need a lift home", Legs(False, True)),
        ("need lift home only", Legs(False, True)),
        ("wont need lift to lunch, only home", Legs(False, True)),
        ("dont need a lift home", Legs(None, False)),
        ("no need for the lift home now, my daughter is fetching me", Legs(None, False)),
        ("cancel the lift home", Legs(None, False)),
        ("can you cancle the lift please not needed now", DROP_BOTH),
        ("dont need the lift", DROP_BOTH),
        ("cancel the lift to the lunch but keep the lunch", DROP_BOTH),
        ("actually cancel the lift, my son will run me there", DROP_BOTH),
        ("my daughter is bringing me so no need for the bus", DROP_BOTH),
        ("don't need picking up on wednesday", DROP_BOTH),
        ("take me off the minibus", DROP_BOTH),
        ("no longer need transport ta", DROP_BOTH),
        ("making my own way there and back so no lift needed", DROP_BOTH),
        ("I need a lift both ways", Legs(True, True)),
        ("lift there and back pls", Legs(True, True)),
        ("still need one home", Legs(None, True)),
        ("lift please", Legs()),
        ("I havent got a lift", Legs()),
        ("can I get transport", Legs()),
        ("back pain bad today", None),
        ("cant come to lunch", None),
        ("yes", None),
        ("", None),
    ],
)
def test_which_way_a_lift_is_wanted(text: str, legs: Legs | None) -> None:
    assert read_legs(text) == legs


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("nobody came", Trouble.NOBODY_CAME),
        ("nobody has come for me", Trouble.NOBODY_CAME),
        ("no-one turned up", Trouble.NOBODY_CAME),
        ("the driver hasnt come", Trouble.NOBODY_CAME),
        ("has the driver forgotten me", Trouble.NOBODY_CAME),
        ("i havent been picked up", Trouble.NOBODY_CAME),
        ("Nobody's here to take me home", Trouble.NOBODY_CAME),
        ("still waiting", Trouble.STILL_WAITING),
        ("been waiting half an hour", Trouble.STILL_WAITING),
        ("where is my lift", Trouble.STILL_WAITING),
        ("no sign of the bus", Trouble.STILL_WAITING),
        ("the minibus is late", Trouble.STILL_WAITING),
        ("still stood here", Trouble.STILL_WAITING),
        ("im running late tell driver", Trouble.RUNNING_LATE),
        ("I'll be 10 mins late", Trouble.RUNNING_LATE),
        ("not ready yet can they wait", Trouble.RUNNING_LATE),
        ("thanks lovely lunch", None),
        ("yes", None),
        ("can I bring my sister", None),
        ("is it still on", None),
        ("cant come today", None),
        ("", None),
    ],
)
def test_what_goes_wrong_with_a_lift_on_the_day(text: str, trouble: Trouble | None) -> None:
    assert read_trouble(text) == trouble


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("what time is my lift", True),
        ("who is driving me", True),
        ("when am i being picked up", True),
        ("is my lift sorted", True),
        ("do i still have a lift", True),
        ("is the minibus still coming", True),
        ("can I have a lift", False),
        ("lift please", False),
        ("what time is lunch", False),
        ("when is the next walk", False),
    ],
)
def test_a_question_about_a_lift_is_told_from_a_wish_for_one(text: str, asks: bool) -> None:
    assert asks_about_lift(text) is asks


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("cant come to lunch so dont need the lift", True),
        ("wont be coming, cancel the lift", True),
        ("dont need the lift there", False),
    ],
)
def test_somebody_who_is_not_coming_needs_more_than_the_lift_called_off(text: str, away: bool) -> None:
    assert is_not_coming(text) is away


@pytest.mark.parametrize(
    ("text", "cannot"),
    [
        ("sorry cant drive tomorrow", True),
        ("cant do the lift on weds", True),
        ("i cannot pick her up", True),
        ("the car is off the road", True),
        ("yes I can drive", False),
        ("what am I booked on", False),
    ],
)
def test_a_driver_cannot_drive(text: str, cannot: bool) -> None:
    assert cannot_drive(text) is cannot


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    legs = read_legs(text)
    read_trouble(text)
    assert legs is None or legs.drops or not legs.drops_all
