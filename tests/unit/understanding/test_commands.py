"""STOP in any words, and the other commands; and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing_bot.understanding.commands import read_command
from wellbeing_bot.understanding.meaning import InterruptKind

STOPS = (
    "stop",
    "STOP ALL",
    "Stop.",
    "stpo",
    "s.t.o.p",
    "stooop",
    "STOP STOP STOP",
    "please stop",
    "Stop. Thank you. Mr Read.",
    "no more texts please im moving to Devon",
    "leave me alone",
    "take me off your list",
    "unsubscribe",
    "opt out",
    "quit",
    "stop these bloody messages",
    "i told you before NO MORE MESSAGES",
    "do not contact me again",
    "I don't want these texts",
    "please delete my number from your system",
    "can you stop sending these to my mum, she passed away",
    "how do I unsubscribe",
    "who ever this is stop texting me",
    "no want message please",
)

NOT_STOPS = (
    "what bus stop do I get off at",
    "couldn't stop smiling after the walk",
    "stop sending the Tuesday one but keep lunch",
    "don't stop",
    "take me off the walks",
    "take me off the list for lunch",
    "stop smoking group",
    "no more texts till I'm back from holiday",
    "stop texting me so early in the morning",
    "my ex won't leave me alone",
    "the rain didn't stop us",
    "I want to stop feeling lonely",
    "stop it, you're making me blush",
    "remove me from the Tuesday walk please",
    "dont text me about the walk, I'll come to lunch",
    "cancel Tuesday",
)


@pytest.mark.parametrize("text", STOPS)
@pytest.mark.parametrize("answering", [False, True])
def test_asking_to_be_texted_no_more_is_stop(text: str, answering: bool) -> None:
    assert read_command(text, answering=answering) is InterruptKind.STOP


@pytest.mark.parametrize("text", NOT_STOPS)
def test_asking_for_something_else_is_not_stop(text: str) -> None:
    assert read_command(text) is not InterruptKind.STOP


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("START", InterruptKind.START),
        ("unstop", InterruptKind.START),
        ("start texting me again", InterruptKind.START),
        ("help", InterruptKind.HELP),
        ("?", InterruptKind.HELP),
        ("menu", InterruptKind.HELP),
        ("who is this", InterruptKind.HELP),
        ("can someone ring me", InterruptKind.TALK_TO_PERSON),
        ("is this a robot i want a human", InterruptKind.TALK_TO_PERSON),
        ("back", InterruptKind.BACK),
        ("CANCEL", InterruptKind.CANCEL),
        ("END", InterruptKind.CANCEL),
        ("when does the walk start", None),
        ("I can help with the teas", None),
        ("my back hurts", None),
        ("YES", None),
        ("lovely walk today", None),
        ("", None),
    ],
)
def test_the_other_commands(text: str, kind: InterruptKind | None) -> None:
    assert read_command(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("HELP", InterruptKind.HELP),
        ("what do you mean", InterruptKind.HELP),
        ("why do you want to know", InterruptKind.HELP),
        ("can I talk to a person", InterruptKind.TALK_TO_PERSON),
        ("cancel it please", InterruptKind.CANCEL),
        ("that would be a great help", None),
        ("the stop", None),
        ("yes", None),
        ("y", None),
        ("help with bills", None),
        ("10 and can he stop at the chemist", None),
        ("wild horses wouldnt stop me", None),
        ("Helpman", None),
    ],
)
def test_while_a_question_waits_only_what_is_no_answer_is_a_command(
    text: str, kind: InterruptKind | None
) -> None:
    assert read_command(text, answering=True) is kind


def test_a_language_without_commands_still_has_stop() -> None:
    assert read_command("STOP", language="xx") is InterruptKind.STOP


@given(
    text=st.sampled_from(STOPS + NOT_STOPS),
    change=st.sampled_from([str.upper, str.lower, lambda t: f"  {t}\n", lambda t: t.replace(" ", "  ")]),
)
def test_case_and_spaces_change_nothing(text: str, change: object) -> None:
    assert callable(change)
    assert read_command(change(text)) is read_command(text)
