"""Texts without the names of groups, as they are said on the telephone, and when they may begin."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from wellbeing_bot.service.calls.spoken import spoken
from wellbeing_bot.service.linking.codes import new_code
from wellbeing_bot.service.linking.matching import outward
from wellbeing_bot.service.sending.peace import may_begin
from wellbeing_bot.service.sending.unnamed import without_names
from wellbeing_bot.service.settings import NetworkSettings
from wellbeing_bot.store import Person

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bereavement Group is on Friday.", "Your group is on Friday."),
        ("You are down for the Bereavement Group, Friday.", "You are down for your group, Friday."),
        ("1. bereavement group, Fridays", "1. Your group, Fridays"),
        ("Good news. Bereavement Group has moved.", "Good news. Your group has moved."),
        ("Harbour Walk is on Thursday.", "Harbour Walk is on Thursday."),
    ],
)
def test_a_sensitive_group_is_not_named(text: str, left: str) -> None:
    assert without_names(text, ["Bereavement Group"]) == left


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Harbour Walk is Thursday at 10am. Meet at the bench. If you can't come, text CAN'T COME.",
            "Harbour Walk is Thursday at 10am. Meet at the bench.",
        ),
        ("Can we expect you? Reply YES or NO.", "Can we expect you?"),
        ("Text us any time.", "Text us any time."),
    ],
)
def test_what_is_about_texting_is_not_said_on_the_telephone(text: str, said: str) -> None:
    assert spoken(text) == said


@pytest.mark.parametrize(
    ("own", "at", "begins"),
    [
        (None, "2026-11-25T09:00", "2026-11-25T09:00"),
        (None, "2026-11-25T21:00", "2026-11-26T08:00"),
        (("08:00", "18:00"), "2026-11-25T09:00", "2026-11-25T18:00"),
        (("08:00", "18:00"), "2026-11-25T19:00", "2026-11-25T19:00"),
        (("08:00", "18:00"), "2026-11-25T20:30", "2026-11-26T18:00"),
        (("18:00", "09:30"), "2026-11-25T17:59", "2026-11-25T17:59"),
        (("18:00", "09:30"), "2026-11-25T19:00", "2026-11-26T09:30"),
        # Nothing of the day is left: the end of the quiet hours counts.
        (("07:00", "20:30"), "2026-11-25T09:00", "2026-11-25T09:00"),
    ],
)
def test_hours_of_peace(own: tuple[str, str] | None, at: str, begins: str) -> None:
    person = Person(never_text_from=own[0] if own else None, never_text_until=own[1] if own else None)
    moment = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    expected = datetime.fromisoformat(begins).replace(tzinfo=LONDON).astimezone(UTC)
    assert may_begin(moment.astimezone(UTC), NetworkSettings(), LONDON, person) == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [("ct5 1ab", "CT5"), ("CT51AB", "CT5"), ("CT5", "CT5"), ("SW1A 1AA", "SW1A"), (None, ""), ("", "")],
)
def test_the_outward_code(written: str | None, code: str) -> None:
    assert outward(written) == code


def test_a_code_is_six_figures_and_no_call_for_help() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 100
    assert all(len(code) == 6 and "999" not in code and "111" not in code for code in codes)
