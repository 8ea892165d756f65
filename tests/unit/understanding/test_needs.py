"""Texts that ask what there is for a need, and texts that only sound like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.needs import (
    NeedsHeard,
    group_kinds,
    is_quiet,
    known_needs,
    need_words,
    read_needs,
)
from wellbeing_bot.understanding.vocabulary import vocabulary

ASKS = [
    ("is there anywhere does cheap meals", "food"),
    ("do u know of a foodbank near me?", "food"),
    ("who can bring me a hot dinner, cant cook since my op", "food"),
    ("is there anywhere I could do chair exercise", "exercise"),
    ("anywhere for a bit of swimming", "exercise"),
    ("how can i get some counselling", "counselling"),
    ("is there somewhere to go for a bit of company, anywhere to meet people", "social"),
    ("is there any transport to hospital", "transport"),
    ("who can take me to the doctors", "transport"),
    ("anyone who could pop in for a chat", "befriending"),
    ("is there anywhere i could volunteer", "volunteering"),
    ("is there anything for people who are bereaved", "bereavement"),
    ("where can I find a lunch club", "lunches"),
    ("is there a church near me", "faith"),
    ("who can help me stay in work", "occupational_health"),
    ("does anyone know anywhere for meditation", "meditation"),
    ("who can help with a power of attorney", "advice"),
    ("is there anything for older people round here", "elder_charities"),
    ("is there any childcare in the holidays", "childcare"),
    ("is there anything for carers to have a break", "carers_breaks"),
    ("who can sit with my husband for an hour so I can get out", "carers_breaks"),
    ("where can i hire a wheelchair", "shopmobility"),
    ("is there shopmobility", "shopmobility"),
    ("where can I get one of those pendant alarms", "alarms"),
    ("do you know a good cleaner", "cleaners"),
    ("who could cut the grass, anyone do my garden", "cleaners"),
    ("is there any singing", "singing"),
    ("is there anyone who visits people in the care home", "care_home_visits"),
    ("what support is there for families of alcoholics", "al_anon"),
    ("my husband drinks too much", "al_anon"),
    ("our son wont stop drinking", "al_anon"),
    ("where can I get help to stop drinking", "drink_and_drugs"),
    ("whos good for housing problems", "housing"),
    ("who do i ring about damp", "housing"),
    ("who can i speak to about mould", "housing"),
    ("who can help with my benefits", "benefits"),
    ("any help with the gas bill?", "benefits"),
    ("can i get help with my pip form", "benefits"),
]


@pytest.mark.parametrize(("text", "need"), ASKS)
def test_a_question_for_what_there_is_is_heard_with_its_need(text: str, need: str) -> None:
    heard = read_needs(text)
    assert heard.asks
    assert need in heard.needs


@pytest.mark.parametrize(
    "text",
    [
        "yes please",
        "hello",
        "is there anywhere to park at the lunch",
        "is there a walking group",
        "what time is the singing",
        "is there a lift to the lunch",
        "i lost my husband in march",
        "my husband is coming with me",
        "im on benefits",
        "thanks for the food",
        "can't come thursday, hospital appointment",
        "id like to volunteer",
        "my knees are bad with the damp",
        "we sang in the choir and had lunch",
        "the cleaner comes that day",
        "is anyone meeting me",
        "is there a bus stop by the hall",
    ],
)
def test_what_only_sounds_like_it_is_not_asked(text: str) -> None:
    assert not read_needs(text).asks


def test_every_need_can_be_asked_for() -> None:
    assert {need for _, need in ASKS} == set(known_needs())


@pytest.mark.parametrize("need", known_needs())
def test_every_need_has_words_of_its_own_and_kinds_of_group_that_are_known(need: str) -> None:
    assert need_words(need)
    assert group_kinds(need) <= set(vocabulary("groups"))
    assert isinstance(is_quiet(need), bool)


def test_what_others_must_not_see_is_quiet() -> None:
    assert all(map(is_quiet, ("al_anon", "drink_and_drugs", "counselling", "bereavement")))


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_and_asks_only_with_a_need(text: str) -> None:
    heard = read_needs(text)
    assert isinstance(heard, NeedsHeard)
    assert set(heard.needs) <= set(known_needs())
    assert heard.needs or not heard.asks


@given(st.sampled_from(ASKS), st.sampled_from(["{} please", "{} thank you", "hello there, {}", "Hi! {}"]))
def test_courtesies_change_nothing(asked: tuple[str, str], courtesy: str) -> None:
    text, need = asked
    heard = read_needs(courtesy.format(text))
    assert heard.asks
    assert need in heard.needs
