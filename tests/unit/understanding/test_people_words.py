"""Who is behind a phone, told from the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding import people_words as words


@pytest.mark.parametrize(
    "text",
    [
        "wrong number",
        "Sorry you've got the wrong person",
        "who is Jean? never heard of her",
        "Who's jean",
        "dont know any jean mate",
        "I'm not Jean",
        "no one called jean here",
        "Jean doesn't live here any more",
        "this isnt jean",
        "I only got this number last week, not Jean",
        "I keep getting texts meant for someone else",
    ],
)
def test_a_wrong_number_is_heard(text: str) -> None:
    assert words.wrong_number(text, ["Jean"])


@pytest.mark.parametrize(
    "text",
    [
        "I gave you the wrong number",
        "sorry i got the wrong day",
        "who is meeting me",
        "who is Sam",
        "is this the wrong number?",
        "Im not Jean, I'm her daughter",
        "I'm not Jean, it's Tom here",
        "its jean here",
        "i dont know if i can come",
        "wrong time sorry",
        "not me this week",
        "dont know anyone there",
        "got my new phone, same number",
        "i went to the wrong place",
        "you have the wrong number for my mum",
        "",
    ],
)
def test_what_only_sounds_like_a_wrong_number(text: str) -> None:
    assert not words.wrong_number(text, ["Jean", "Tom"])


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("use telegram", "telegram"),
        ("telegram please", "telegram"),
        ("can you message me on telegram instead", "telegram"),
        ("text me instead", "sms"),
        ("use text not telegram", "sms"),
        ("please use my mobile instead of telegram", "sms"),
        ("by text please", "sms"),
        ("I dont have telegram", None),
        ("text me the address", None),
        ("could you text me", None),
    ],
)
def test_which_channel_is_wished_for(text: str, channel: str | None) -> None:
    assert words.channel_wished(text) == channel


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("I'm already with you on telegram", True),
        ("link my phone", True),
        ("LINK", True),
        ("I talk to you on Telegram normally", True),
        ("its me from telegram", True),
        ("link worker please", False),
        ("can i talk to my link worker", False),
        ("I saw it on telegram", False),
    ],
)
def test_who_says_that_we_know_them_from_elsewhere(text: str, wants: bool) -> None:
    assert words.wants_linking(text) is wants


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("my husband reads my texts", True),
        ("he checks my phone", True),
        ("dont let him see this", True),
        ("careful what you text, my wife goes through my phone", True),
        ("it's not safe to text", True),
        ("he has my phone number", False),
        ("he has a phone", False),
        ("my husband can text you", False),
    ],
)
def test_a_phone_that_somebody_else_reads(text: str, reads: bool) -> None:
    assert words.phone_is_read(text) is reads


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("when is my mum's appointment", ""),
        ("is Jean Tolhurst coming?", "Jean Tolhurst"),
        ("Is Jean coming thursday", "Jean"),
        ("is my husband booked on thursday", ""),
        ("What time is Tom's walk", "Tom"),
        ("has she turned up", ""),
        ("where does my dad go", ""),
        ("did Jean get there ok", "Jean"),
        ("do you know Jean Tolhurst", "Jean Tolhurst"),
    ],
)
def test_a_question_about_somebody_else(text: str, name: str) -> None:
    assert words.asks_about_somebody_else(text)
    assert words.name_asked_about(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "can my husband come too",
        "when is the next one",
        "is Harbour Walk on",
        "Is Thursday on",
        "where is it",
        "my mum died",
        "when is Boccia",
        "is my wife allowed to come",
        "is anyone coming",
        "What time is the lunch",
        "my mum needs help",
        "is my place booked",
        "",
    ],
)
def test_what_is_no_question_about_somebody_else(text: str) -> None:
    assert not words.asks_about_somebody_else(text)


@pytest.mark.parametrize(
    "text",
    [
        "im 14",
        "I am 15 years old",
        "i'm only twelve",
        "im in year 9",
        "I'm under 16",
        "im 13 n want to play football",
        "I'm fifteen can i come",
        "hi im 12 yrs old",
        "age 14",
        "im a girl of 13",
        "Im 15 next week",
        "im 14 and i live in CT5",
    ],
)
def test_under_16_is_heard(text: str) -> None:
    assert words.says_under_16(text)


@pytest.mark.parametrize(
    "text",
    [
        "im 10 minutes late",
        "im 10 mins away",
        "I'm 10 out of 10",
        "my son is 12",
        "my son is 14 years old",
        "can my 12 year old come",
        "10",
        "im 10",
        "I'm a 10",
        "im 15 stone",
        "i am 14 weeks pregnant",
        "im 12 weeks post op",
        "im 14 days sober",
        "i am 11 years sober",
        "I'm 51",
        "not under 16",
    ],
)
def test_what_is_no_age(text: str) -> None:
    assert not words.says_under_16(text)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("PAUSE", "pause_asks"),
        ("stop asking me for a bit", "pause_asks"),
        ("don't ask me for now", "pause_asks"),
        ("pause my volunteering", "pause_asks"),
        ("BACK ON", "back_on"),
        ("im back on", "back_on"),
        ("no more than 2 a month", "most_a_month"),
        ("once a month is plenty", "most_a_month"),
        ("who am I meeting thursday", "rota"),
        ("am i meeting anyone this week", "rota"),
        ("no limit", "no_limit"),
        ("who is meeting me", None),
        ("stop", None),
        ("back", None),
        ("I'm away till 3 dec", None),
    ],
)
def test_what_a_champion_wants_of_their_asks(text: str, wish: str | None) -> None:
    assert words.champion_wish(text) == wish


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("no more than 2 a month", 2),
        ("max two a month please", 2),
        ("once a month is plenty", 1),
        ("twice a month", 2),
        ("I can only do one a month", 1),
        ("no more thursdays", None),
    ],
)
def test_how_many_a_month(text: str, most: int | None) -> None:
    assert words.most_a_month(text) == most


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mays here, toms not well", ["Tom"]),
        ("toms jumper", []),
        ("Tom can't come", ["Tom"]),
        ("tom can't come, it's jean here", ["Jean", "Tom"]),
        ("it's Tom's turn", ["Tom"]),
        ("tomorrow", []),
        ("I will be late", []),
        ("will be late", []),
        ("Will can't come", ["Will"]),
        ("tell Will that I may come", ["Will"]),
    ],
)
def test_names_that_are_said(text: str, names: list[str]) -> None:
    assert words.names_said(text, ["Jean", "Tom", "Will", "May"]) == names


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("we cant come thursday", True),
        ("neither of us can make it", True),
        ("me and jean cant come", True),
        ("both", True),
        ("i cant come", False),
    ],
)
def test_two_people_at_once(text: str, both: bool) -> None:
    assert words.speaks_for_both(text, ["Jean", "Tom"]) is both


@given(st.text(max_size=300))
def test_nothing_that_is_written_makes_them_fail(text: str) -> None:
    words.wrong_number(text, ["Jean"])
    words.says_under_16(text)
    words.asks_about_somebody_else(text)
    words.champion_wish(text)
    words.most_a_month(text)
    words.names_said(text, ["Jean", "Will"])
