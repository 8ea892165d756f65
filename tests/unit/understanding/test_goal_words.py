"""How one small thing went, in people's words and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.goal_words import HowItWent, read_how_it_went


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("DID IT", "did_it"),
        ("did it!!", "did_it"),
        ("yes I did it every day", "did_it"),
        ("Done", "did_it"),
        ("managed it twice", "did_it"),
        ("yes", "did_it"),
        ("I went on tuesday, it was lovely", "did_it"),
        ("A BIT", "a_bit"),
        ("yes a bit", "a_bit"),
        ("i tried but my knee hurt", "a_bit"),
        ("not yet but I made a start", "a_bit"),
        ("half of it", "a_bit"),
        ("only once", "a_bit"),
        ("NOT YET", "not_yet"),
        ("no", "not_yet"),
        ("sorry no", "not_yet"),
        ("havent been able to", "not_yet"),
        ("I didn't do it", "not_yet"),
        ("forgot", "not_yet"),
        ("couldn't, the weather was awful", "not_yet"),
    ],
)
def test_words_say_how_it_went(text: str, how: str) -> None:
    assert read_how_it_went(text).how == how


@pytest.mark.parametrize(
    ("text", "how", "score"),
    [
        ("10", "did_it", 10),
        ("7/10", "did_it", 7),
        ("a 5", "a_bit", 5),
        ("2", "not_yet", 2),
        ("zero", "not_yet", 0),
    ],
)
def test_numbers_say_it_too_and_are_kept(text: str, how: str, score: int) -> None:
    assert read_how_it_went(text) == HowItWent(how, score)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "it rained", "who is this", "see you thursday"])
def test_what_says_neither_is_left_to_a_person(text: str) -> None:
    assert read_how_it_went(text).how is None


@given(st.integers(0, 10), st.sampled_from(["{}", "{}/10", "about {}", "id say {} out of 10"]))
def test_a_higher_number_never_counts_for_less(score: int, words: str) -> None:
    order = ["not_yet", "a_bit", "did_it"]
    found = read_how_it_went(words.format(score))
    assert found.score == score
    more = read_how_it_went(words.format(min(score + 1, 10)))
    assert order.index(more.how or "") >= order.index(found.how or "")


@given(st.text(max_size=300))
def test_any_text_at_all_is_read(text: str) -> None:
    found = read_how_it_went(text)
    assert found.score is None or 0 <= found.score <= 10
