"""What would make it easier to come, as tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ANY_TEXT, ask, only_unclear, reply, table, value_of
from wellbeing_bot.understanding.access_needs import TAGS
from wellbeing_bot.understanding.meaning import AnswerKind, Skipped

EASIER = ask(AnswerKind.ACCESS_NEEDS, "Anything to make it easier? For example a wheelchair. Or reply NONE.")
NEEDS = {
    "a wheelchair": "wheelchair",
    "zimmer frame": "walking_frame",
    "stick": "stick",
    "crutches": "crutches",
    "guide dog": "guide_dog",
    "a bit deaf": "hearing",
    "no steps": "no_steps",
    "oxygen": "oxygen",
}


@pytest.mark.parametrize(
    ("text", "tags"),
    table(
        """
        electric wheelchair, it doesnt fold | wheelchair
        i'm in a chair | wheelchair
        weelchair | wheelchair
        rollator | walking_frame
        stick and im a bit deaf | hearing stick
        registered blind with guide dog | guide_dog sight
        i cant manage stairs | no_steps
        need to be near the loo | toilet
        copd and on oxygen | other oxygen
        one arm so need help with seat belt | other
        bad hip | other
        no but i am a bit deaf | hearing
        no wheelchair just a stick | stick
        dont need wheelchair any more i have a frame now | walking_frame
        dont go anywhere without my stick | stick
        my wife pushes me in the chair | wheelchair carer
        none apart from my stick | stick
        used to have a frame don't need it now |
        not in a wheelchair yet! |
        No I'm fit as a flea |
        all good ta |
        none |
        👍 |
        """
    ),
)
def test_needs_become_tags(text: str, tags: str) -> None:
    assert value_of(EASIER, text) == tuple(sorted(tags.split()))


@pytest.mark.parametrize(
    "text", ["yes", "not sure", "maybe a wheelchair", "stick for me, frame for my wife", "both"]
)
def test_a_doubt_or_somebody_elses_need_is_asked_about(text: str) -> None:
    assert only_unclear(EASIER, text)


def test_somebody_may_keep_it_to_themselves() -> None:
    assert reply(EASIER, "rather not say") == Skipped()


def test_a_need_that_was_forgotten_is_added() -> None:
    before = ask(AnswerKind.ACCESS_NEEDS, previous_answer=("stick",))
    assert value_of(before, "forgot to say im deaf as well") == ("hearing", "stick")
    assert value_of(before, "not a stick, a frame") == ("walking_frame",)


@given(st.lists(st.sampled_from(sorted(NEEDS)), min_size=1, max_size=4, unique=True))
def test_all_needs_of_a_list_are_kept(needs: list[str]) -> None:
    assert value_of(EASIER, ", ".join(needs)) == tuple(sorted({NEEDS[need] for need in needs}))


@given(ANY_TEXT)
def test_what_is_stored_is_a_sorted_tuple_of_tags(text: str) -> None:
    tags = value_of(EASIER, text)
    assert tags is None or (
        isinstance(tags, tuple) and list(tags) == sorted(set(tags)) and set(tags) <= set(TAGS)
    )
