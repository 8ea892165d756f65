"""Whatever somebody texts in whatever order, an answer is filed under the question it was to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.questionnaires.conftest import answers_of, person_id
from tests.story import Story
from tests.story_questionnaires import enter_patient

ITEMS = ("satisfied", "worthwhile", "happy", "anxious")

# Nothing that anybody must see at once: after such an answer no more is asked that day.
MOVES = st.one_of(
    st.integers(3, 8).map(lambda n: ("answer", n)),
    st.integers(3, 8).map(lambda n: ("correct", n)),
    st.sampled_from([("skip", 0), ("back", 0), ("mumble", 0), ("help", 0)]),
)
TEXTS = {"skip": "skip", "back": "back", "mumble": "the cat sat on the wall", "help": "what do you mean?"}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    found = Story(tmp_path_factory.mktemp("answers"))
    yield found
    found.close()


def _expected(moves: list[tuple[str, int]]) -> dict[str, int | None]:
    """The same conversation by a model that knows nothing of rows or rounds."""
    given: dict[str, int | None] = {}
    at = 0
    for move, number in moves:
        if at >= len(ITEMS):
            break
        if move == "answer":
            given[ITEMS[at]] = number
            at += 1
        elif move == "skip":
            given[ITEMS[at]] = None
            at += 1
        elif move == "back":
            at = max(at - 1, 0)
        elif move == "correct":
            if at > 0 and given.get(ITEMS[at - 1]) is not None:
                given[ITEMS[at - 1]] = number
            else:
                given[ITEMS[at]] = number
                at += 1
    return given


_numbers = iter(range(400, 1000))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, max_size=12))
def test_each_answer_is_where_it_belongs(story: Story, moves: list[tuple[str, int]]) -> None:
    number = next(_numbers)
    name, phone = f"Person {number}", f"sms:+447700900{number}"
    enter_patient(story, name, phone)
    story.desk("start_questionnaire", person=person_id(story, name), instrument="ons4")
    for move, value in moves:
        words = {"answer": str(value), "correct": f"sorry i meant {value}"}
        story.text(phone, words.get(move) or TEXTS[move])
    assert answers_of(story, "ons4", "entry", name) == _expected(moves)
