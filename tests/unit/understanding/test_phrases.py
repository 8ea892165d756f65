"""How a vocabulary says "any text that goes like this"."""

from __future__ import annotations

import pytest

from wellbeing_bot.understanding.phrases import Phrasebook, PhraseError, lines
from wellbeing_bot.understanding.spelling import said

WORDS = {"them": ["him", "her", "my {kin}"], "kin": ["son", "daughter"]}


def found(phrase: str, text: str) -> bool:
    return Phrasebook([(phrase, 0)], WORDS).found(said(text))


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("want to die", "I want to die.", True),
        ("want to die", "I want to diet", False),
        ("kill|hang myself", "I will hang myself", True),
        ("(want to/going to) go", "we are going to go", True),
        ("tell {them}", "tell my daughter", True),
        ("very? cold", "it is cold", True),
        ("suicid*", "feeling suicidal", True),
        ("he .. hits", "he often then hits", True),
        ("he .. hits", "he is four words away hits", False),
        ("he .. hits", "he left. Fred hits", False),
        ("^ stop $", "Yes. Stop. Thanks", True),
        ("^ stop $", "do stop here", False),
        ("stop !bus|here", "stop here", False),
        ("<!bus stop", "bus stop", False),
        ("rope & goodbye", "Goodbye all. I have the rope", True),
        ("rope & goodbye", "the rope", False),
    ],
)
def test_each_sign_means_what_it_says(phrase: str, text: str, expected: bool) -> None:
    assert found(phrase, text) is expected


@pytest.mark.parametrize("phrase", ["", "(want", "{nobody}", "want )", "a & b & c", "wa%nt", "|"])
def test_a_phrase_that_cannot_be_read_is_named(phrase: str) -> None:
    with pytest.raises(PhraseError):
        Phrasebook([(phrase, 0)], WORDS)


def test_what_is_blotted_out_keeps_its_place() -> None:
    text = said("a cup of tea to die for")
    blotted = Phrasebook([("to die for", 0)], {}).without(text)
    assert len(blotted) == len(text)
    assert "die" not in blotted
    assert "cup of tea" in blotted


def test_a_block_of_phrases_may_hold_comments_and_empty_lines() -> None:
    assert lines("# why\n\n  one phrase\n  another\n") == ["one phrase", "another"]
    assert lines(None) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Im gonna KILL myslef!!", " . im going to kill myself . "),
        ("I am, I do not", " . im i dont . "),
        ("s.t.o.p", " . stop . "),
        ("stooop", " . stop . "),
        ("sugar is 1.9 now. Help", " . sugar is 1p9 now . help . "),
        ("stop stop STOP", " . stop . "),
        ("livin here", " . living here . "),
        ("", " . "),
    ],
)
def test_many_ways_of_writing_become_one(written: str, meant: str) -> None:
    assert said(written) == meant
