"""Which facts are certain where: the ground of the check on placeholders."""

from __future__ import annotations

import pytest

from wellbeing_bot.conversation import Scripts
from wellbeing_bot.conversation.check_facts import known_at

MATTERS = {"service", "agreed"}
NAMED = {*MATTERS, "first_name"}


@pytest.mark.parametrize(
    ("conversation", "step", "known"),
    [
        pytest.param("hello", "welcome", {"service"}, id="begun with, but not what may be unknown"),
        pytest.param("hello", "lapsed", {"service"}, id="silence teaches nothing"),
        pytest.param("hello", "matters", MATTERS, id="an answer"),
        pytest.param("hello", "name", MATTERS, id="an answer that may have been skipped"),
        pytest.param("hello", "no_day", NAMED, id="called off before answering"),
        pytest.param("hello", "how_many", {*NAMED, "day"}, id="answers add up"),
        pytest.param("hello", "say_heard", {*NAMED, "day", "heard", "party"}, id="what a rule proves"),
        pytest.param("hello", "done", {*NAMED, "day"}, id="what is known on every road"),
        pytest.param("find_group", "offer", {"first_name", "heard", "offered"}, id="what an action gives"),
        pytest.param("find_group", "nothing", {"first_name", "heard"}, id="what another outcome does not"),
        pytest.param(
            "find_group",
            "join",
            {"first_name", "heard", "offered", "group", "group_words"},
            id="a choice and its words",
        ),
    ],
)
def test_what_is_certain_on_entering_a_step(
    scripts: Scripts, conversation: str, step: str, known: set[str]
) -> None:
    assert known_at(scripts, scripts.scripts[conversation])[step] == known
