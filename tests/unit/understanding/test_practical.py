"""Questions that a flyer answers, told from all else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.practical import asks_the_way, asks_to_know, asks_what_it_is


@pytest.mark.parametrize(
    "text",
    [
        "do i need to bring anything",
        "what should I wear",
        "is there a toilet",
        "is it far to walk?",
        "can my daughter come with me",
        "can i bring my dog",
        "how much is it",
        "is it free",
        "do i have to pay",
        "what happens if it rains",
        "is there parking",
        "what if i cant keep up",
    ],
)
def test_what_to_bring_how_far_and_who_may_come_are_heard(text: str) -> None:
    assert asks_to_know(text)


@pytest.mark.parametrize("text", ["whats boccia", "what do you do there", "what is it like", "tell me more"])
def test_what_it_is_is_heard(text: str) -> None:
    assert asks_what_it_is(text)


@pytest.mark.parametrize("text", ["how do i get there", "which bus do I get", "best way to get there"])
def test_the_way_there_is_heard(text: str) -> None:
    assert asks_the_way(text)


@pytest.mark.parametrize(
    "text",
    [
        "when is the next one",
        "cant come this week its raining",
        "can i get a lift",
        "yes please",
        "im free on tuesday",
        "my daughter came with me",
        "thank you, it was lovely",
        "who is meeting me",
    ],
)
def test_other_texts_are_none_of_these(text: str) -> None:
    assert not asks_to_know(text)
    assert not asks_what_it_is(text)
    assert not asks_the_way(text)


@given(st.text(max_size=200))
def test_any_text_is_read_without_falling_over(text: str) -> None:
    assert asks_to_know(text) in {True, False}
