"""What somebody wishes to be called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.understanding.questions import ANY_TEXT, ask, only_unclear, reply, table, value_of
from wellbeing_bot.understanding.meaning import Answered, AnswerKind, Interrupted, InterruptKind, Skipped

CALLED = ask(AnswerKind.NAME, "Thank you. What name should we call you?")
LEADS = [
    "{}",
    "its {}",
    "my name is {}",
    "call me {}",
    "Hi I'm {}",
    "yes its {}",
    "{} x",
    "{} please",
    "no, {}",
]
NAMES = [
    "Norma",
    "Yvonne",
    "Will",
    "Grace",
    "Mrs Begum",
    "Nguyen Thi Lan",
    "O'Brien",
    "Anne-Marie",
    "Siân",
    "Ng",
]


@pytest.mark.parametrize(
    ("text", "name"),
    table(
        """
        Pete x | Pete
        jean tolhurst | Jean Tolhurst
        MAVIS PETT | Mavis Pett
        o'brien | O'Brien
        maria de la cruz | Maria de la Cruz
        Dr. K. Patel | Dr. K. Patel
        Patricia but everyone calls me Pat | Pat
        The name's Bond, Reg Bond | Reg Bond
        my husbands name is Ron mine is Sheila | Sheila
        Norma not Noreen | Norma
        not Margaret, Peggy | Peggy
        Jean from the walking group | Jean
        Jean. I live in Whitstable | Jean
        Val (Valerie) | Val
        Jaen sorry Jean | Jean
        Sue will do | Sue
        Jean 07700 900123 | Jean
        """
    ),
)
def test_a_name_is_taken_out_of_what_stands_around_it(text: str, name: str) -> None:
    assert value_of(CALLED, text) == name


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no",
        "hello",
        "123",
        "Mrs",
        "J",
        "Pat or Patricia",
        "Bob and Jean",
        "Bob & Jean",
        "Jean, Whitstable",
        "im waiting for a lift",
        "I am deaf",
        "its raining",
        "whatever you like",
        "the same as before",
        "Ken's wife",
        "hope its sunny",
        "😊",
    ],
)
def test_what_is_no_name_or_two_is_asked_again(text: str) -> None:
    assert only_unclear(CALLED, text)


def test_declining_and_asking_back_are_no_names() -> None:
    assert reply(CALLED, "rather not say") == Skipped()
    assert reply(CALLED, "why do you want to know") == Interrupted(InterruptKind.HELP)


def test_what_else_was_said_is_handed_back() -> None:
    assert reply(CALLED, "Jean. I live in Whitstable") == Answered("Jean", rest="I live in Whitstable")


@given(name=st.sampled_from(NAMES), lead=st.sampled_from(LEADS))
def test_a_name_is_read_however_it_is_brought_in(name: str, lead: str) -> None:
    assert value_of(CALLED, lead.format(name)) == name


@given(ANY_TEXT)
def test_what_is_stored_stands_in_the_text(text: str) -> None:
    name = value_of(CALLED, text)
    assert name is None or (isinstance(name, str) and any(c.isalpha() for c in name))
