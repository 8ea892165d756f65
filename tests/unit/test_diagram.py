"""Conversations drawn: every step and road is there, roads lead down, and no two boxes overlap."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wellbeing_bot.app import load_scripts
from wellbeing_bot.config import read_settings
from wellbeing_bot.conversation import Script
from wellbeing_bot.web.desk.diagram import draw
from wellbeing_bot.web.desk.diagram.layers import lay_out
from wellbeing_bot.web.desk.diagram.places import GAP, across, widths

NAMES = some.sampled_from("abcdefg")
GRAPHS = some.dictionaries(NAMES, some.lists(NAMES, max_size=4), min_size=1, max_size=7)
SCRIPTS = load_scripts(read_settings(_env_file=None)).scripts.values()


@given(GRAPHS)
def test_roads_lead_down_a_layer_at_a_time_and_nothing_overlaps(graph: dict[str, list[str]]) -> None:
    whole = {name: graph.get(name, []) for name in "abcdefg"}
    layout = lay_out("a", whole)
    level = {name: place for place, layer in enumerate(layout.layers) for name in layer}
    assert set(whole) <= set(level)
    wanted = {(source, target) for source in whole for target in whole[source] if source != target}
    assert set(layout.roads) == wanted
    for (source, target), road in layout.roads.items():
        levels = [level[name] for name in road.passes]
        assert levels == list(range(levels[0], levels[0] + len(levels)))
        assert (road.passes[-1], road.passes[0]) == ((source, target) if road.back else (target, source))
    xs, wide = across(layout, whole), widths(layout, whole)
    for layer in layout.layers:
        for one, other in pairwise(layer):
            assert xs[other] - xs[one] >= (wide[one] + wide[other]) / 2 + GAP - 0.01


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_step_of_a_conversation_is_in_its_picture(script: Script) -> None:
    picture = ElementTree.fromstring(str(draw(script)))
    groups = [
        one for one in picture.iter() if one.tag.endswith("g") and one.get("class", "").startswith("step")
    ]
    assert len(groups) == len(script.steps)
    assert sum("starts" in one.get("class", "") for one in groups) == 1
