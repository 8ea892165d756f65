"""Which option is meant, by any way of naming it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ALIASES, ANY_TEXT, ask, reply, table, value_of
from wellbeing_bot.understanding.meaning import AnswerKind, Skipped, Unclear

GROUPS = ask(
    AnswerKind.CHOICE,
    "Which group would you like? 1 Harbour Walk (Thursday 10am) 2 Wellbeing Lunch (Wednesday 12.30pm) "
    "3 Bereavement Group (Tuesday 2pm) 4 Cancer Support Group (Friday 11am)",
    options=(
        "Harbour Walk (Thursday 10am)",
        "Wellbeing Lunch (Wednesday 12.30pm)",
        "Bereavement Group (Tuesday 2pm)",
        "Cancer Support Group (Friday 11am)",
    ),
    aliases=ALIASES,
)
SLOTS = ask(
    AnswerKind.CHOICE,
    "Sarah can ring you: 1 Tuesday 1 December, 10am 2 Thursday 3 December, 2pm 3 Tuesday 8 December, 10am",
    options=("Tuesday 1 December, 10am", "Thursday 3 December, 2pm", "Tuesday 8 December, 10am"),
)
PLACES = ask(
    AnswerKind.CHOICE,
    "Where should the driver pick you up? A) Bus stop on Harbour Street B) Whitstable library C) My home",
    options=("Bus stop on Harbour Street", "Whitstable library", "My home"),
)


@pytest.mark.parametrize(
    ("text", "place"),
    table(
        """
        2 | 2
        number 3 please | 3
        the first one | 1
        last one | 4
        I | 1
        iv | 4
        four please dear | 4
        walk | 1
        walkin grp | 1
        berevement | 3
        weds | 2
        the friday one | 4
        10 oclock one | 1
        half 12 | 2
        2pm | 3
        the dinner | 2
        I lost my husband in June | 3
        chemo | 4
        prom | 1
        the leg stretchers please | 1
        1 no 2 | 2
        not the walk, the lunch | 2
        lunch not walk | 2
        I'd like number 3 if there's room, my husband passed in August | 3
        12 | ?
        middle one | ?
        monday | ?
        walk and lunch | ?
        1 or 2 | ?
        all of them! | ?
        the walk on wednesday | ?
        not the walk | ?
        talk | ?
        yes | ?
        its my first time | ?
        """
    ),
)
def test_a_group_is_named_in_many_ways(text: str, place: str) -> None:
    expected = GROUPS.options[int(place) - 1] if place.isdigit() else None
    assert value_of(GROUPS, text) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    table(
        """
        tuesday 8th | 3
        the 8th | 3
        1st dec | 1
        8/12 | 3
        thursday afternoon | 2
        2pm | 2
        second tuesday | 3
        the earlier tuesday | 1
        10am on the 1st | 1
        tuesday | ?
        10am | ?
        friday | ?
        """
    ),
)
def test_a_time_is_named_by_its_day_or_hour(text: str, place: str) -> None:
    expected = SLOTS.options[int(place) - 1] if place.isdigit() else None
    assert value_of(SLOTS, text) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the stop", 1),
        ("B", 2),
        ("(c)", 3),
        ("a please", 1),
        ("libary", 2),
        ("from my house", 3),
        ("harbor st", 1),
    ],
)
def test_a_place_is_named_by_letter_or_word(text: str, place: int) -> None:
    assert value_of(PLACES, text) == PLACES.options[place - 1]


def test_two_options_are_both_offered_again() -> None:
    assert reply(GROUPS, "walk or lunch") == Unclear("two_values", GROUPS.options[:2])


def test_an_option_that_sounds_like_declining_is_an_option() -> None:
    question = ask(AnswerKind.CHOICE, "Are you ...", options=("A man", "A woman", "Prefer not to say"))
    assert value_of(question, "prefer not to say") == "Prefer not to say"
    assert reply(GROUPS, "prefer not to say") == Skipped()


@given(
    place=st.integers(1, 4),
    how=st.sampled_from(["{}", "{}.", "no {}", "number {} please", "option {}", "({})"]),
)
def test_a_number_names_its_option(place: int, how: str) -> None:
    assert value_of(GROUPS, how.format(place)) == GROUPS.options[place - 1]


@given(st.sampled_from(GROUPS.options + SLOTS.options))
def test_an_option_copied_out_is_that_option(option: str) -> None:
    question = GROUPS if option in GROUPS.options else SLOTS
    assert value_of(question, option.lower()) == option


@given(ANY_TEXT)
def test_what_is_stored_is_always_an_option(text: str) -> None:
    for question in (GROUPS, SLOTS, PLACES):
        assert value_of(question, text) in (None, *question.options)
