"""What a text already says is not asked again, and what it does not say is not made up."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.details import fitting, mentioned, read_details
from wellbeing_bot.understanding.heard import heard
from wellbeing_bot.understanding.introductions import name_in
from wellbeing_bot.understanding.meaning import Details, Intent

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/London"))  # a Tuesday


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is jean tolhurst and I live in Tankerton", "Jean Tolhurst"),
        ("Hello, my name's Gwyneth", "Gwyneth"),
        ("Hi this is Mr Osei. I need to move my phone call", "Mr Osei"),
        ("Hiya it's Dot, can I come thursday", "Dot"),
        ("Bob here, running late", "Bob"),
        ("Text from Bob at no 9", "Bob"),
        ("I am lonely\nThank you\nMrs Begum", "Mrs Begum"),
        ("Kind regards, Jean", "Jean"),
        ("Not convenient please rearrange. R Apps", "R Apps"),
        ("Transport. Mrs Ena Diplock. Wheelchair.", "Mrs Ena Diplock"),
        ("SEATED YOGA PLEASE. MR F TANNER", "Mr F Tanner"),
        ("can we get a lift? Ted, CT5", "Ted"),
        ("the harbour walk please, Joan Smith CT5 1AB", "Joan Smith"),
        ("can you help me. Doreen x", "Doreen"),
        ("hello its pat here from whitstable", "Pat"),
        ("id love to come thursday, cheers Dave CT6", "Dave"),
        # somebody else's name, or no name at all
        ("Dr Patel said to text you", None),
        ("can Sarah ring me", None),
        ("thank Jim for me x", None),
        ("I'm a retired nurse", None),
        ("I'm Lonely", None),
        ("it's Thursday isn't it", None),
        ("this is disgraceful", None),
        ("im from Leeds", None),
        ("lift please", None),
        ("", None),
    ],
)
def test_only_the_senders_own_name_is_taken(text: str, name: str | None) -> None:
    assert name_in(text) == name


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("my postcode is ct5 1aa", "CT5 1AA"),
        ("Jean Tolhurst CT51AA lift please", "CT5 1AA"),
        ("I live in GL3 near the church", "GL3"),
        ("can we get a lift? Ted, CT5", "CT5"),
        ("join walk ct6.", "CT6"),
        ("I get the B4", None),
        ("meet by the A2 at 10", None),
        ("vitamin b12", None),
    ],
)
def test_a_postcode_in_the_text(text: str, postcode: str | None) -> None:
    assert read_details(text).postcode == postcode


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("can I join the walking group", ("walk",)),
        ("walkies on thurs", ("walk",)),
        ("mens walk please", ("mens_walk", "walk")),
        ("walking football, im 58", ("walking_football",)),
        ("is the lunch on", ("lunch",)),
        ("my husband died and I'd like the bereavment group", ("bereavement",)),
        ("ping pong", ("table_tennis",)),
        ("tennis or table tennis", ("table_tennis", "tennis")),
        ("boccia", ("boccia",)),
        ("painting or the choir", ("art", "singing")),
        ("is citizens advice here on tuesdays", ("advice",)),
        ("seated excercise", ("exercise",)),
        ("alotment", ("gardening",)),
        ("thanks", ()),
    ],
)
def test_groups_go_by_the_vocabularys_names(text: str, tags: tuple[str, ...]) -> None:
    assert mentioned(heard(text))["groups"] == tags


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can't come thursday", {"day": 3, "when": date(2026, 11, 26)}),
        ("cant come the 3rd", {"when": date(2026, 12, 3)}),
        ("not on 3 dec", {"when": date(2026, 12, 3)}),
        ("cant do tmrw", {"when": date(2026, 11, 25)}),
        ("away till 3 dec", {"until": date(2026, 12, 3), "when": None}),
        ("back on friday", {"until": date(2026, 11, 27)}),
        ("swap me to the weds one", {"day": 2}),
        ("monday is best", {"day": 0}),
        ("sat in all day", {"day": None, "when": None}),
        ("the sun is out", {"day": None, "when": None}),
        ("I am 81 and live at 4 Mill Lane", {"day": None, "when": None}),
        ("lost my wife at easter", {"when": None}),
        ("the lady who came on Monday", {"when": None}),
    ],
)
def test_days_and_dates(text: str, expected: dict[str, Any]) -> None:
    details = read_details(text, NOW)

    assert {name: getattr(details, name) for name in expected} == expected


def test_without_a_now_no_date_is_told() -> None:
    assert read_details("thursday").when is None


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("scared to walk in on my own", "alone", True),
        ("I don't know anyone there", "alone", True),
        ("I live on my own", "alone", False),
        ("can I get a lift", "needs_lift", True),
        ("someone to fetch me", "needs_lift", True),
        ("is there a lift or stairs", "needs_lift", False),
        ("me and the husband", "companion", True),
        ("can my friend come too", "companion", True),
        ("lunch please", "companion", False),
        ("im 13 is this for me", "under_16", True),
        ("I am 81", "under_16", False),
        ("nurse gave me your card", "source", "nurse"),
        ("Doc says I should try you", "source", "gp"),
        ("saw the poster", "source", "poster"),
        ("my neighbour told me about you", "source", "friend"),
        ("hello", "source", None),
        ("im in a weelchair", "access_needs", ("wheelchair",)),
        ("I am hard of hearing", "access_needs", ("hearing",)),
        ("lunch please", "access_needs", ()),
        ("so lonely since my husband died", "concerns", ("loneliness", "bereavement")),
        ("cant pay my gas bill", "concerns", ("money",)),
        ("the flat is full of damp", "concerns", ("housing",)),
        ("my drinking is bad", "concerns", ("substance_misuse",)),
        ("want to lose weight", "concerns", ("weight",)),
        ("need a care package", "concerns", ("social_care",)),
    ],
)
def test_what_else_is_said(text: str, field: str, expected: Any) -> None:
    assert getattr(read_details(text, NOW), field) == expected


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("can't come thursday", "this_time"),
        ("away till 3 dec", "pause"),
        ("im having a new hip so not for a while", "pause"),
        ("moving to the Tuesday one", "move"),
        ("can we do another day", "move"),
        ("take me off the walks", "all"),
        ("dont want to come any more", "all"),
        ("running 10 mins late", "running_late"),
    ],
)
def test_how_far_a_change_reaches(text: str, scope: str) -> None:
    assert read_details(text, NOW).scope == scope


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("when is the next one", "when"),
        ("what time does it start", "when"),
        ("where do I go", "where"),
        ("who is meeting me", "who"),
        ("what am I booked on", "what_booked"),
        ("is it still on in this rain", "is_it_on"),
    ],
)
def test_what_is_asked_about_a_group(text: str, asked: str) -> None:
    assert read_details(text, NOW).about == asked


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("it's for my dad", "father"),
        ("my mum is very lonely", "mother"),
        ("wife is stuck in all day", "wife"),
        ("I have a patient who would benefit", "patient"),
        ("texting for june in flat 4", "neighbour"),
    ],
)
def test_whom_a_referral_is_for(text: str, whom: str) -> None:
    assert read_details(text, NOW).for_whom == whom


def test_details_that_another_intent_gives_a_sense_are_left_out() -> None:
    details = read_details("my mum told me to text. where is the walk on thursday", NOW)

    own = fitting(details, (Intent.JOIN_GROUP,))

    assert (own.for_whom, own.scope, own.about) == (None, None, None)
    assert own.group_words == ("walk",)
    assert fitting(details, (Intent.ATTENDANCE_NEXT,)).about is not None


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    details = read_details(text, NOW)

    assert isinstance(details, Details)
    assert details.day is None or 0 <= details.day <= 6
    assert details.name is None or details.name.strip() == details.name != ""
