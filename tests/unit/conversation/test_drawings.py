"""Conversations as Mermaid state diagrams."""

from __future__ import annotations

from pathlib import Path

import pytest

from wellbeing_bot.conversation import Scripts
from wellbeing_bot.conversation.draw import draw_all, mermaid, page

FIND_GROUP = """\
stateDiagram-v2
    [*] --> s_look
    state "look: does look_for_groups" as s_look
    s_look --> s_offer : found
    s_look --> s_nothing : none
    state "offer: These may suit you, first_name: offered" as s_offer
    s_offer --> s_look : more
    s_offer --> s_access : any other
    state "access: Do you need any help to join group_words?" as s_access
    s_access --> s_lonely
    s_access --> s_join : skip
    state "lonely: How often do you feel left out?" as s_lonely
    s_lonely --> s_join
    state "join: See you at group_words." as s_join
    s_join --> [*] : joined
    state "nothing: Nothing fits just now." as s_nothing
    s_nothing --> [*] : nothing_found
"""


def test_a_drawing_has_every_step_and_every_road(scripts: Scripts) -> None:
    assert mermaid(scripts.scripts["find_group"]) == FIND_GROUP


@pytest.mark.parametrize(
    "road",
    [
        "s_welcome --> s_lapsed : after 3 days",
        "s_matters --> s_name : skip",
        "s_how_many --> s_done : skip, stuck",
        "s_find --> [*] : goes on with find_group",
        "s_day --> s_no_day : cancel",
    ],
)
def test_roads_say_when_they_are_taken(scripts: Scripts, road: str) -> None:
    assert road in mermaid(scripts.scripts["hello"])


def test_nothing_that_mermaid_reads_as_its_own_is_in_a_label(scripts: Scripts) -> None:
    for line in mermaid(scripts.scripts["hello"]).splitlines():
        if " as s_" in line:
            label = line.split('state "')[1].split('" as ')[0]
            assert not set(label) & set('"{}<>;#`\n')
            assert len(label) < 70


def test_every_conversation_gets_a_page_and_stale_pages_go(scripts: Scripts, tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("old", encoding="utf-8")
    (tmp_path / "README.md").write_text("kept", encoding="utf-8")
    written = draw_all(scripts, tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {"README.md", "hello.md", "find_group.md"}
    assert (tmp_path / "hello.md").read_text(encoding="utf-8") == page(scripts.scripts["hello"])
    assert len(written) == 2
