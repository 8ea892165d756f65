"""What is told of a visit or a lift after it was booked: who comes along, the food, another address."""

import pytest

from wellbeing_bot.understanding.told_later import (
    address_in,
    asks_food,
    comes_alone,
    tells_diet,
    tells_party,
    tells_pick_up,
)


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("can my friend Dot come with me", True),
        ("id like to bring my friend Dot as well", True),
        ("there will be two of us now", True),
        ("my husband isnt coming now just me", True),
        ("my sister would like to come too", True),
        ("one more for lunch please", True),
        ("make that 3", True),
        ("my son is bringing me", False),
        ("my wife is poorly so i cant come", False),
        ("my friend isnt very well", False),
        ("cant come", False),
        ("what time is it", False),
    ],
)
def test_who_comes_along(text: str, is_it: bool) -> None:
    assert tells_party(text) is is_it


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("i cant eat dairy or nuts", True),
        ("im vegetarian is that ok?", True),
        ("I'm allergic to shellfish", True),
        ("no nuts for me", True),
        ("can you do gluten free for me", True),
        ("do they do vegetarian?", False),
        ("is it vegan?", False),
        ("i cant eat much at lunch", False),
        ("can i eat there", False),
        ("lunch was lovely", False),
    ],
)
def test_what_they_do_not_eat(text: str, is_it: bool) -> None:
    assert tells_diet(text) is is_it


@pytest.mark.parametrize(
    ("text", "is_it"),
    [("do they do vegetarian?", True), ("whats for lunch", True), ("what time is lunch", False)],
)
def test_a_question_about_the_food(text: str, is_it: bool) -> None:
    assert asks_food(text) is is_it


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("can you pick me up from my daughters instead, 3 Whelk Street", True),
        ("please pick me up at 12 Eel Lane after all", True),
        ("I'll be at my sisters, can the driver come there", True),
        ("different address this week", True),
        ("pick me up at 11 please", False),
        ("what time is the pick up", False),
        ("can i have a lift", False),
    ],
)
def test_the_driver_is_to_come_somewhere_else(text: str, is_it: bool) -> None:
    assert tells_pick_up(text) is is_it


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("can you pick me up from my daughters instead, 3 Whelk Street", "3 Whelk Street"),
        ("its 14b Harbour Row, Seabank.", "14b Harbour Row, Seabank"),
        ("pick me up at 11 please", ""),
        ("there will be 2 of us", ""),
    ],
)
def test_the_address_that_is_said(text: str, address: str) -> None:
    assert address_in(text) == address


def test_nobody_else_comes() -> None:
    assert comes_alone("my friend isnt coming now just me")
    assert not comes_alone("me and my friend")
