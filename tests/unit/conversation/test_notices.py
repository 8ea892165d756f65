"""Single texts the service sends of its own accord."""

from __future__ import annotations

import pytest

from tests.unit.conversation.world import NOW
from wellbeing_bot.conversation import Fact, Say, Scripts, say_notice

FACTS: dict[str, Fact] = {"first_name": "Jean", "group": "Harbour Walk", "day": "2026-03-05", "hour": "10:00"}


def test_a_notice_is_filled_with_its_facts(scripts: Scripts) -> None:
    said = say_notice(scripts, "called_off", FACTS, NOW.date())
    assert said == Say("texts.called_off.say", "Hello Jean, Harbour Walk on Thursday 5 March at 10am is off.")


def test_neutral_words_do_not_name_the_group(scripts: Scripts) -> None:
    said = say_notice(scripts, "called_off", FACTS, NOW.date(), neutral=True)
    assert said.key == "texts.called_off.neutral"
    assert "Walk" not in said.text


def test_a_notice_without_neutral_words_says_its_usual_ones(scripts: Scripts) -> None:
    assert say_notice(scripts, "thanks", {}, NOW.date(), neutral=True).key == "texts.thanks.say"


def test_a_missing_fact_is_named(scripts: Scripts) -> None:
    with pytest.raises(ValueError, match="called_off needs group, day"):
        say_notice(scripts, "called_off", {**FACTS, "group": None, "day": None}, NOW.date())


def test_a_network_may_use_its_own_words(scripts: Scripts) -> None:
    own = scripts.reworded({"texts.called_off.say": "Sorry {first_name}, no {group}."})
    assert say_notice(own, "called_off", FACTS, NOW.date()).text == "Sorry Jean, no Harbour Walk."
    assert own.localised("en") != own
