"""Who is in danger, in the many ways that people say it, and who is not although it sounds so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.meaning import UrgentKind
from wellbeing_bot.understanding.urgent import read_urgent

IN_DANGER: dict[UrgentKind, tuple[str, ...]] = {
    UrgentKind.SUICIDE: (
        "I want to die",
        "im going to kil myslef",
        "i feel sucidal",
        "kms tonight fr",
        "k i l l  m y s e l f is all i think of",
        "been saving up my tablets",
        "I want to go to sleep and not wake up",
        "everyone would be better off without me",
        "sorted my affairs, found a home for the cat",
        "cannae go on, wish i wis deid",
        "i no want live, my family gone",
        "my son wants to end his life",
        "our lodger says he'll top himself",
        "She has been giving her things away and says goodbye to everyone",
        "0. there is no reason to live any more",
        "standing on the bridge looking down",
    ),
    UrgentKind.SELF_HARM: (
        "been cutting my arms again",
        "I burn myself when it gets bad",
        "my daughter is self harming",
    ),
    UrgentKind.ABUSE: (
        "my husband hits me",
        "he wont let me out of the house",
        "my son takes my pension and shouts if I ask for it",
        "the carer slapped mum",
        "he says he will kill me if I leave",
        "they are forcing my sister to marry her cousin",
        "please dont ring the house he listens",
        "he forces me at night",
        "someone put a burning rag through my letterbox",
    ),
    UrgentKind.MEDICAL: (
        "having bad chest pains right now",
        "help my husband is choking",
        "mum has fallen and cant get up",
        "Theres a strong smell of gas in the flat",
        "taken too many tablets by mistake",
        "shes unconcious and wont wake up",
        "my blood sugar is 1.9 and im shaking",
        "tongue swelling after a wasp sting",
    ),
    UrgentKind.SAFEGUARDING_CHILD: (
        "i shook the baby",
        "im 12 and my stepdad hits me",
        "the kids next door are left alone all night",
        "my grandson has belt marks on his back",
    ),
}

NOT_IN_DANGER = (
    "I could murder a cup of tea",
    "dying to meet everyone",
    "killing time before the lunch",
    "my feet are killing me",
    "take my own life story to the reminiscence group? yes please",
    "he beats me every week at cribbage",
    "cut myself shaving so might be late",
    "the battery died on my hearing aid",
    "my husband died in March and I miss him",
    "I tried to kill myself years ago but I am well now",
    "my sister took her own life in 2011, is there a group for the bereaved",
    "feeling low and lonely",
    "I take 8 tablets a day",
    "chest infection so can't come",
    "is the heart support group on Wednesday",
    "the dog collapsed at the vet's but is fine",
    "that film where she kills him was gripping",
    "goodbye for now, see you after xmas",
    "can you stop at the chemist for my tablets",
    "my grandson is 12, can he come too",
    "",
)


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in IN_DANGER.items() for text in texts]
)
def test_somebody_in_danger_is_heard(kind: UrgentKind, text: str) -> None:
    assert read_urgent(text) is not None, f"{kind}: {text}"


@pytest.mark.parametrize("text", NOT_IN_DANGER)
def test_what_only_sounds_like_danger_is_left_alone(text: str) -> None:
    assert read_urgent(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I want to kill myself", UrgentKind.SUICIDE),
        ("my husband hits me", UrgentKind.ABUSE),
        ("she isnt breathing, need an ambulance", UrgentKind.MEDICAL),
        ("i have been cutting my arms again", UrgentKind.SELF_HARM),
        ("the toddler upstairs has cigarette burns", UrgentKind.SAFEGUARDING_CHILD),
    ],
)
def test_the_kind_of_danger_is_told(text: str, kind: UrgentKind) -> None:
    urgent = read_urgent(text)
    assert urgent is not None
    assert urgent.kind is kind


@pytest.mark.parametrize(
    ("text", "about_other"),
    [
        ("my son says he will hang himself", True),
        ("my neighbour is being hit by her husband", True),
        ("I want to hang myself", False),
        ("he hits me", False),
    ],
)
def test_whom_it_is_about_is_told(text: str, about_other: bool) -> None:
    urgent = read_urgent(text)
    assert urgent is not None
    assert urgent.about_other is about_other


def test_a_child_who_texts_is_known_for_one() -> None:
    urgent = read_urgent("im 11 and my dad hits me with a belt")
    assert urgent is not None
    assert urgent.sender_under_16


def test_a_grown_up_is_not_taken_for_a_child() -> None:
    urgent = read_urgent("I have been married 12 years and he hits me")
    assert urgent is not None
    assert not urgent.sender_under_16


def test_a_language_without_its_own_words_is_still_listened_to_in_english() -> None:
    assert read_urgent("I want to kill myself", "xx") is not None


@given(
    text=st.sampled_from(
        ["I want to kill myself", "my husband hits me", "she has stopped breathing", "he shook the baby"]
    ),
    idiom=st.sampled_from(
        ["I could murder a cup of tea", "Dying to meet you all", "That hill killed me", "It beats me why"]
    ),
    first=st.booleans(),
)
def test_an_idiom_never_silences_danger(text: str, idiom: str, first: bool) -> None:
    assert read_urgent(f"{idiom}. {text}" if first else f"{text}. {idiom}") is not None


@given(
    text=st.sampled_from([text for texts in IN_DANGER.values() for text in texts] + list(NOT_IN_DANGER)),
    change=st.sampled_from(
        [str.upper, str.lower, str.title, lambda t: f"  {t}\n", lambda t: t.replace(" ", "  ")]
    ),
)
def test_case_and_spaces_change_nothing(text: str, change: object) -> None:
    assert callable(change)
    assert (read_urgent(change(text)) is None) is (read_urgent(text) is None)


@pytest.mark.parametrize(
    "text",
    [
        "i'm scared ill be left standing there",
        "im scared nobody will turn up",
        "frightened of walking in on my own",
        "scared they wont like me",
        "im scared to go in",
        "i cant face going in on my own",
        "i dont think i can face it today",
    ],
)
def test_to_be_afraid_of_a_room_full_of_strangers_is_why_they_text_and_no_emergency(text: str) -> None:
    assert read_urgent(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "im scared to go home",
        "im scared to go in the house, hes in there",
        "i'm scared of him",
        "im scared he will kill me",
        "i cant face another day",
    ],
)
def test_to_be_afraid_of_somebody_or_of_tomorrow_is(text: str) -> None:
    assert read_urgent(text) is not None
