"""The engine's own words: one plain, cheap text each."""

from __future__ import annotations

import pytest

from tests.unit.conversation.world import HERE
from wellbeing_bot.channels import gsm7
from wellbeing_bot.conversation import ScriptErrors, Scripts, load
from wellbeing_bot.conversation.own_words import OWN_WORDS
from wellbeing_bot.conversation.reading_age import reading_age
from wellbeing_bot.conversation.texts import sample


@pytest.mark.parametrize("name", OWN_WORDS)
def test_each_is_one_plain_sms_part(scripts: Scripts, name: str) -> None:
    notice = scripts.notices[name]
    assert gsm7.parts(sample(notice.say, notice.knows)).parts == 1
    assert gsm7.forces_ucs2(notice.say) == ()
    assert (reading_age(notice.say) or 0) <= 11


def test_nothing_loads_without_them() -> None:
    with pytest.raises(ScriptErrors, match="the engine's words 'not_understood' are missing"):
        load(HERE / "scripts", {}, {})
